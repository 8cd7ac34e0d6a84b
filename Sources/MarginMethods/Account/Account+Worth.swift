internal import MarginModel

/// What an account is worth before any method's haircut, in dollars.
struct AccountWorth {
    /// Cash, collateral at its price, and ``contracts``.
    let equity: Double
    /// Options, profit of futures and perpetuals, and unsettled funding.
    let contracts: Double
}

extension Account {
    var worth: AccountWorth {
        let balances = collateral.reduce(cash) { $0 + $1.amount * price(of: $1) }
        let profit = marked.reduce(0.0) { sum, position in
            sum + position.profit * price(ofSettlement: position) + position.terms.unsettledFunding
        }
        let contracts = options.reduce(profit) { $0 + $1.value }
        return AccountWorth(equity: balances + contracts, contracts: contracts)
    }

    /// Dollars of one unit of a balance: the index price of its underlying if it has one.
    func price(of held: MarginCase.Collateral) -> Double { spot(of: held.underlying) ?? held.price }

    /// Dollars of one unit of what a contract settles in: the index price if inverse, else 1 for the numeraire, else the
    /// coin's price as collateral if some is held.
    func price(ofSettlement position: MarkedPosition) -> Double {
        if position.terms.isInverse { return position.spot }
        guard let asset = position.terms.settlementAsset else { return 1 }
        return collateral.first { $0.asset == asset && $0.underlying == nil }?.price ?? question.stablecoinPrice
    }

    /// Dollars of one unit of a currency: an underlying's index price, 1 for the numeraire, else a stablecoin's price.
    func price(ofCurrency currency: String) -> Double {
        spot(of: currency) ?? (currency == Self.numeraire ? 1 : question.stablecoinPrice)
    }

    private func spot(of symbol: String?) -> Double? { question.underlyings.first { $0.symbol == symbol }?.spot }
}
