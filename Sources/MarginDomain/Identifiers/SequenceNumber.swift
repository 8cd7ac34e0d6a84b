/// Position of a message in its source and epoch, contiguous from 1.
public struct SequenceNumber: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The number `count` places further on.
    public func advanced(by count: Int) -> SequenceNumber { SequenceNumber(rawValue + UInt64(count)) }
}
