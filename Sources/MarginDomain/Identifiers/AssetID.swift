/// An asset of the exchange: a currency or a coin.
///
/// An asset with an index price is also an *underlying*; there is one word and one id for both.
public struct AssetID: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
