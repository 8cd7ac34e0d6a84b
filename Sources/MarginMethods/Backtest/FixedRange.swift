public import MarginModel

/// A grid of fixed moves of price and volatility, coin by coin without offset: the common way of exchanges.
public struct FixedRange: Equatable, Sendable {
    /// Shares of the range at which ordinary scenarios lie.
    public var steps: [Double]
    /// Range by underlying, and for others.
    public var ranges: [String: Double]
    public var otherRange: Double
    /// Charge on the net delta of each expiry, in addition.
    public var roll: [String: Double]
    public var otherRoll: Double
    public var volatility: TermShock
    /// nil = no far moves.
    public var extreme: Extreme?

    /// A far move, with volatility as it is.
    public struct Extreme: Equatable, Sendable {
        /// Of the range.
        public var multiple: Double
        /// Share of the loss that counts.
        public var share: Double
    }

    public init(
        steps: [Double], ranges: [String: Double], otherRange: Double, roll: [String: Double] = [:],
        otherRoll: Double = 0, volatility: TermShock
    ) {
        self.steps = steps
        self.ranges = ranges
        self.otherRange = otherRange
        self.roll = roll
        self.otherRoll = otherRoll
        self.volatility = volatility
    }

    /// After Deribit's portfolio margin (`private/pme/simulate`, documented parameters of June 2024 and February 2026):
    /// nine prices to ±R by three volatilities, roll charge at its floor. Other coins than BTC and ETH at 18 % and 1 %
    /// are assumed; small books, so no charge for far moves or for size.
    public static let deribitStyle = FixedRange(
        steps: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1], ranges: ["BTC": 0.16, "ETH": 0.18], otherRange: 0.18,
        roll: ["BTC": 0.01, "ETH": 0.005], otherRoll: 0.01,
        volatility: TermShock(
            up: 0.50, down: 0.25, volatilityFloor: 0.50, shortPower: 0.30, longPower: 0.13, dayFloor: 1))

    /// After OKX's portfolio margin notices: seven prices to ±12 % (BTC, ETH) or ±18 %, half of the loss at twice the
    /// range. The table of implied volatilities is not public: ±25 % is assumed.
    public static let okxStyle: FixedRange = {
        var range = FixedRange(
            steps: [-1, -2.0 / 3, -1.0 / 3, 0, 1.0 / 3, 2.0 / 3, 1], ranges: ["BTC": 0.12, "ETH": 0.12],
            otherRange: 0.18,
            volatility: TermShock(
                up: 0.25, down: 0.25, volatilityFloor: 0, shortPower: 0.30, longPower: 0.13, dayFloor: 1))
        range.extreme = Extreme(multiple: 2, share: 0.5)
        return range
    }()

    /// Dollars.
    ///
    /// - Throws: what the question lacks.
    public func margin(_ question: MarginCase) throws(MethodFault) -> Double {
        let account = try Account(question)
        return account.underlyings.reduce(0.0) { $0 + margin(account, $1) }
    }

    private func margin(_ account: Account, _ symbol: String) -> Double {
        let range = ranges[symbol] ?? otherRange
        var worst = 0.0
        for step in steps {
            for shape in [Shape.same, .up, .down] {
                worst = max(worst, -gain(account, symbol, times: 1 + step * range, shape))
            }
        }
        if let extreme {
            for sign in [-1.0, 1] {
                let gain = gain(account, symbol, times: 1 + sign * extreme.multiple * range, .same)
                worst = max(worst, -extreme.share * gain)
            }
        }
        return worst + delta(account, symbol) * (roll[symbol] ?? otherRoll)
    }

    private enum Shape { case same, up, down }

    /// Dollars gained by a move of price and volatility.
    private func gain(_ account: Account, _ symbol: String, times factor: Double, _ shape: Shape) -> Double {
        var gain = 0.0
        for held in account.collateral where held.underlying == symbol {
            gain += held.amount * account.price(of: held) * (factor - 1)
        }
        for position in account.marked where position.terms.underlying == symbol {
            gain += position.dollarGain(times: factor, price: account.price(ofSettlement: position))
        }
        for position in account.options where position.terms.underlying == symbol {
            let sigma = shocked(position.terms.impliedVolatility, days: position.days, shape)
            gain += position.value(times: factor, volatility: sigma, years: position.years) - position.value
        }
        return gain
    }

    private func shocked(_ sigma: Double, days: Double, _ shape: Shape) -> Double {
        switch shape {
        case .same: sigma
        case .up: volatility.raised(sigma, days: days)
        case .down: volatility.lowered(sigma, days: days)
        }
    }

    /// `Σ |Δ|` over expiries, perpetuals being one, in dollars.
    private func delta(_ account: Account, _ symbol: String) -> Double {
        var byExpiry: [Double: Double] = [:]
        for position in account.marked where position.terms.underlying == symbol {
            byExpiry[position.terms.secondsToExpiry ?? 0, default: 0] += position.dollarDelta
        }
        for position in account.options where position.terms.underlying == symbol {
            byExpiry[position.expiry.secondsToExpiry, default: 0] += position.dollarDelta
        }
        return byExpiry.keys.sorted().reduce(0.0) { $0 + abs(byExpiry[$1] ?? 0) }
    }
}
