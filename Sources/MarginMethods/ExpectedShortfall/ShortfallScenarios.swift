internal import MarginModel

/// Every underlying's moves, prepared once from a history and used for any number of portfolios.
public struct ShortfallScenarios: Sendable {
    public let dates: [String]
    let parameters: ShortfallParameters
    private let filtered: [ScenarioMoves]
    private let plain: [ScenarioMoves]

    public init(_ history: FactorHistory, _ parameters: ShortfallParameters) {
        dates = history.dates
        self.parameters = parameters
        let names = history.factors.compactMap { factor in
            if case .spot(let name) = factor { name } else { nil }
        }
        let days = parameters.holdingDays
        filtered = names.compactMap {
            ScenarioMoves($0, of: history, last: parameters.lookBackDays, holdingDays: days) {
                parameters.filter.scaled($0.returns)
            }
        }
        plain = names.compactMap {
            ScenarioMoves($0, of: history, last: nil, holdingDays: days) { $0.returns }
        }
    }

    /// Losses of what an account holds, contract by contract.
    ///
    /// - Throws: an underlying without history, an option without a history of volatility.
    func losses(of account: Account) throws(MethodFault) -> LossVectors {
        LossVectors(
            filtered: try losses(of: account, filtered, last: parameters.lookBackDays),
            plain: try losses(of: account, plain, last: dates.count))
    }

    private func losses(of account: Account, _ moves: [ScenarioMoves], last: Int) throws(MethodFault) -> LossVector {
        var sum = nothing(last)
        for symbol in account.underlyings {
            let revaluation = try revaluation(of: symbol, moves)
            for position in account.options where position.terms.underlying == symbol {
                sum.add(try revaluation.losses(of: position))
            }
            for position in account.marked where position.terms.underlying == symbol {
                sum.add(revaluation.losses(of: position, price: account.price(ofSettlement: position)))
            }
            for held in account.collateral where held.underlying == symbol && held.amount != 0 {
                sum.add(revaluation.losses(ofCoin: held.amount * account.price(of: held)))
            }
        }
        return sum
    }

    /// Losses of orders, each at least zero: what filling them would cost on each date, beside ``losses(of:)``.
    ///
    /// `Σ max(0, n·(limit − value))`, exact over every subset of fills, and still sub-additive.
    func orderLosses(of account: Account) throws(MethodFault) -> LossVectors {
        LossVectors(
            filtered: try orderLosses(of: account, filtered, last: parameters.lookBackDays),
            plain: try orderLosses(of: account, plain, last: dates.count))
    }

    private func orderLosses(
        of account: Account, _ moves: [ScenarioMoves], last: Int
    ) throws(MethodFault) -> LossVector {
        var sum = nothing(last)
        for (order, asked) in zip(account.orders, account.question.members.flatMap(\.orders)) {
            switch order {
            case .option(let position):
                let revaluation = try revaluation(of: position.terms.underlying, moves)
                sum.add(try revaluation.losses(ofOrder: position, limit: asked.price))
            case .marked(let position):
                let revaluation = try revaluation(of: position.terms.underlying, moves)
                sum.add(
                    try revaluation.losses(
                        ofOrder: position, limit: asked.price, price: account.price(ofSettlement: position)))
            }
        }
        return sum
    }

    /// Nothing held, nothing lost, on every date there is.
    private func nothing(_ last: Int) -> LossVector {
        let count = max(0, min(last, dates.count - parameters.holdingDays + 1))
        return LossVector(first: dates.count - count, losses: Array(repeating: 0, count: count))
    }

    private func revaluation(of symbol: String, _ moves: [ScenarioMoves]) throws(MethodFault) -> Revaluation {
        guard let own = moves.first(where: { $0.underlying == symbol }) else {
            throw .shortHistory("the history of \(symbol)", of: symbol)
        }
        return Revaluation(moves: own, parameters: parameters)
    }

    /// The filtered moves of an underlying; nil if it has no history.
    func moves(of underlying: String) -> ScenarioMoves? { filtered.first { $0.underlying == underlying } }

    /// The factor of an underlying's spot on a filtered scenario date; nil before its first.
    func spotFactor(of underlying: String, on date: Int) -> Double? {
        guard let moves = moves(of: underlying), date >= moves.spot.first else { return nil }
        return moves.spot.values[date - moves.spot.first]
    }
}
