/// The exchange's own reference of a ledger entry.
public struct Reference: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
