internal import CMarginKernels

/// How the rotations `linear` and `absolute` change the volatility of a strike: a factor that grows with the distance
/// from the money up to a cap, and never falls below 0.
///
///     cap = base + slope·√τ
///     k* = max(widthMin, √τ·widthScale·(widthLevel + widthSlope·√τ))
///     factor = max(0, 1 + clamp(k·cap/k*, ±cap)),  k = ln(K/F), or |ln(K/F)| if both wings rise
///
/// Source: `PMRMLib_2` of derivexyz/v2-core at 7736900d.
public struct SkewShock: Equatable, Sendable {
    /// A cap on the change of volatility, as a fraction, and how it moves with `√τ`.
    public struct Cap: Equatable, Sendable {
        public var base: Double
        public var slope: Double

        public init(base: Double, slope: Double) {
            self.base = base
            self.slope = slope
        }
    }

    public var linear = Cap(base: 0.15, slope: -0.05)
    public var absolute = Cap(base: 0.15, slope: -0.05)
    /// Least `k*`, in log-moneyness.
    public var widthMin = 0.01
    public var widthScale = 4.0
    public var widthLevel = 0.6
    public var widthSlope = -0.1

    public init() {}

    /// The factors on volatility of one expiry.
    struct Term {
        private let linearCap: Double
        private let absoluteCap: Double
        /// `k*`.
        private let width: Double

        init(_ shock: SkewShock, years: Double) {
            let root = years.squareRoot()
            linearCap = shock.linear.base + shock.linear.slope * root
            absoluteCap = shock.absolute.base + shock.absolute.slope * root
            let width = root * shock.widthScale * (shock.widthLevel + shock.widthSlope * root)
            self.width = max(shock.widthMin, width)
        }

        func linearFactor(strike: Double, forward: Double) -> Double {
            factor(Self.logMoneyness(strike, forward), cap: linearCap)
        }

        func absoluteFactor(strike: Double, forward: Double) -> Double {
            factor(abs(Self.logMoneyness(strike, forward)), cap: absoluteCap)
        }

        /// `k`; 0 where a forward of 0 has none, and options are worth what exercise pays whatever the volatility.
        private static func logMoneyness(_ strike: Double, _ forward: Double) -> Double {
            let ratio = strike / forward
            return ratio >= .leastNormalMagnitude && ratio < .infinity ? mk_logarithm(ratio) : 0
        }

        private func factor(_ k: Double, cap: Double) -> Double {
            // At the money nothing turns, of whatever width.
            let turn = k == 0 ? 0 : k * cap / width
            let held = k < 0 ? max(turn, -cap) : min(turn, cap)
            return max(0, 1 + held)
        }
    }
}
