/// An account of the exchange.
public struct AccountID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
