import MarginDomain

extension Answer {
    /// Whether it is a refusal.
    var isError: Bool {
        if case .queryError = self { true } else { false }
    }
}

extension Query {
    /// What to say when no shard knows what is asked about.
    var unanswered: QueryError {
        switch self {
        case .poolQuery(let query): unknown(query.pool)
        case .explainQuery(let query): unknown(query.pool)
        case .whatIfQuery(let query): unknown(query.pool)
        case .curesQuery(let query): unknown(query.pool)
        case .largestQuery(let query): unknown(query.pool)
        case .liquidationLevelsQuery(let query): unknown(query.pool)
        case .accountQuery(let query): unknown(query.account)
        case .checkQuery(let query): unknown(query.account)
        case .mutualQuery(let query): query.account == AccountID(0) ? unknown(query.pool) : unknown(query.account)
        case .snapshotQuery, .replayQuery, .claimQuery, .acknowledgeQuery, .parametersQuery,
            .previewQuery:
            QueryError(fault: .notAvailable, field: .empty, explanation: "this question has no answer here yet")
        }
    }

    private func unknown(_ account: AccountID) -> QueryError {
        QueryError(
            fault: .unknownAccount, field: Symbol(ascii: "account"),
            explanation: "account \(account) is not open, or none of its pools can be margined yet")
    }

    private func unknown(_ pool: PoolID) -> QueryError {
        QueryError(
            fault: .unknownPool, field: Symbol(ascii: "pool"),
            explanation: "pool \(pool) is not known or was never evaluated")
    }
}
