internal import MarginModel

extension DeribitPortfolio {
    /// Dollars: `openOrderShare · R` of each order's value at the index, whatever its side (inferred).
    func openOrders(of account: Account) throws(MethodFault) -> Double {
        var sum = 0.0
        for order in account.orders {
            let (symbol, units, spot) =
                switch order {
                case .marked(let position): (position.terms.underlying, position.units, position.spot)
                case .option(let option): (option.terms.underlying, option.terms.size, option.spot)
                }
            guard let asset = assets[symbol] else {
                throw .missing("a table of deribit-portfolio for \(symbol)", of: symbol)
            }
            sum += openOrderShare * asset.priceRange * abs(units) * spot
        }
        return sum
    }

    /// A haircut that the case states counts in both requirements, the exchange's own in initial margin alone.
    func haircuts(of account: Account) throws(MethodFault) -> (initial: Double, maintenance: Double) {
        var (initial, maintenance) = (0.0, 0.0)
        for held in account.collateral where held.amount > 0 {
            let value = held.amount * account.price(of: held)
            if let own = held.maintenanceHaircut {
                maintenance += value * own
                initial += value * (own + held.initialHaircut)
            } else if mode == .cross {
                guard let own = haircuts[held.asset] else { throw .missing("haircut of \(held.asset)", of: held.asset) }
                initial += value * (own + held.initialHaircut)
            }
        }
        return (initial, maintenance)
    }
}

extension Account {
    /// Equity held in a coin, in coin: its balance, and the profit and value of what settles in it.
    func coinEquity(of symbol: String, spot: Double) -> Double {
        let balance = collateral.filter { $0.underlying == symbol }.reduce(0.0) { $0 + $1.amount }
        let profit = marked.filter { $0.terms.isInverse && $0.terms.underlying == symbol }
            .reduce(0.0) { $0 + $1.profit + $1.terms.unsettledFunding / spot }
        let value = options.filter { $0.terms.isInverse && $0.terms.underlying == symbol }
            .reduce(0.0) { $0 + $1.terms.size * $1.coin() }
        return balance + profit + value
    }
}
