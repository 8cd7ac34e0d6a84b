internal import CMarginKernels
internal import MarginModel

/// The options of one expiry in an account, and their value under the scenarios of ``DerivePortfolio``.
///
///     V(s) = Σ a·price(F(s), σ(s), D),  D = exp(−r·τ),  r = max(0, rate)
///     gain(s) = (V(s)·(V(s) ≥ 0 ? dPos : dNeg) − V)·weight,  for rotations −|gain|
///     dPos = long·exp(−τ(r·longRateFactor + longRateAdditive))
///     dNeg = min(1/D, short/exp(−τ(r·shortRateFactor + shortRateAdditive)))
struct PortfolioExpiry {
    /// `V` without a move: the options' value.
    let value: Double
    let market: MarginCase.Expiry
    let options: [MarginCase.Option]
    private let discount: Double
    private let positiveShare: Double
    private let negativeShare: Double
    private let skew: SkewShock.Term
    private let shock: TermShock
    private let basis: DerivePortfolio.Basis

    init(_ market: MarginCase.Expiry, _ options: [MarginCase.Option], _ method: DerivePortfolio) {
        self.market = market
        self.options = options
        let years = market.years
        let rate = max(0, market.rate)
        let terms = method.discounts
        discount = Black76.discount(rate: rate, years: years)
        positiveShare =
            terms.long * mk_exponential(-(years * (rate * terms.longRateFactor + terms.longRateAdditive)))
        let raised = terms.short / mk_exponential(-(years * (rate * terms.shortRateFactor + terms.shortRateAdditive)))
        negativeShare = min(1 / discount, raised)
        skew = SkewShock.Term(method.skew, years: years)
        shock = method.volatility
        basis = method.basis
        value = Self.sum(options, forward: market.forward, years: years, discount: discount) { $0.impliedVolatility }
    }

    /// Dollars, negative = loss.
    func gain(_ scenario: PortfolioScenario) -> Double {
        let forward = market.forward(times: scenario.spotFactor)
        let shocked = sum(forward: forward) { option in
            let volatility = option.impliedVolatility
            switch scenario.volatility {
            case .none: return volatility
            case .up: return shock.raised(volatility, days: market.days)
            case .down: return shock.lowered(volatility, days: market.days)
            case .linear: return volatility * skew.linearFactor(strike: option.strike, forward: forward)
            case .absolute: return volatility * skew.absoluteFactor(strike: option.strike, forward: forward)
            }
        }
        let held = shocked * (shocked >= 0 ? positiveShare : negativeShare)
        let gain = (held - value) * scenario.weight
        return scenario.volatility.isRotation && gain > 0 ? -gain : gain
    }

    /// Loss from a forward that moves alone, in dollars, never negative.
    ///
    ///     max(0, V − V(up), V − V(down))·(additiveFactor + multiplicativeFactor·τ)
    var basisLoss: Double {
        let up = sum(forward: market.forward(times: basis.up)) { $0.impliedVolatility }
        let down = sum(forward: market.forward(times: basis.down)) { $0.impliedVolatility }
        guard up.isFinite, down.isFinite else { return .infinity }
        return max(0, value - up, value - down) * (basis.additiveFactor + basis.multiplicativeFactor * market.years)
    }

    /// Short options beyond what a long one of the same strike and the other right covers, in contracts.
    var nakedShorts: Double {
        var strikes: [Double: (call: Double, put: Double)] = [:]
        for option in options {
            switch option.right {
            case .call: strikes[option.strike, default: (0, 0)].call += option.size
            case .put: strikes[option.strike, default: (0, 0)].put += option.size
            }
        }
        var shorts = 0.0
        for strike in strikes.keys.sorted() {
            guard let net = strikes[strike] else { continue }
            let held = max(0, net.call) + max(0, net.put)
            let owed = max(0, -net.call) + max(0, -net.put)
            shorts += max(0, owed - held)
        }
        return shorts
    }

    /// Contracts, long and short.
    var gross: Double { options.reduce(0) { $0 + abs($1.size) } }

    private func sum(forward: Double, volatility: (MarginCase.Option) -> Double) -> Double {
        Self.sum(options, forward: forward, years: market.years, discount: discount, volatility: volatility)
    }

    private static func sum(
        _ options: [MarginCase.Option], forward: Double, years: Double, discount: Double,
        volatility: (MarginCase.Option) -> Double
    ) -> Double {
        options.reduce(0) { sum, option in
            let value = option.unitValue(
                forward: forward, volatility: volatility(option), years: years, discount: discount)
            return sum + option.size * value
        }
    }
}
