/// Nanoseconds since 1970-01-01T00:00:00Z.
///
/// | operation | result |
/// |---|---|
/// | `Timestamp` − `Timestamp` | ``Duration64`` |
/// | `Timestamp` + `Duration64` | `Timestamp` |
/// | `Timestamp` + `Timestamp` | does not exist |
public struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let nanoseconds: Int64

    public init(_ nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// None of it.
    public static let zero = Timestamp(0)

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Timestamp {
    public static func - (left: Timestamp, right: Timestamp) -> Duration64 {
        Duration64(left.nanoseconds.subtractingSaturating(right.nanoseconds))
    }

    public static func + (left: Timestamp, right: Duration64) -> Timestamp {
        Timestamp(left.nanoseconds.addingSaturating(right.nanoseconds))
    }
}

extension Int64 {
    fileprivate func subtractingSaturating(_ other: Int64) -> Int64 {
        let (result, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : result
    }

    fileprivate func addingSaturating(_ other: Int64) -> Int64 {
        let (result, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : result
    }
}
