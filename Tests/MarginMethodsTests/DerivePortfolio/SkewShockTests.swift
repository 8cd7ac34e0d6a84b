import MarginMethods
import MarginModel
import Testing

/// A long option under the rotations: the factors on volatility show in its value.
@Suite struct SkewShockTests {
    /// `linear_multiplier` and `abs_multiplier` of the published portfolios 33 and 62, from strike, forward and seconds.
    @Test(arguments: [
        (100_000.0, 3113.1678785393888, 794_852.0, 1.1420620229941945, 1.1420620229941945),
        (115_411, 96031.88799711196, 2_004_452, 1.043570990699484, 1.043570990699484),
        (88_665, 96031.88799711196, 2_004_452, 0.9810813073647747, 1.0189186926352254),
        (36_719, 98198.07812501276, 11_076_452, 0.907630799289954, 1.092369200710046),
    ])
    func `published options are turned by their published factors`(
        strike: Double, forward: Double, seconds: Double, linear: Double, absolute: Double
    ) throws {
        for (kind, factor) in [(PortfolioScenario.Volatility.linear, linear), (.absolute, absolute)] {
            #expect(abs(try loss(kind, strike, forward, seconds) - expected(factor, strike, forward, seconds)) < 1e-6)
        }
    }

    private static let volatility = 0.6

    /// What a method without static discounts, whose only scenario is the rotation, says of one option.
    private func loss(
        _ kind: PortfolioScenario.Volatility, _ strike: Double, _ forward: Double, _ seconds: Double
    ) throws -> Double {
        var method = DerivePortfolio()
        method.discounts.long = 1
        method.discounts.longRateFactor = 0
        method.discounts.longRateAdditive = 0
        method.basis.additiveFactor = 0
        method.basis.multiplicativeFactor = 0
        method.scenarios = [PortfolioScenario(1, kind)]
        var market = MarginCase.Underlying(symbol: "BTC", spot: forward)
        market.expiries = [MarginCase.Expiry(secondsToExpiry: seconds, forward: forward)]
        var account = MarginCase.Member()
        account.options = [.call("BTC", seconds, strike, Self.volatility, 1)]
        return try method.answer(MarginCase(underlyings: [market], members: [account])).maintenanceMargin
            / method.maintenanceFactor
    }

    /// Either direction of a rotation is a loss.
    private func expected(_ factor: Double, _ strike: Double, _ forward: Double, _ seconds: Double) -> Double {
        func value(_ volatility: Double) -> Double {
            Black76.value(
                .call, forward: forward, strike: strike, volatility: volatility, years: Black76.years(seconds))
        }
        return abs(value(Self.volatility * factor) - value(Self.volatility))
    }
}
