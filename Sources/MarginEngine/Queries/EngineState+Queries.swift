import MarginDefault
public import MarginDomain
import MarginModel

extension EngineState {
    /// Answers a question about pools that this state evaluates, from the state as it is.
    ///
    /// Only a ``CheckQuery`` changes anything, and only reservations, which no record's effects depend on.
    ///
    /// - Returns: the answers without the closing ``QueryDone``; empty if another shard must answer. A question that
    ///   is wrong for every shard gets its ``QueryError`` from whoever joins the answers.
    public mutating func answer(_ query: Query) -> [Answer] {
        catchUp(for: query)
        do throws(QuestionFault) {
            if case .checkQuery(let query) = query { return try check(query).map { [.checkAnswer($0)] } ?? [] }
            return try found(query)
        } catch { return [.queryError(error.error)] }
    }

    /// Evaluates the pools that a question is about, if cuts left them out.
    private mutating func catchUp(for query: Query) {
        switch query {
        case .poolQuery(let query): catchUp(query.pool)
        case .explainQuery(let query): catchUp(query.pool)
        case .whatIfQuery(let query): catchUp(query.pool)
        case .largestQuery(let query): catchUp(query.pool)
        case .curesQuery(let query): catchUp(query.pool)
        case .liquidationLevelsQuery(let query): catchUp(query.pool)
        case .accountQuery(let query):
            for member in memberPlaces.keys where member.account == query.account {
                if let place = memberPlaces[member] { catchUp(members[place.number].pool) }
            }
        case .previewQuery: catchUpAll()
        case .checkQuery, .parametersQuery, .mutualQuery, .snapshotQuery, .replayQuery, .claimQuery, .acknowledgeQuery:
            break
        }
    }

    private mutating func catchUp(_ pool: PoolID) {
        if let place = poolPlaces[pool] { catchUp(place) }
    }

    private func found(_ query: Query) throws(QuestionFault) -> [Answer] {
        switch query {
        case .poolQuery(let query):
            guard let place = evaluated(query.pool) else { return [] }
            return [.poolState(poolState(place))] + accountGreeks(place).map { .accountGreeks($0) }
        case .accountQuery(let query): return account(query)
        case .explainQuery(let query):
            guard let place = evaluated(query.pool) else { return [] }
            return try explanation(under: query, of: place).pages.map { .explanation($0) }
        case .whatIfQuery(let query):
            guard let place = evaluated(query.pool) else { return [] }
            return [.whatIfAnswer(try whatIf(query, place))]
        case .largestQuery, .curesQuery, .liquidationLevelsQuery:
            return try longQuestion(query).map { [$0.finished()] } ?? []
        case .parametersQuery(let query): return parameters(query)
        case .previewQuery(let query): return [preview(query)]
        case .mutualQuery(let query): return try mutualProspects(query).map { [.mutualAnswer($0)] } ?? []
        case .checkQuery, .snapshotQuery, .replayQuery, .claimQuery, .acknowledgeQuery: return []
        }
    }

    /// The place of a pool if this state evaluates it and it was evaluated.
    func evaluated(_ pool: PoolID) -> PoolIndex? {
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
}
