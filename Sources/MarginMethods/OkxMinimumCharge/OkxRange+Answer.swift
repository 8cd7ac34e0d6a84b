public import MarginModel

extension OkxRange {
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try Account(question)
        guard account.orders.isEmpty else { throw .unsupported("open orders") }
        let worth = account.worth
        var components: [MethodAnswer.Component] = []
        var bindings: [MethodAnswer.Binding] = []
        func add(_ name: String, _ maintenance: Double) {
            guard maintenance != 0 else { return }
            components.append(
                MethodAnswer.Component(name, initial: initialFactor * maintenance, maintenance: maintenance))
        }
        for symbol in account.underlyings {
            let unit = try unit(of: account, symbol)
            let worst = unit.worst(extremeShare: extremeShare) { points(days: $0) }
            let basis = unit.basis
            let cost = unit.closingCost(future: futureCost, shortOption: shortOptionCost)
            let floored = unit.terms.minimumCharge.floored(worst.loss + basis, raw: cost)
            add("range \(symbol)", worst.loss)
            add("basis \(symbol)", basis)
            add("minimum charge \(symbol)", max(0, floored - (worst.loss + basis)))
            if worst.loss > Self.lossMin {
                bindings.append(
                    MethodAnswer.Binding(
                        underlying: symbol, index: worst.index, spotMove: worst.move, volatility: worst.volatility,
                        loss: worst.loss))
            }
        }
        if let haircut = try haircut(of: account) { components.append(haircut) }
        let initial = components.reduce(0.0) { $0 + $1.initial }
        let maintenance = components.reduce(0.0) { $0 + $1.maintenance }
        return try MethodAnswer(
            equity: worth.equity, markToMarket: worth.contracts, initialMargin: initial,
            maintenanceMargin: maintenance, bindings: bindings, components: components
        ).finite()
    }

    /// Losses up to this many dollars do not bind.
    private static let lossMin = 1e-9

    private func unit(of account: Account, _ symbol: String) throws(MethodFault) -> OkxRiskUnit {
        guard let terms = classes[underlyings[symbol] ?? "other"] else {
            throw .missing("a class for \(symbol)", of: symbol)
        }
        let spot = account.price(ofCurrency: symbol)
        return OkxRiskUnit(
            terms: terms,
            marked: account.marked.filter { $0.terms.underlying == symbol }
                .map { ($0, account.price(ofSettlement: $0)) },
            options: account.options.filter { $0.terms.underlying == symbol },
            coin: account.collateral.filter { $0.underlying == symbol }.reduce(0.0) { $0 + $1.amount } * spot)
    }

    /// Change of volatility at a time to expiry: linear between the given days, as at the nearest beyond them.
    func points(days: Double) -> Double {
        guard let place = volatilityDays.firstIndex(where: { $0 >= days }) else { return volatilityPoints.last ?? 0 }
        guard place > 0 else { return volatilityPoints[0] }
        let share = (days - volatilityDays[place - 1]) / (volatilityDays[place] - volatilityDays[place - 1])
        return volatilityPoints[place - 1] + share * (volatilityPoints[place] - volatilityPoints[place - 1])
    }

    /// What collateral outside of the risk units does not count for; a haircut that the case states comes first.
    private func haircut(of account: Account) throws(MethodFault) -> MethodAnswer.Component? {
        var (initial, maintenance) = (0.0, 0.0)
        for held in account.collateral where held.underlying == nil && held.amount > 0 {
            let value = held.amount * held.price
            if let own = held.maintenanceHaircut {
                maintenance += value * own
                initial += value * (own + held.initialHaircut)
            } else {
                guard let own = collateral[held.asset] else {
                    throw .missing("collateral tiers of \(held.asset)", of: held.asset)
                }
                let lost = value - own.amount(of: value)
                maintenance += lost
                initial += lost + value * held.initialHaircut
            }
        }
        guard initial != 0 || maintenance != 0 else { return nil }
        return MethodAnswer.Component("haircut", initial: initial, maintenance: maintenance)
    }
}
