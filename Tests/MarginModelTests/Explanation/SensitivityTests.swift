import CMarginKernels
import MarginDomain
import Testing

@testable import MarginModel

/// Greeks against published figures and against finite differences of the value.
@Suite struct SensitivityTests {
    /// F = 49, K = 50, r = 5 %, t = 0.3846, σ = 20 %: the examples of py_vollib's documentation (black.greeks).
    @Test func `linear options match the Black-76 greeks of py_vollib`() {
        let call = Sensitivities.option(
            Self.option(forward: 49, strike: 50, volatility: 0.2, years: 0.3846, rate: 0.05))
        let put = Sensitivities.option(
            Self.option(isCall: false, forward: 49, strike: 50, volatility: 0.2, years: 0.3846, rate: 0.05))

        #expect(abs(call.delta - 0.45107017482201828) <= 1e-12)
        #expect(abs(call.gamma - 0.0640646705882) <= 1e-12)
        #expect(abs(put.gamma - 0.0640646705882) <= 1e-12)
        #expect(abs(call.vega - 0.118317785624) <= 1e-12)
        #expect(abs(call.theta - -0.00816236877462) <= 1e-12)
        #expect(abs(put.theta - -0.00802799155312) <= 1e-12)
        #expect(abs(call.rho - -0.0074705380059582258) <= 1e-15)
        #expect(abs(put.rho - -0.011243286001308292) <= 1e-15)
    }

    /// QuantLib's `blackcalculator.cpp`: forward 100, strike 105, deviation 0.20 over one year, discount 0.95.
    @Test func `deltaForward, gammaForward and vega match QuantLib's Black calculator`() {
        let call = Sensitivities.option(
            Self.option(forward: 100, strike: 105, volatility: 0.2, years: 1, rate: -mk_logarithm(0.95)))

        #expect(abs(call.delta - 0.42063116955653351) <= 1e-13)
        #expect(abs(call.gamma - 0.018754435012086908) <= 1e-14)
        #expect(abs(call.vega * 100 - 37.508870024173795) <= 1e-11)
    }

    /// F = K = 100, r = 2 %, half a year, σ = 20 % (py_vollib, black.implied_volatility).
    @Test func `a discounted Black-76 price matches py_vollib`() {
        let call = Sensitivities.option(Self.option(forward: 100, strike: 100, volatility: 0.2, years: 0.5, rate: 0.02))

        #expect(abs(call.value - 5.5811067246) <= 1e-10)
    }

    /// Real tickers of 2026-01-19 (Deribit): coin mark to 1e-4, delta ±N(±d₁) not premium-adjusted, vega and theta in
    /// dollars, as transcribed with our Black-76/F. Volatilities have two digits.
    @Test(arguments: deribitMarks)
    func `inverse options match real coin marks and deltas`(_ row: DeribitMark) {
        let years = Double(row.expiryMilliseconds - row.timeMilliseconds) / 31_536_000_000
        let unit = Sensitivities.option(
            Self.option(
                isCall: row.isCall, .inverse, forward: row.forward, strike: row.strike, volatility: row.volatility,
                years: years))

        #expect(abs(unit.value / row.forward - row.coinValue) <= 6e-7)
        #expect(abs(unit.value / row.forward - row.mark) <= 1e-4)
        #expect(abs(unit.delta - row.delta) <= 4e-5)
        #expect(abs(unit.vega - row.vega) <= 4e-2)
        #expect(abs(unit.theta - row.theta) <= 3e-2)
    }

    @Test(arguments: [Instrument.Settlement.linear, .inverse], [true, false])
    func `greeks agree with finite differences of the value`(_ settlement: Instrument.Settlement, _ isCall: Bool) {
        for (strike, years) in [(80.0, 0.1), (100, 0.5), (130, 2)] {
            func value(spot: Double = 100, volatility: Double = 0.6, later: Double = 0, rate: Double = 0.03) -> Double {
                Sensitivities.option(
                    Self.option(
                        isCall: isCall, settlement, spot: spot, forward: spot * 1.02, strike: strike,
                        volatility: volatility,
                        years: years - later, rate: rate)
                ).value
            }
            let unit = Sensitivities.option(
                Self.option(
                    isCall: isCall, settlement, spot: 100, forward: 102, strike: strike, volatility: 0.6, years: years,
                    rate: 0.03))
            let step = 0.01

            #expect(abs((value(spot: 100 + step) - value(spot: 100 - step)) / (2 * step) - unit.delta) <= 1e-7)
            let second = value(spot: 100 + step) - 2 * value() + value(spot: 100 - step)
            #expect(abs(second / (step * step) - unit.gamma) <= 1e-6)
            #expect(abs((value(volatility: 0.6001) - value(volatility: 0.5999)) / 0.02 - unit.vega) <= 1e-7)
            #expect(abs((value(later: 1e-5) - value(later: -1e-5)) / 2e-5 / 365 - unit.theta) <= 1e-6)
            #expect(abs((value(rate: 0.0301) - value(rate: 0.0299)) / 0.02 - unit.rho) <= 1e-7)
        }
    }

