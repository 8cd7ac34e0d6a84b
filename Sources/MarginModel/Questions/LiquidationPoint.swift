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
    public func liquidationPoints(of holdings: PoolHoldings) -> [LiquidationPoint] {
        var search = LiquidationSearch(of: holdings, in: self, costing: Work.evaluation(of: holdings)) {
            $0.margin(of: holdings)
        }
        while !search.isFinished { search.advance(cuts: 1_000) }
        return search.points
    }
}

extension MarginBook {
    /// A book of what holdings need and nothing else, in which a cut costs a fraction: every number in it is the same.
    func reduced(to holdings: PoolHoldings) -> MarginBook {
        var book = MarginBook(parameters: parameters)
        let wanted = Set(holdings.positions.map(\.instrument) + holdings.orders.map(\.instrument))
        let held = wanted.sorted().compactMap { instrument($0) }
        let needed = Set(held.map(\.underlying) + holdings.balances.map(\.asset))
        for asset in assets.values.sorted(by: { $0.id < $1.id })
        where asset.role != .underlying || needed.contains(asset.id) { book.list(asset) }
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
            guard let cut = own.table.cut else { continue }
            // The slow price is of earlier cuts, open interest of all contracts.
            if let place = book.place(of: own.asset.id) {
                book.underlyings[place].table.slow = own.table.slow
                book.underlyings[place].table.interestElsewhere = own.table.openInterest
                book.underlyings[place].table.coinsElsewhere = own.table.perpetualCoins
            }
            book.refresh(own.asset.id, at: cut)
        }
        return book
    }

    func holdsOptions(of underlying: AssetID) -> Bool {
        place(of: underlying).map { underlyings[$0].contracts.groups.contains { !$0.optionRows.isEmpty } } ?? false
    }

    /// What a cut of its dearest underlying costs.
    var workPerCut: Int {
        underlyings.reduce(0) { most, own in
            max(most, own.contracts.groups.reduce(0) { $0 + $1.optionRows.count } * Work.optionRow)
        }
    }
}
