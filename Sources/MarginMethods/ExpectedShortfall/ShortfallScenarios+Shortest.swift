internal import MarginModel

extension ShortfallScenarios {
    /// Which factor an account has the fewest dates from; nil if it depends on none.
    func shortest(of account: Account) -> Factor? {
        var latest: (first: Int, factor: Factor)?
        func note(_ run: ScenarioRun, _ factor: Factor) {
            if run.first > latest?.first ?? -1 { latest = (run.first, factor) }
        }
        func note(_ option: OptionPosition) {
            let symbol = option.terms.underlying
            for tenor in moves(of: symbol)?.tenors(around: option.expiry.days) ?? [] {
                note(tenor.returns, .volatility(symbol, days: Int(tenor.days)))
            }
        }
        let ordered = account.orders.map { order in
            switch order {
            case .marked(let position): position.terms.underlying
            case .option(let option): option.terms.underlying
            }
        }
        for symbol in Set(account.underlyings + ordered).sorted() {
            guard let moves = moves(of: symbol) else { continue }
            note(moves.spot, .spot(symbol))
            note(moves.forward, .basis(symbol))
        }
        for option in account.options { note(option) }
        for case .option(let option) in account.orders { note(option) }
        return latest?.factor
    }
}
