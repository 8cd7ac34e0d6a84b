/// A sensitivity in millionths of its unit.
public struct Greek: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The number on the wire.
    public let millionths: Int64

    public init(_ millionths: Int64) { self.millionths = millionths }

    /// None of it.
    public static let zero = Greek(0)

    public static func < (left: Greek, right: Greek) -> Bool { left.millionths < right.millionths }
}
