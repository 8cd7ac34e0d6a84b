import MarginDomain
import MarginModel

extension EngineState {
    /// The way to where a pool would be liquidated along every factor, under its own model; nil if another shard must
    /// answer.
    func levelsSearch(_ query: LiquidationLevelsQuery) throws(QuestionFault) -> LevelsSearch? {
        guard let place = evaluated(query.pool) else { return nil }
        let other = try state(under: query.version, askedAbout: place)
        // The pool that stands for others is never liquidated.
        let isStanding = pools[place.number].group.map { groups[$0].pool == place } ?? false
        let search = isStanding ? nil : other.liquidationSearch(of: place)
        return LevelsSearch(
            search: search, record: lastRecord, pool: query.pool, version: other.book.parameters.version)
    }

    private func liquidationSearch(of place: PoolIndex) -> LiquidationSearch? {
        guard let slot = pools[place.number].slot else { return nil }
        if let member = askedMember(place) { return liquidationSearch(of: member) }
        let holdings = holdings(of: place, slot)
        guard let method = method(of: place) else {
            return LiquidationSearch(of: holdings, in: book, costing: Work.evaluation(of: holdings)) {
                $0.margin(of: holdings)
            }
        }
        return LiquidationSearch(of: holdings, in: book, costing: Work.method(holdings)) { book in
            book.margin(of: holdings, by: method, priced: book.margin(of: holdings))
        }
    }

    /// A member's margin depends on what all members hold.
    private func liquidationSearch(of member: AskedMember) -> LiquidationSearch? {
        var needed = PoolHoldings()
        // What offsets among members is needed all the same.
        for holdings in member.standings.map(\.holdings) {
            for held in holdings.positions { needed.add(NetQuantity(abs(held.lots.lots)), of: held.instrument) }
            for held in holdings.balances { needed.add(Balance(abs(held.balance.units)), of: held.asset) }
            for order in holdings.orders { needed.add(order) }
        }
        return LiquidationSearch(of: needed, in: book, costing: member.work) { member.margin(in: $0) }
    }
}

/// A question about liquidation levels on its way, on a book of its own.
struct LevelsSearch: QuestionSearch {
    /// Nil for a pool that nothing leads to liquidation.
    private var search: LiquidationSearch?
    let record: RecordNumber
    private let pool: PoolID
    private let version: ParameterVersion

    init(search: LiquidationSearch?, record: RecordNumber, pool: PoolID, version: ParameterVersion) {
        self.search = search
        self.record = record
        self.pool = pool
        self.version = version
    }

    mutating func advance(work: Int) -> Int {
        var done = 0
        while done < work, let search, !search.isFinished {
            self.search?.advance(cuts: 1)
            done += search.workPerCut
        }
        return done
    }

    var answer: Answer? {
        guard search?.isFinished ?? true else { return nil }
        return .liquidationLevels(
            LiquidationLevels(
                record: record, pool: pool, version: version,
                levels: (search?.points ?? []).map { point in
                    LiquidationLevel(
                        underlying: point.underlying, factor: point.factor == .spot ? .spot : .volatility,
                        move: point.move, price: point.price)
                }))
    }
}
