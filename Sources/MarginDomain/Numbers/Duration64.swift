/// A span of event time in nanoseconds.
///
/// Not `Swift.Duration`, which is 128 bits wide and measures clocks; this one measures time stamps.
public struct Duration64: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let nanoseconds: Int64

    public init(_ nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// None of it.
    public static let zero = Duration64(0)

    public static func < (left: Duration64, right: Duration64) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Duration64 {
    /// Nanoseconds in a second.
    public static let perSecond: Int64 = 1_000_000_000

    /// A whole number of seconds; at most about 292 years.
    public static func seconds(_ count: Int32) -> Duration64 { Duration64(Int64(count) * perSecond) }

    /// A whole number of milliseconds.
    public static func milliseconds(_ count: Int32) -> Duration64 { Duration64(Int64(count) * 1_000_000) }

    /// As seconds, for the model.
    public var inSeconds: Double { Double(nanoseconds) / 1e9 }
}
