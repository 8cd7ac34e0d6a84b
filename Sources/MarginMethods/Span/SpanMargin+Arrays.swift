internal import MarginModel

extension SpanMargin {
    /// Of one long unit that is settled daily: it loses what its price falls.
    func array(_ position: MarkedPosition, range: Double) -> SpanRiskArray {
        let moving = 1 - position.settled / position.mark
        return SpanRiskArray(
            losses: scenarios.map { -$0.cover * $0.priceMove * range * moving }, delta: moving)
    }

    /// Of one long option: `D·(Black now − Black after the move, the look-ahead and the change of volatility)`.
    func array(_ option: OptionPosition, range: Double, volatilityRange: Double) -> SpanRiskArray {
        let discount = Black76.discount(rate: option.expiry.rate, years: option.years)
        let years = max(0, option.years - lookAheadDays / 365)
        let now = option.black()
        func forward(_ move: Double) -> Double { option.expiry.forward + move * range * option.movingShare }
        let losses = scenarios.map { scenario in
            let volatility = option.terms.impliedVolatility * max(0, 1 + scenario.volatilityMove * volatilityRange)
            let then = option.terms.unitValue(
                forward: forward(scenario.priceMove), volatility: volatility, years: years)
            return scenario.cover * discount * (now - then)
        }
        var (sum, weights) = (0.0, 0.0)
        for (third, weight) in deltaWeights.enumerated() {
            for sign in third == 0 ? [1.0] : [1, -1] {
                let at = forward(sign * Double(third) / 3)
                sum += weight * option.delta(forward: at, years: years) * option.movingShare * discount
                weights += weight
            }
        }
        return SpanRiskArray(losses: losses, delta: sum / weights)
    }
}