    @Test func `call less put is the discounted forward less strike`() {
        for (forward, strike, volatility, years) in [
            (100.0, 90.0, 0.3, 0.25), (100, 250, 2.0, 1.5), (0.00001, 0.000012, 1, 0.01),
        ] {
            let call = Sensitivities.option(
                Self.option(forward: forward, strike: strike, volatility: volatility, years: years, rate: 0.1))
            let put = Sensitivities.option(
                Self.option(
                    isCall: false, forward: forward, strike: strike, volatility: volatility, years: years, rate: 0.1))

            let parity = mk_exponential(-0.1 * years) * (forward - strike)
            #expect(abs(call.value - put.value - parity) <= 1e-15 * strike)
        }
    }

    @Test func `an expired option has its intrinsic value, a delta of 0 or 1, and nothing else`() {
        let inside = Sensitivities.option(Self.option(spot: 110, forward: 110, strike: 100, volatility: 0.5, years: 0))
        let outside = Sensitivities.option(Self.option(spot: 90, forward: 90, strike: 100, volatility: 0.5, years: 0))

        #expect(inside == Sensitivities(value: 10, delta: 1))
        #expect(outside == Sensitivities())
    }

    private static func option(
        isCall: Bool = true, _ settlement: Instrument.Settlement = .linear, spot: Double? = nil, forward: Double,
        strike: Double, volatility: Double, years: Double, rate: Double = 0
    ) -> Sensitivities.Option {
        Sensitivities.Option(
            isCall: isCall, settlement: settlement, strike: strike, volatility: volatility, spot: spot ?? forward,
            forward: forward, years: years, rate: rate)
    }
}

struct DeribitMark: Sendable {
    let isCall: Bool
    let strike: Double
    let timeMilliseconds: Int64
    let expiryMilliseconds: Int64
    let forward: Double
    let volatility: Double
    let mark: Double
    let delta: Double
    let vega: Double
    let theta: Double
    let coinValue: Double

    init(
        _ isCall: Bool, _ strike: Double, _ times: (Int64, Int64), _ forward: Double, _ volatility: Double,
        mark: Double,
        delta: Double, vega: Double, theta: Double, coinValue: Double
    ) {
        self.isCall = isCall
        self.strike = strike
        (timeMilliseconds, expiryMilliseconds) = times
        self.forward = forward
        self.volatility = volatility
        self.mark = mark
        self.delta = delta
        self.vega = vega
        self.theta = theta
        self.coinValue = coinValue
    }
}

private let deribitMarks = [
    DeribitMark(
        true, 86_000, (1_768_825_815_436, 1_769_155_200_000), 93_051.2, 0.5024, mark: 0.0771, delta: 0.94065,
        vega: 11.2322, theta: -74.01442, coinValue: 0.077113),
    DeribitMark(
        false, 100_000, (1_768_825_836_006, 1_770_364_800_000), 93_190.99, 0.3706, mark: 0.0822, delta: -0.79403,
        vega: 58.65621, theta: -61.01953, coinValue: 0.082198),
    DeribitMark(
        true, 80_000, (1_768_825_847_716, 1_774_598_400_000), 93_877.73, 0.4337, mark: 0.1662, delta: 0.83016,
        vega: 101.57651, theta: -32.97211, coinValue: 0.166211),
    DeribitMark(
        true, 90_000, (1_768_825_860_763, 1_782_460_800_000), 95_066.86, 0.4437, mark: 0.1415, delta: 0.63066,
        vega: 235.88207, theta: -33.15708, coinValue: 0.141507),
    DeribitMark(
        true, 60_000, (1_768_825_867_812, 1_790_323_200_000), 96_312.7, 0.5284, mark: 0.401, delta: 0.90369,
        vega: 135.76295, theta: -14.41674, coinValue: 0.401003),
    DeribitMark(
        true, 190_000, (1_768_825_883_924, 1_798_185_600_000), 97_600.19, 0.4698, mark: 0.0195, delta: 0.10695,
        vega: 173.53589, theta: -11.99595, coinValue: 0.019498),
]
