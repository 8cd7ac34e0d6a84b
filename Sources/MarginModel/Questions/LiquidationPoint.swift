public import MarginDomain

/// The nearest move of one factor, all others as they are, at which a pool's equity falls below maintenance margin.
public struct LiquidationPoint: Equatable, Sendable {
    /// What moves.
    public enum Factor: String, Sendable {
        /// The index price of an underlying, its forwards and marks in proportion, volatilities as they are at each
        /// strike: the move that a scenario's node makes.
        case spot
        /// All volatilities of an underlying, in proportion.
        case volatility
    }

    public let factor: Factor
    public let underlying: AssetID
    /// The relative move; negative = down.
    public let move: Ratio
    /// The index price there, in ticks; the present one for a move of volatility.
    public let price: Price
}

extension MarginBook {
    /// Up and down along every factor that holdings depend on, ascending by underlying; what is missing has no such
    /// point within a twentieth and six times of now. Empty for holdings without margin, or below it already.
    ///
    /// Excess is not concave in prices, so the first breach is looked for in steps of two percent and then closed in on
    /// to a tick: one that begins and ends within a step is not seen.
    public func liquidationPoints(of holdings: PoolHoldings) -> [LiquidationPoint] {
        let small = reduced(to: holdings)
        guard small.isCovered(holdings) == true else { return [] }
        return small.underlyings.map(\.asset.id).sorted().flatMap { underlying -> [LiquidationPoint] in
            guard let now = small.market(of: underlying)?.index?.price else { return [] }
            let spot = [true, false].compactMap { isUp -> LiquidationPoint? in
                small.breach(of: holdings, underlying, from: now.ticks, up: isUp) { $0.moved(to: Price($1)) }.map {
                    ticks in
                    LiquidationPoint(
                        factor: .spot, underlying: underlying, move: Ratio(nearestBillionths: ratio(ticks, now.ticks)),
                        price: Price(ticks))
                }
            }
            guard small.holdsOptions(of: underlying) else { return spot }
            let unit = 1_000_000 as Int64
            let volatility = [true, false].compactMap { isUp -> LiquidationPoint? in
                small.breach(of: holdings, underlying, from: unit, up: isUp) {
                    $0.scalingVolatilities(byMillionths: $1)
                }.map { millionths in
                    LiquidationPoint(
                        factor: .volatility, underlying: underlying,
                        move: Ratio(nearestBillionths: ratio(millionths, unit)), price: now)
                }
            }
            return spot + volatility
        }
    }

    private func ratio(_ moved: Int64, _ now: Int64) -> Double { Double(moved - now) / Double(now) }

    /// The nearest level in one direction that is not covered.
    ///
    /// - Parameter moved: the market of the underlying at a level, from what it is now.
    private func breach(
        of holdings: PoolHoldings, _ underlying: AssetID, from now: Int64, up isUp: Bool,
        _ moved: (UnderlyingMarket, Int64) -> UnderlyingMarket
    ) -> Int64? {
        guard let market = market(of: underlying), let cut = lastCut(of: underlying) else { return nil }
        var book = self
        func isCovered(_ level: Int64) -> Bool? {
            book.withMarket(of: underlying) { $0 = moved(market, level) }
            book.refresh(underlying, at: cut)
            return book.isCovered(holdings)
        }
        var covered = now
        while true {
            let step = max(covered / 50, 1)
            let next = isUp ? covered + step : covered - step
            guard next >= max(now / 20, 1), next / 6 <= now, let holds = isCovered(next) else { return nil }
            if holds {
                covered = next
                continue
            }
            var breached = next
            while abs(breached - covered) > 1 {
                let middle = covered + (breached - covered) / 2
                guard let holds = isCovered(middle) else { return nil }
                if holds { covered = middle } else { breached = middle }
            }
            return breached
        }
    }

    /// Whether equity reaches maintenance margin; nil without margin.
    private func isCovered(_ holdings: PoolHoldings) -> Bool? {
        MarginExcess(margin(of: holdings)).map { $0.maintenance >= .zero }
    }
}

extension MarginBook {
    /// A book of what holdings need and nothing else, in which a cut costs a fraction: every number in it is the same.
    func reduced(to holdings: PoolHoldings) -> MarginBook {
        var book = MarginBook(parameters: parameters)
        let held = holdings.positions.compactMap { instrument($0.instrument) }
        let needed = Set(held.map(\.underlying) + holdings.balances.map(\.asset))
        for asset in assets.values where asset.role != .underlying || needed.contains(asset.id) { book.list(asset) }
        book.collateralPrices = collateralPrices
        for own in underlyings where needed.contains(own.asset.id) {
            for instrument in held where instrument.underlying == own.asset.id { book.list(instrument) }
            // The nearest expiry decides whether half steps are on, held or not.
            let listed = own.contracts.instruments.compactMap { $0 }
            let cut = own.table.cut ?? .zero
            let next = listed.filter { $0.expiry.map { $0 > cut } ?? false }
                .min { ($0.expiry ?? .zero, $0.id) < ($1.expiry ?? .zero, $1.id) }
            if let next { book.list(next) }
            let ids = Set(held.map(\.id))
            book.withMarket(of: own.asset.id) { $0 = own.market.reduced(to: ids) }
            if let cut = own.table.cut { book.refresh(own.asset.id, at: cut) }
        }
        return book
    }

    fileprivate func holdsOptions(of underlying: AssetID) -> Bool {
        place(of: underlying).map { underlyings[$0].contracts.groups.contains { !$0.optionRows.isEmpty } } ?? false
    }
}
