/// One numbered stream of the bus, taken whole by its subscribers.
public struct SourceID: Identifier {
    public let rawValue: UInt16

    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// The engine itself, for records that no publisher sent.
    public static let engine = SourceID(0)
}
