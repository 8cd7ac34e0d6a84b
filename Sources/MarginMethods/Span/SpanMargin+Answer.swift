public import MarginModel

extension SpanMargin {
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try Account(question)
        let worth = account.worth
        let requirement = try requirement(of: account)
        var components: [MethodAnswer.Component] = []
        func add(_ name: String, _ maintenance: Double) {
            guard maintenance != 0 else { return }
            components.append(
                MethodAnswer.Component(name, initial: initialRatio * maintenance, maintenance: maintenance))
        }
        var bindings: [MethodAnswer.Binding] = []
        for own in requirement.commodities {
            add("scan \(own.commodity)", own.scan)
            add("time spreads \(own.commodity)", own.timeSpreadCharge)
            add("spread credit \(own.commodity)", -own.spreadCredit)
            add("short option minimum \(own.commodity)", own.risk - own.scan - own.timeSpreadCharge + own.spreadCredit)
            if let binding = try binding(own, in: account) { bindings.append(binding) }
        }
        // Equity has the options' value in it; what exceeds the risk may not be drawn on.
        let (risk, value) = (requirement.risk, requirement.netOptionValue)
        let surplus = MethodAnswer.Component(
            "option value beyond risk", initial: max(0, value - initialRatio * risk), maintenance: max(0, value - risk))
        if surplus.maintenance != 0 { components.append(surplus) }
        if let haircut = try haircut(of: account) { components.append(haircut) }
        // Where the options' value is the larger, both are that value, and rounding must not order them.
        let initial = components.reduce(0.0) { $0 + $1.initial }
        let maintenance = components.reduce(0.0) { $0 + $1.maintenance }
        return try MethodAnswer(
            equity: worth.equity, markToMarket: worth.contracts, initialMargin: max(initial, maintenance),
            maintenanceMargin: maintenance, bindings: bindings, components: components
        ).finite()
    }

    /// SPAN's own figures behind an answer.
    public func requirement(of question: MarginCase) throws(MethodFault) -> SpanRequirement {
        try requirement(of: try Account(question))
    }

    private func requirement(of account: Account) throws(MethodFault) -> SpanRequirement {
        guard account.orders.isEmpty else { throw .unsupported("open orders") }
        var risks: [SpanCommodityRisk] = []
        let symbols = account.marked.map(\.terms.underlying) + account.options.map(\.terms.underlying)
        for symbol in Set(symbols).sorted() {
            let terms = try commodity(symbol)
            let spot = account.price(ofCurrency: symbol)
            var positions: [SpanPosition] = []
            for position in account.marked where position.terms.underlying == symbol {
                guard !position.terms.isInverse else { throw .unsupported("inverse contracts", of: symbol) }
                positions.append(
                    SpanPosition(
                        quantity: position.terms.size * account.price(ofSettlement: position),
                        array: array(position, range: terms.range(days: position.days, spot: spot)),
                        days: position.days))
            }
            for option in account.options where option.terms.underlying == symbol {
                guard !option.terms.isInverse else { throw .unsupported("inverse contracts", of: symbol) }
                positions.append(
                    SpanPosition(
                        quantity: option.terms.size,
                        array: array(
                            option, range: terms.range(days: option.days, spot: spot),
                            volatilityRange: terms.volatilityScanRange),
                        days: option.days, optionValue: option.value / option.terms.size,
                        isCall: option.terms.isCall))
            }
            risks.append(SpanCommodityRisk(symbol, positions, terms, spot: spot))
        }
        return SpanRequirement(risks, spreads: commoditySpreads)
    }

    private func commodity(_ symbol: String) throws(MethodFault) -> SpanCommodity {
        guard let terms = commodities[symbol] else { throw .missing("a commodity of span for \(symbol)", of: symbol) }
        return terms
    }

    /// Losses up to this many dollars do not bind.
    private static let lossMin = 1e-9

    private func binding(
        _ own: SpanCommodityRisk, in account: Account
    ) throws(MethodFault) -> MethodAnswer.Binding? {
        guard let index = own.scenario, own.scan > Self.lossMin else { return nil }
        let scenario = scenarios[index - 1]
        let spot = account.price(ofCurrency: own.commodity)
        let terms = try commodity(own.commodity)
        return MethodAnswer.Binding(
            underlying: own.commodity, index: index,
            spotMove: scenario.priceMove * terms.dollars(terms.priceScanRange, spot: spot) / spot,
            volatility: scenario.volatility, loss: own.scan)
    }

    private func haircut(of account: Account) throws(MethodFault) -> MethodAnswer.Component? {
        var (initial, maintenance) = (0.0, 0.0)
        for held in account.collateral where held.amount > 0 {
            guard let own = held.maintenanceHaircut ?? haircuts[held.asset] else {
                throw .missing("haircut of \(held.asset)", of: held.asset)
            }
            let value = held.amount * account.price(of: held)
            maintenance += value * own
            initial += value * (own + held.initialHaircut)
        }
        guard initial != 0 || maintenance != 0 else { return nil }
        return MethodAnswer.Component("haircut", initial: initial, maintenance: maintenance)
    }
}
