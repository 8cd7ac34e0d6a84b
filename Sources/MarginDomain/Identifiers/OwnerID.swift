/// A beneficial owner of accounts.
public struct OwnerID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
