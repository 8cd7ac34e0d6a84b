public import MarginDomain

/// Sections 6 and 7 of the rules: evaluation and trust.
extension NaiveExchange {
    /// What a pool holds, over its members.
    public func holdings(of pool: PoolID) -> NaiveHoldings {
        NaiveHoldings(adding: members(of: pool).compactMap { holdings[$0] })
    }

    /// A pool's margin from scratch, on the market as of the last cuts; of what its owner has elsewhere the last
    /// evaluation's.
    public mutating func margin(of pool: PoolID) -> NaiveMargin {
        NaiveMargin(of: holdings(of: pool), besides: pools[pool]?.elsewhere ?? [:], in: &market)
    }

    /// The shares of a pool's members in one of its requirements; nil while it has none.
    public mutating func shares(of requirement: NaiveRequirement, in pool: PoolID) -> NaiveShares? {
        var held: [Member: NaiveHoldings] = [:]
        for member in members(of: pool) { held[member] = holdings[member] }
        return NaiveShares(
            of: requirement, among: held, besides: pools[pool]?.elsewhere ?? [:], in: &market)
    }

    /// Computes a pool's margin, moves its state, and announces what has to be announced.
    mutating func evaluate(_ id: PoolID, _ cause: Cause) {
        let held = holdings(of: id)
        let others = elsewhere(of: id)
        pools[id]?.elsewhere = others
        settle(
            id, held, at: NaiveMargin(of: held, besides: others, in: &market),
            isStale: underlyings(of: held).contains { !isTrusted($0) }, cause)
    }

    /// Moves a pool's state by a margin.
    mutating func settle(
        _ id: PoolID, _ held: NaiveHoldings, at margin: NaiveMargin, isStale: Bool, _ cause: Cause
    ) {
        guard var pool = pools[id] else { preconditionFailure("a pool that does not exist was touched") }
        let parameters = market.parameters
        let target = NaiveLifeCycle.target(margin, held, isTrusted: !isStale, parameters)
        let state = NaiveLifeCycle.next(after: pool.state, target: target, margin, held, parameters)
        if let kind = NaiveLifeCycle.signal(from: pool.state, to: state, cause: cause) {
            pool.poolSignalNo = pool.poolSignalNo.next
            var signal = NaiveSignal(kind, of: id, from: pool.state, to: state, cause: cause, margin: margin)
            signal.poolSignalNo = pool.poolSignalNo
            signal.eventTime = eventTime
            signal.shortfall = NaiveLifeCycle.shortfall(kind, in: state, margin, parameters)
            if kind == .marginCall {
                signal.deadline = eventTime + Duration64.seconds(Int32(parameters["callSeconds"]))
            }
            signal.oldestInputAge = oldestInput(of: held).map { eventTime - $0 } ?? .zero
            signal.stale = isStale
            signal.parameterVersion = parameters.version
            signals.append(signal)
        }
        pool.state = state
        pool.margin = margin
        pools[id] = pool
        evaluated.append(id)
    }

    /// The underlyings that a pool depends on: of its positions, and those whose coin it has.
    func underlyings(of held: NaiveHoldings) -> [AssetID] {
        inputs.keys.sorted().filter { u in
            held.B(u, in: market) != 0
                || held.positions.contains {
                    $0.value.quantity != .zero && market.instruments[$0.key]?.underlying == u
                }
        }
    }

    func isTrusted(_ u: AssetID) -> Bool {
        untrusted.isDisjoint(with: (inputs[u]?.sources ?? [:]).values)
    }

    /// The oldest publish time among the index prices, forwards and marks of what is held.
    private func oldestInput(of held: NaiveHoldings) -> Timestamp? {
        var times = underlyings(of: held).compactMap { inputs[$0]?.index?.publishTime }
        for (id, position) in held.positions where position.quantity != .zero {
            guard let instrument = market.instruments[id], let inputs = inputs[instrument.underlying] else { continue }
            let time =
                switch instrument.contract {
                case .option(_, _, _, let e): inputs.forwards[e]?.publishTime
                case .perpetual, .future: inputs.marks[id]?.publishTime
                }
            if let time { times.append(time) }
        }
        return times.min()
    }
}
