internal import MarginModel

/// The options of one underlying and expiry under ``DeriveStandard``, all amounts in dollars.
///
/// The margin of an expiry is the better of two: that of its shorts alone, and its largest loss at expiry.
struct StandardExpiry {
    let market: MarginCase.Underlying
    let terms: MarginCase.Expiry
    /// One for each contract.
    let options: [MarginCase.Option]
    let rules: DeriveStandard.OptionTerms

    /// Balances at the two levels, negative = needed.
    struct Balances {
        var initial: Double
        var maintenance: Double
    }

    /// Undiscounted value of the options.
    var value: Double { options.reduce(0) { $0 + value(of: $1) } }

    /// Contracts short.
    var shorts: Double { options.reduce(0) { $0 + max(0, -$1.size) } }

    /// Each short by itself; longs add nothing.
    var isolated: Balances {
        options.filter { $0.size < 0 }.reduce(into: Balances(initial: 0, maintenance: 0)) { sum, option in
            let own = isolated(option)
            sum.initial += own.initial
            sum.maintenance += own.maintenance
        }
    }

    /// What the expiry can lose at most, at settlement prices of 0 and each strike; calls that no long call covers count
    /// at a multiple of the forward, since above the highest strike they have no bound.
    var largestLoss: Balances {
        let worst = settlements.reduce(0.0) { min($0, payoff(at: $1)) }
        let calls = options.reduce(0) { $1.isCall ? $0 + $1.size : $0 }
        let unpaired = min(0, calls) * terms.forward
        return Balances(
            initial: worst + rules.unpairedInitial * unpaired, maintenance: worst + rules.unpairedMaintenance * unpaired
        )
    }

    /// The settlement prices that are tried: 0 and each strike.
    var settlements: [Double] { [0] + options.map(\.strike) }

    /// What the options pay at a settlement price; negative = owed.
    func payoff(at price: Double) -> Double {
        options.reduce(0) { $0 + $1.size * Black76.intrinsic($1.right, forward: price, strike: $1.strike) }
    }

    /// The least of what the sources say of spot, forward and volatility.
    var confidence: Double { min(market.spotConfidence, terms.forwardConfidence, terms.volatilityConfidence) }

    private func value(of option: MarginCase.Option) -> Double {
        option.size
            * option.unitValue(forward: terms.forward, volatility: option.impliedVolatility, years: terms.years)
    }

    private func isolated(_ option: MarginCase.Option) -> Balances {
        let value = value(of: option)
        // Negative: a short of so many dollars at spot.
        let notional = market.spot * option.size
        let distance = option.right.sign * (option.strike - market.spot) / market.spot
        let initial = value + max(rules.initialMax - max(0, distance), rules.initialMin) * notional
        switch option.right {
        case .call: return Balances(initial: initial, maintenance: value + rules.callMaintenance * notional)
        case .put:
            let maintenance =
                value + min(rules.putMaintenance * notional, rules.putMaintenanceOfValue * value)
            return Balances(
                initial: min(initial, rules.putInitialOfMaintenance * maintenance), maintenance: maintenance)
        }
    }
}
