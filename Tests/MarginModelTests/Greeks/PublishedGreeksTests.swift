import CMarginKernels
import MarginDomain
import Testing

@testable import MarginModel

/// Published Greeks of options on spot, for which the forward is `F = S·e^((r − q)τ)`.
///
/// Ours hold the forward fixed in time and rate; what is published moves it. With `δ = dV/dS`:
/// theta on spot = theta − (r − q)·S·δ, rho on spot = rho + τ·S·δ, dividend rho = −τ·S·δ.
@Suite struct PublishedGreeksTests {
    /// E. G. Haug, Option Pricing Formulas (1998), pp. 11–16, as collected in QuantLib's `europeanoption.cpp`,
    /// testGreekValues; four digits.
    @Test(arguments: haug)
    func `Haug's Greeks are met to his four digits`(_ row: HaugGreek) {
        let greeks = row.option.greeks

        #expect(abs(row.measure(row.option, greeks) - row.expected) <= 1e-4)
    }

    /// QuantLib's `blackcalculator.cpp`, testBlackCalculatorGreeks: call, forward 100, strike 105, deviation 0.20 over one
    /// year, discount 0.95, spot 98.
    @Test func `every Greek of QuantLib's Black calculator is met to its digits`() {
        let rate = -mk_logarithm(0.95)
        let carry = mk_logarithm(100.0 / 98)
        let call = SpotOption(
            .call, strike: 105, spot: 98, carryYield: rate - carry, rate: rate, years: 1, volatility: 0.2)
        let greeks = call.greeks
        let deltaDollars = 98 * greeks.delta
        let d1 = mk_logarithm(100.0 / 105) / 0.2 + 0.1
        func expect(_ value: Double, _ published: Double) {
            #expect(abs(value - published) <= 2e-14 * abs(published), "\(value), published \(published)")
        }

        expect(greeks.delta, 0.42921547913932068)
        expect(greeks.delta * 0.98, 0.42063116955653351)
        expect(greeks.gamma, 0.019527733248736884)
        expect(greeks.gamma * 0.98 * 0.98, 0.018754435012086908)
        expect(greeks.theta * 365 - carry * deltaDollars, -4.31290436588883)
        expect(greeks.vega * 100, 37.508870024173795)
        expect(greeks.rho * 100 + deltaDollars, 36.452803157675653)
        expect(mk_normal(d1 - 0.2), 0.36544163566592136)
        expect(mk_normal(d1), 0.44276965216477238)
        expect(-deltaDollars, -42.063116955653371)
        expect((greeks.value - deltaDollars) / 105, -0.34716955388262527)
        expect(greeks.gamma * (98.0 / 105) * (98.0 / 105), 0.017010825407788574)
        expect(greeks.vanna * 100, 0.65822482825836837)
        expect(greeks.volga * 10_000, 9.2856964243177753)
        expect(deltaDollars / greeks.value, 7.4974624362037323)
    }
}

/// An option on spot with a continuous carry yield.
struct SpotOption: Sendable {
    let option: OptionStrip.Option
    let carryYield: Double

    init(
        _ type: OptionType, strike: Double, spot: Double, carryYield: Double, rate: Double, years: Double,
        volatility: Double
    ) {
        self.carryYield = carryYield
        option = OptionStrip.Option(
            type: type, strike: strike, volatility: volatility, spot: spot,
            forward: spot * mk_exponential((rate - carryYield) * years), years: years, rate: rate)
    }

    var greeks: OptionGreeks {
        var strip = OptionStrip(settlement: .linear, capacity: 1)
        strip.append(option)
        strip.revalue()
        return strip[0]
    }

    /// Per year.
    func thetaOnSpot(_ greeks: OptionGreeks) -> Double {
        365 * greeks.theta - (option.rate - carryYield) * option.spot * greeks.delta
    }
}

struct HaugGreek: Sendable {
    let option: SpotOption
    let expected: Double
    let measure: @Sendable (SpotOption, OptionGreeks) -> Double

    init(_ option: SpotOption, _ expected: Double, _ measure: @escaping @Sendable (SpotOption, OptionGreeks) -> Double)
    {
        self.option = option
        self.expected = expected
        self.measure = measure
    }
}

private let haug: [HaugGreek] = {
    func future(_ type: OptionType) -> SpotOption {
        SpotOption(type, strike: 100, spot: 105, carryYield: 0.10, rate: 0.10, years: 0.5, volatility: 0.36)
    }
    func stock(_ type: OptionType) -> SpotOption {
        SpotOption(type, strike: 60, spot: 55, carryYield: 0, rate: 0.10, years: 0.75, volatility: 0.30)
    }
    let decaying = SpotOption(
        .put, strike: 405, spot: 430, carryYield: 0.05, rate: 0.07, years: 1.0 / 12, volatility: 0.20)
    return [
        HaugGreek(future(.call), 0.5946) { $1.delta },
        HaugGreek(future(.put), -0.3566) { $1.delta },
        HaugGreek(future(.put), -4.8775) { $1.delta * $0.option.spot / $1.value },
        HaugGreek(stock(.call), 0.0278) { $1.gamma },
        HaugGreek(stock(.put), 0.0278) { $1.gamma },
        HaugGreek(stock(.call), 18.9358) { $1.vega * 100 },
        HaugGreek(stock(.put), 18.9358) { $1.vega * 100 },
        HaugGreek(decaying, -31.1924) { $0.thetaOnSpot($1) },
        HaugGreek(decaying, -0.0855) { $0.thetaOnSpot($1) / 365 },
        HaugGreek(
            SpotOption(.call, strike: 75, spot: 72, carryYield: 0, rate: 0.09, years: 1, volatility: 0.19), 38.7325
        ) {
            $1.rho * 100 + $0.option.years * $0.option.spot * $1.delta
        },
        HaugGreek(
            SpotOption(.put, strike: 490, spot: 500, carryYield: 0.05, rate: 0.08, years: 0.25, volatility: 0.15),
            42.2254
        ) { -$0.option.years * $0.option.spot * $1.delta },
    ]
}()
