/// A query's number, chosen by the asker and returned with every answer.
public struct RequestID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
