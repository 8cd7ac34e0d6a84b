public import MarginDomain
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
        let holdings = holdings(of: place, slot)
        if let number = pools[place.number].group { return liquidationSearch(of: place, group: number) }
        guard let method = method(of: place) else {
            return LiquidationSearch(of: holdings, in: book) { $0.margin(of: holdings) }
        }
        return LiquidationSearch(of: holdings, in: book) { book in
            book.margin(of: holdings, by: method, priced: book.margin(of: holdings))
        }
    }

    /// A member's margin depends on what all members hold.
    private func liquidationSearch(of place: PoolIndex, group number: Int) -> LiquidationSearch? {
        let group = groups[number]
        let standings = standings(of: group.memberships, under: group.terms) { holdings(of: $0, in: book) }
        guard let member = group.memberships.firstIndex(where: { members[$0.member.number].pool == place }) else {
            return nil
        }
        let (terms, grace) = (group.terms, group.memberships[member].grace(at: now))
        var needed = PoolHoldings()
        // What offsets among members is needed all the same.
        for holdings in standings.map(\.holdings) {
            for held in holdings.positions { needed.add(NetQuantity(abs(held.lots.lots)), of: held.instrument) }
            for held in holdings.balances { needed.add(Balance(abs(held.balance.units)), of: held.asset) }
            for order in holdings.orders { needed.add(order) }
        }
        return LiquidationSearch(of: needed, in: book) { book in
            book.mutualFigures(of: standings, under: terms).margin(member, grace: grace)
        }
    }
}

/// A question about liquidation levels on its way: a bounded number of cuts at a time, on a copy of what it needs.
public struct LevelsSearch: Sendable {
    /// Nil for a pool that nothing leads to liquidation.
    private var search: LiquidationSearch?
    /// The record whose state it is about.
    public let record: RecordNumber
    private let pool: PoolID
    private let version: ParameterVersion

    init(search: LiquidationSearch?, record: RecordNumber, pool: PoolID, version: ParameterVersion) {
        self.search = search
        self.record = record
        self.pool = pool
        self.version = version
    }

    public var isFinished: Bool { search?.isFinished ?? true }

    /// Goes on by at most so many cuts.
    public mutating func advance(cuts: Int) { search?.advance(cuts: cuts) }

    /// What was found.
    public var answer: LiquidationLevels {
        LiquidationLevels(
            record: record, pool: pool, version: version,
            levels: (search?.points ?? []).map { point in
                LiquidationLevel(
                    underlying: point.underlying, factor: point.factor == .spot ? .spot : .volatility,
                    move: point.move, price: point.price)
            })
    }

    /// All of it at once.
    consuming func finished() -> LiquidationLevels {
        while !isFinished { advance(cuts: 1_000) }
        return answer
    }
}

/// What a shard says to a question about liquidation levels.
public enum LevelsStart: Sendable {
    /// The pool is another shard's.
    case elsewhere
    case refused(QueryError)
    case begun(LevelsSearch)
}

extension EngineState {
    func beginLevels(_ query: LiquidationLevelsQuery) -> LevelsStart {
        do throws(QuestionFault) {
            return try levelsSearch(query).map { .begun($0) } ?? .elsewhere
        } catch { return .refused(error.error) }
    }
}
