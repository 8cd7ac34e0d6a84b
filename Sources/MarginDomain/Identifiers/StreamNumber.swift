/// Position in an outbound stream, contiguous from 1; 0 stands before the first.
public struct StreamNumber: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first message.
    public static let start = StreamNumber(0)

    /// The number that follows this one.
    public var next: StreamNumber { StreamNumber(rawValue + 1) }
}
