public import MarginModel

extension DydxPerpetual {
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try Account(Self.atOraclePrices(question))
        try refuseForeign(account)
        let entries = account.marked.reduce(0.0) { $0 + $1.terms.size * $1.terms.entryPrice }
        let funding = account.marked.reduce(0.0) { $0 + $1.terms.unsettledFunding }
        let balance = account.collateral.reduce(account.cash) { $0 + $1.amount } + funding - entries
        var total = DydxRisk(netCollateral: try Self.whole(balance * 1e6, "the quote balance"))
        var components: [MethodAnswer.Component] = []
        var notionals = 0.0
        for (symbol, size) in Self.sizes(of: account) where size != 0 {
            let risk = try risk(of: size, in: question, symbol)
            total = try total.adding(risk)
            notionals += Double(risk.netCollateral) * 1e-6
            let scaled = try scaledPart(of: risk, symbol)
            components.append(
                MethodAnswer.Component(
                    "\(symbol)-PERP", initial: Double(risk.initialMargin - scaled) / 1e6,
                    maintenance: Double(risk.maintenanceMargin) / 1e6))
            guard scaled != 0 else { continue }
            components.append(
                MethodAnswer.Component("open interest \(symbol)-PERP", initial: Double(scaled) / 1e6, maintenance: 0))
        }
        return try MethodAnswer(
            equity: Double(total.netCollateral) / 1e6, markToMarket: notionals - entries + funding,
            initialMargin: Double(total.initialMargin) / 1e6, maintenanceMargin: Double(total.maintenanceMargin) / 1e6,
            components: components
        ).finite()
    }

    /// The chain's figures of an account's position in one market.
    ///
    /// - Parameter size: in coins; counted to the nearest base quantum, as the oracle price is to its nearest step.
    public func risk(of size: Double, in question: MarginCase, _ symbol: String) throws(MethodFault) -> DydxRisk {
        guard let market = markets[symbol], let tier = tiers[market.tier] else {
            throw .missing("a market of dydx-perpetual for \(symbol)", of: symbol)
        }
        let prices = try question.market(of: symbol)
        let price = try Self.whole(Self.scaled(prices.spot, -market.priceExponent), "spot of \(symbol)")
        func quantums(_ coins: Double, _ what: String) throws(MethodFault) -> Int128 {
            try Self.whole(Self.scaled(coins, -market.atomicResolution), what)
        }
        var openInterest: Int128 = 0
        if tier.scalesWithOpenInterest {
            guard let coins = prices.openInterest["\(symbol)-PERP"] else {
                throw .missing("openInterest of \(symbol)-PERP", of: symbol)
            }
            openInterest = try market.notional(
                ofQuantums: try quantums(coins, "openInterest of \(symbol)-PERP"), price: price)
        }
        return try DydxRisk(
            quantums: try quantums(size, "size on \(symbol)"), price: price, market: market, tier: tier,
            openInterest: openInterest)
    }

    /// What open interest adds to a market's initial margin, in quote quantums.
    private func scaledPart(of risk: DydxRisk, _ symbol: String) throws(MethodFault) -> Int128 {
        guard let tier = markets[symbol].flatMap({ tiers[$0.tier] }) else { return 0 }
        return risk.initialMargin - (try tier.initialMargin(ofNotional: abs(risk.netCollateral), openInterest: 0))
    }

    /// The same question with every perpetual marked at the oracle price: dYdX has no other mark in its margin.
    static func atOraclePrices(_ question: MarginCase) -> MarginCase {
        var copy = question
        for place in copy.underlyings.indices { copy.underlyings[place].perpetual = copy.underlyings[place].spot }
        return copy
    }

    private func refuseForeign(_ account: Account) throws(MethodFault) {
        if let option = account.options.first { throw .unsupported("options", of: option.terms.underlying) }
        guard account.orders.isEmpty else { throw .unsupported("open orders") }
        for position in account.marked {
            let symbol = position.terms.underlying
            guard !position.terms.isInverse else { throw .unsupported("inverse contracts", of: symbol) }
            guard position.terms.secondsToExpiry == nil else { throw .unsupported("dated futures", of: symbol) }
            guard ["USD", "USDC"].contains(position.currency) else {
                throw .unsupported("settlement in \(position.currency)", of: position.currency)
            }
        }
        for held in account.collateral where held.amount != 0 {
            guard held.asset == "USDC", held.underlying == nil else {
                throw .unsupported("collateral in \(held.asset)", of: held.asset)
            }
        }
    }

    /// Net coins by market, in order.
    static func sizes(of account: Account) -> [(symbol: String, size: Double)] {
        var sizes: [String: Double] = [:]
        for position in account.marked { sizes[position.terms.underlying, default: 0] += position.terms.size }
        return sizes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// `number · 10^exponent`, dividing for negative exponents, so that decimals come out whole.
    private static func scaled(_ number: Double, _ exponent: Int) -> Double {
        let power = (0..<abs(exponent)).reduce(1.0) { power, _ in power * 10 }
        return exponent < 0 ? number / power : number * power
    }

    /// The nearest whole number.
    private static func whole(_ number: Double, _ what: String) throws(MethodFault) -> Int128 {
        guard number.isFinite else { throw .badNumber(what) }
        guard abs(number) < 0x1p100 else { throw .overflow }
        return Int128(number.rounded())
    }
}
