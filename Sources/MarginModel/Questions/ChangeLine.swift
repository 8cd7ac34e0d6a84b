public import MarginDomain

/// Which way a trade goes.
public enum TradeSide: Int64, Sendable {
    case buy = 1
    case sell = -1
}

/// One kind of change in any whole amount: so many lots of a trade, so many units of a deposit.
///
/// Equity less requirement is concave along such a line, since it is concave in the holdings (docs/margin-model.md §1).
public enum ChangeLine: Sendable {
    case trade(Instrument, TradeSide, price: Price)
    case deposit(AssetID)

    /// The change of holdings that `count` lots or units make; nil if no ledger entry could hold what they cost.
    public func change(_ count: Int64) -> PoolHoldings? {
        var change = PoolHoldings()
        switch self {
        case .trade(let instrument, let side, let price):
            let lots = Quantity(count * side.rawValue)
            guard let cost = instrument.cost(of: lots, at: price) else { return nil }
            change.add(NetQuantity(Int128(lots.lots)), of: instrument.id)
            change.add(.zero - cost, of: instrument.settlementAsset)
        case .deposit(let asset): change.add(Balance(Int128(count)), of: asset)
        }
        return change
    }
}
