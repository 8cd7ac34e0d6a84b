/// The agreement that a pool's members combine under.
public struct AgreementID: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The agreement of every account's own pool: one owner, netted.
    public static let ownPool = AgreementID(0)
}
