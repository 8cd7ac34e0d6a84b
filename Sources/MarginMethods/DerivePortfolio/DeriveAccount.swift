internal import MarginModel

/// What an account at Derive can hold: cash, collateral, linear perpetuals and linear options, one position a contract.
///
/// Both of Derive's methods use it. Orders are not part of them: `get_margin` leaves orders out (references, table a).
struct DeriveAccount {
    let cash: Double
    let collateral: [MarginCase.Collateral]
    let perpetuals: [MarginCase.Marked]
    /// Ascending by underlying, expiry, strike and right.
    let options: [MarginCase.Option]

    /// - Throws: what in the question Derive has no rule for.
    init(_ question: MarginCase) throws(MethodFault) {
        try question.checkNumbers()
        let whole = question.whole
        guard whole.orders.isEmpty else { throw .unsupported("open orders") }
        for contract in whole.marked {
            let symbol = contract.underlying
            guard contract.secondsToExpiry == nil else { throw .unsupported("dated futures (\(symbol))", of: symbol) }
            guard !contract.isInverse else { throw .unsupported("inverse perpetuals (\(symbol))", of: symbol) }
            if let coin = contract.settlementAsset {
                throw .unsupported("perpetuals that settle in \(coin)", of: coin)
            }
            _ = try question.market(of: contract.underlying).neededPerpetual()
        }
        for option in whole.options {
            guard !option.isInverse else {
                throw .unsupported("inverse options (\(option.underlying))", of: option.underlying)
            }
            _ = try question.market(of: option.underlying).neededExpiry(in: option.secondsToExpiry)
        }
        for held in whole.collateral {
            guard held.amount >= 0 else { throw .unsupported("a debt of \(held.asset)", of: held.asset) }
            if let coin = held.underlying { _ = try question.market(of: coin) }
        }
        cash = whole.cash
        collateral = whole.collateral
        perpetuals = whole.marked
        options = try Self.netted(whole.options)
    }

    /// What was entered in parts is one position.
    private static func netted(_ options: [MarginCase.Option]) throws(MethodFault) -> [MarginCase.Option] {
        var netted: [MarginCase.Option] = []
        for option in options.sorted(by: precedes) {
            guard let last = netted.last, isSame(last, option) else {
                netted.append(option)
                continue
            }
            guard last.impliedVolatility == option.impliedVolatility else {
                let strike = MethodText.number(option.strike)
                throw .unsupported(
                    "two volatilities of one option (\(option.underlying), strike \(strike))", of: option.underlying)
            }
            netted[netted.count - 1].size += option.size
        }
        return netted
    }

    private static func precedes(_ left: MarginCase.Option, _ right: MarginCase.Option) -> Bool {
        if left.underlying != right.underlying { return left.underlying < right.underlying }
        if left.secondsToExpiry != right.secondsToExpiry { return left.secondsToExpiry < right.secondsToExpiry }
        if left.strike != right.strike { return left.strike < right.strike }
        return left.isCall && !right.isCall
    }

    private static func isSame(_ left: MarginCase.Option, _ right: MarginCase.Option) -> Bool {
        !precedes(left, right) && !precedes(right, left)
    }
}

extension DeriveAccount {
    /// Signed size of the perpetuals of an underlying.
    func perpetualSize(of symbol: String) -> Double {
        perpetuals.filter { $0.underlying == symbol }.reduce(0) { $0 + $1.size }
    }

    /// Their profit since entry, and funding, in dollars.
    func perpetualProfit(in market: MarginCase.Underlying) throws(MethodFault) -> Double {
        var profit = 0.0
        for contract in perpetuals where contract.underlying == market.symbol {
            profit += contract.size * (try market.neededPerpetual() - contract.entryPrice) + contract.unsettledFunding
        }
        return profit
    }

    /// The options of an underlying, by expiry, soonest first.
    func expiries(
        in market: MarginCase.Underlying
    ) throws(MethodFault) -> [(market: MarginCase.Expiry, options: [MarginCase.Option])] {
        var groups: [(market: MarginCase.Expiry, options: [MarginCase.Option])] = []
        for option in options where option.underlying == market.symbol {
            if groups.last?.market.secondsToExpiry == option.secondsToExpiry {
                groups[groups.count - 1].options.append(option)
            } else {
                groups.append((try market.neededExpiry(in: option.secondsToExpiry), [option]))
            }
        }
        return groups
    }
}
