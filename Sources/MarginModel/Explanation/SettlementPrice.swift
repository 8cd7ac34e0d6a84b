public import MarginDomain

/// What an asset costs in which positions settle, to say dollars in it: docs/margin-model.md §8.
public struct SettlementPrice: Equatable, Sendable {
    public let asset: Asset
    /// Ticks of `tick` dollars for a whole unit; positive.
    let ticks: Int64
    let tick: Exponent

    /// Which way a division goes that leaves a rest.
    public enum Side: Sendable {
        /// What the pool has.
        case down
        /// What the pool needs.
        case up
    }

    /// `quanta·10⁻⁶ / (ticks·10^tick)` in the asset's smallest units, exact but for one rounding; nil if it does not
    /// fit 64 bits.
    public func units(of value: Value, _ side: Side) -> Money? {
        let power = Int(Value.exponent.power) - Int(tick.power) - Int(asset.moneyExponent.power)
        guard let dividend = Rounding.scaled(Int128(value.quanta), by: max(power, 0)),
            let divisor = Rounding.scaled(Int128(ticks), by: max(-power, 0))
        else { return nil }
        let units =
            side == .up
            ? Rounding.up(dividend, dividedBy: divisor) : Rounding.down(dividend, dividedBy: divisor)
        return Int64(exactly: units).map { Money($0) }
    }
}

extension MarginBook {
    /// The assets other than the numeraire that a pool's positions settle in, in order, with their prices: coin at the
    /// index price, a stablecoin at its collateral price, at par if it has none. What has no price is left out.
    public func settlementPrices(of holdings: PoolHoldings) -> [SettlementPrice] {
        let settling = holdings.positions.compactMap { instrument($0.instrument)?.settlementAsset }
        return Set(settling).sorted().compactMap { id in
            guard let asset = assets[id], asset.role != .numeraire else { return nil }
            if let price = asset.role == .underlying ? market(of: id)?.index?.price : collateralPrices[id]?.price {
                guard price > .zero else { return nil }
                return SettlementPrice(asset: asset, ticks: price.ticks, tick: asset.priceExponent)
            }
            return asset.role == .stablecoin ? SettlementPrice(asset: asset, ticks: 1, tick: Exponent(0)) : nil
        }
    }
}
