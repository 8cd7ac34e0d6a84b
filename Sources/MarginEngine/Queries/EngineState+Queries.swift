import MarginDefault
public import MarginDomain
import MarginModel

extension EngineState {
    /// Answers a question about pools that this state evaluates, from the state as it is.
    ///
    /// - Returns: the answers without the closing ``QueryDone``; empty if another shard must answer. A question that
    ///   is wrong for every shard gets its ``QueryError`` from whoever joins the answers.
    public func answer(_ query: Query) -> [Answer] {
        switch query {
        case .poolQuery(let query):
            evaluated(query.pool).map { place in
                [.poolState(poolState(place))] + accountGreeks(place).map { .accountGreeks($0) }
            } ?? []
        case .accountQuery(let query): account(query)
        case .explainQuery(let query): evaluated(query.pool).map { [explanation(of: $0, query)] } ?? []
        case .whatIfQuery(let query): evaluated(query.pool).map { [whatIf(query, $0)] } ?? []
        case .curesQuery(let query): evaluated(query.pool).map { [.curesAnswer(cures($0))] } ?? []
        case .parametersQuery(let query): parameters(query)
        case .previewQuery(let query): [preview(query)]
        case .snapshotQuery, .replayQuery, .largestQuery, .checkQuery, .claimQuery, .acknowledgeQuery: []
        }
    }

    /// The place of a pool if this state evaluates it and it was evaluated.
    private func evaluated(_ pool: PoolID) -> PoolIndex? {
        guard let place = poolPlaces[pool], pools[place.number].slot != nil, pools[place.number].margin != nil else {
            return nil
        }
        return place
    }

    /// One answer for each member of the account whose pool this state evaluates.
    private func account(_ query: AccountQuery) -> [Answer] {
        memberPlaces.keys.filter { $0.account == query.account }.sorted().flatMap { member -> [Answer] in
            guard let place = memberPlaces[member].map({ members[$0.number].pool }),
                evaluated(pools[place.number].id) != nil
            else { return [] }
            return accountGreeks(place)
                .filter { $0.account == member.account && $0.instrument == member.instrument }
                .map { .accountGreeks($0) }
        }
    }

    private func cures(_ place: PoolIndex) -> CuresAnswer {
        let pool = pools[place.number]
        let levels = levels(of: place, at: pool.margin ?? PoolMargin.empty)
        return CuresAnswer(
            record: lastRecord, pool: pool.id, shortfall: max(levels.initialMargin - levels.equity, .zero),
            steps: cures(place, levels))
    }
}
