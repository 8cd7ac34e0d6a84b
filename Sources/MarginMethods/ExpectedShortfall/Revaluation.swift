internal import MarginModel

/// Values the contracts of one underlying again on every scenario date.
struct Revaluation {
    let moves: ScenarioMoves
    let parameters: ShortfallParameters

    /// An option, in dollars: linear `D·Black(F')`, inverse `S'/F'` times the undiscounted `Black(F')`.
    func losses(of position: OptionPosition) throws(MethodFault) -> LossVector {
        let values = try unitValues(of: position)
        let (size, value) = (position.terms.size, position.value)
        return LossVector(first: values.first, losses: values.values.map { value - size * $0 })
    }

    /// A perpetual or future: linear `q·(M − M')`; inverse, with profit in coin, what all of that coin is worth.
    ///
    /// - Parameter price: dollars of what linear profit is paid in.
    func losses(of position: MarkedPosition, price: Double) -> LossVector {
        guard position.terms.isInverse else {
            let losses = moves.forward.map { -position.gain(times: $0) * price }
            return LossVector(first: losses.first, losses: losses.values)
        }
        let (profit, spot) = (position.profit, position.spot)
        let losses = moves.spot.with(moves.forward) { factor, forward in
            profit * spot - (profit + position.gain(times: forward)) * (spot * factor)
        }
        return LossVector(first: losses.first, losses: losses.values)
    }

    /// Coin worth so many dollars.
    func losses(ofCoin worth: Double) -> LossVector {
        LossVector(first: moves.spot.first, losses: moves.spot.values.map { worth * (1 - $0) })
    }

    /// What an order for an option loses on each date if it fills there, never less than nothing.
    func losses(ofOrder position: OptionPosition, limit: Double) throws(MethodFault) -> LossVector {
        let values = try unitValues(of: position)
        return LossVector(
            first: values.first, losses: values.values.map { max(0, position.terms.size * (limit - $0)) })
    }

    /// The same of an order for a perpetual or future: one that was entered at the limit.
    func losses(ofOrder position: MarkedPosition, limit: Double, price: Double) throws(MethodFault) -> LossVector {
        var filled = position
        filled.terms.entryPrice = limit
        guard !position.terms.isInverse || limit > 0 else {
            throw .badNumber("price of an order", of: position.terms.underlying)
        }
        let profit = filled.profit
        let gains = moves.spot.with(moves.forward) { factor, forward in
            (profit + filled.gain(times: forward)) * (filled.terms.isInverse ? filled.spot * factor : price)
        }
        return LossVector(first: gains.first, losses: gains.values.map { max(0, -$0) })
    }

    /// Dollars of one option on every date.
    private func unitValues(of position: OptionPosition) throws(MethodFault) -> ScenarioRun {
        let (terms, expiry) = (position.terms, position.expiry)
        let volatility = moves.volatility(
            days: expiry.days, shortPower: parameters.shortPower, longPower: parameters.longPower)
        guard let volatility else {
            throw .shortHistory("the history of \(terms.underlying)'s volatility", of: terms.underlying)
        }
        let forwards = moves.forward.map { expiry.forward(times: $0) }
        let passed = parameters.timePasses ? Double(parameters.holdingDays) * MarginCase.Expiry.secondsPerDay : 0
        let years = Black76.years(expiry.secondsToExpiry - passed)
        let discount = terms.isInverse ? 1 : Black76.discount(rate: expiry.rate, years: years)
        let values = forwards.with(volatility) { forward, factor in
            terms.unitValue(
                forward: forward, volatility: terms.impliedVolatility * factor, years: years, discount: discount)
        }
        guard terms.isInverse else { return values }
        return values.with(moves.spot.with(forwards) { position.spot * $0 / $1 }) { $0 * $1 }
    }
}
