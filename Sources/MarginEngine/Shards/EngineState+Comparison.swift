public import MarginDomain
import MarginMethods
public import MarginModel

/// What tests and reconciliation compare: the ledger and the last margins, in plain values.
extension EngineState {
    /// A member's balances, in order of asset.
    public func balances(of member: Member) -> [(asset: AssetID, balance: Balance)] {
        guard let place = memberPlaces[member] else { return [] }
        return members[place.number].balances.map { ($0.0, $0.1) }
    }

    /// A member's positions, in order of instrument.
    public func positions(of member: Member) -> [(instrument: InstrumentID, position: Position)] {
        guard let place = memberPlaces[member] else { return [] }
        return members[place.number].positions.map { ($0.0, $0.1) }
    }

    /// A member's open orders, in order of id.
    public func orders(of member: Member) -> [RestingOrder] {
        memberPlaces[member].map { Array(members[$0.number].orders.values) } ?? []
    }

    /// All members, in order.
    public var allMembers: [Member] { memberPlaces.keys.sorted() }

    /// All pools that this state evaluates, in order.
    public var evaluatedPools: [PoolID] { pools.filter { $0.slot != nil }.map(\.id).sorted() }

    /// A pool's last margin and state; nil if it was never evaluated here.
    public func margin(of pool: PoolID) -> (margin: PoolMargin, state: LifeCycle)? {
        guard let place = poolPlaces[pool], let margin = current(place).margin else { return nil }
        return (margin, pools[place.number].state)
    }

    /// How many pools stand in each state, most severe last.
    public var poolsByState: [(state: LifeCycle, count: Int)] {
        LifeCycle.allCases.map { state in (state, pools.count { $0.slot != nil && $0.state == state }) }
    }
}

extension EngineState {
    /// The asset in which a listed instrument settles.
    public func settlementAsset(of instrument: InstrumentID) -> AssetID? {
        reference.instruments[instrument]?.settlementAsset
    }
}

extension EngineState {
    /// The states of all pools that this state evaluates and that hold anything, in order of pool.
    public var poolStates: [PoolState] {
        var state = self
        state.catchUpAll()
        return state.pools.indices.filter { state.pools[$0].slot != nil && state.pools[$0].margin != nil }
            .map { PoolIndex(place: Int32($0)) }
            .sorted { pools[$0.number].id < pools[$1.number].id }
            .map { state.poolState($0) }
    }
}

extension EngineState {
    /// What a margin method is asked about a pool; nil while a price is missing, or if the pool is another shard's or
    /// belongs to a mutual pool, whose requirement no single pool decides.
    ///
    /// - Parameter facts: nil = those that the pool's own method wants.
    public func question(about pool: PoolID, with facts: QuestionFacts? = nil) -> MarginCase? {
        guard let place = poolPlaces[pool], let slot = pools[place.number].slot, pools[place.number].group == nil else {
            return nil
        }
        let own = method(of: place).map { type(of: $0).facts } ?? []
        return book.question(about: book.holdings(of: slot), name: "\(pool)", with: facts ?? own)
    }

    /// The name of the margin method that a pool's agreement names; nil for the default model.
    public func methodName(of pool: PoolID) -> String? {
        poolPlaces[pool].flatMap { pools[$0.number].model.map { "\($0)" } }
    }

    /// The risk parameters in force.
    public var parameters: ParameterSet { book.parameters }

    /// Listed assets by symbol.
    public var assetsBySymbol: [String: AssetID] {
        Dictionary(reference.symbols.map { ($0.symbol, $0.asset) }) { first, _ in first }
    }
}
