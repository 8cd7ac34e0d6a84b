import CMarginKernels
import MarginDomain
import Testing

/// Values from E. G. Haug, Option Pricing Formulas (1998), pp. 2–8, 24, 27, as collected in the test suite of QuantLib
/// (`europeanoption.cpp`, testValues). On spot with rate and yield: F = S·e^((r − q)t), value = e^(−rt)·Black-76.
@Suite struct HaugValueTests {
    @Test(arguments: values)
    func `Haug's values are met to his four digits`(_ row: Haug) {
        let forward = row.spot * mk_exponential((row.rate - row.carryYield) * row.years)
        let black = mk_black(
            row.type == .call ? 1 : -1, forward, row.strike, mk_logarithm(forward / row.strike),
            row.volatility * row.years.squareRoot())

        #expect(abs(mk_exponential(-row.rate * row.years) * black - row.value) <= 1e-4)
    }
}

struct Haug: Sendable {
    let type: OptionType
    let strike: Double
    let spot: Double
    let carryYield: Double
    let rate: Double
    let years: Double
    let volatility: Double
    let value: Double

    init(
        _ type: OptionType, strike: Double, spot: Double, carryYield: Double, rate: Double, years: Double,
        volatility: Double, value: Double
    ) {
        self.type = type
        self.strike = strike
        self.spot = spot
        self.carryYield = carryYield
        self.rate = rate
        self.years = years
        self.volatility = volatility
        self.value = value
    }
}

private let values: [Haug] = [
    Haug(.call, strike: 65.00, spot: 60.00, carryYield: 0.00, rate: 0.08, years: 0.25, volatility: 0.30, value: 2.1334),
    Haug(.put, strike: 95.00, spot: 100.00, carryYield: 0.05, rate: 0.10, years: 0.50, volatility: 0.20, value: 2.4648),
    Haug(.put, strike: 19.00, spot: 19.00, carryYield: 0.10, rate: 0.10, years: 0.75, volatility: 0.28, value: 1.7011),
    Haug(.call, strike: 19.00, spot: 19.00, carryYield: 0.10, rate: 0.10, years: 0.75, volatility: 0.28, value: 1.7011),
    Haug(.call, strike: 1.60, spot: 1.56, carryYield: 0.08, rate: 0.06, years: 0.50, volatility: 0.12, value: 0.0291),
    Haug(.put, strike: 70.00, spot: 75.00, carryYield: 0.05, rate: 0.10, years: 0.50, volatility: 0.35, value: 4.0870),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 0.0205),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 1.8734),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 9.9413),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 0.3150),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 3.1217),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 10.3556
    ),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 0.9474),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 4.3693),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 11.1381
    ),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 0.8069),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 4.0232),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 10.5769
    ),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 2.7026),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 6.6997),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 12.7857
    ),
    Haug(
        .call, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 4.9329),
    Haug(
        .call, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 9.3679),
    Haug(
        .call, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 15.3086
    ),
    Haug(.put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 9.9210),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 1.8734),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.15, value: 0.0408),
    Haug(
        .put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 10.2155),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 3.1217),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.25, value: 0.4551),
    Haug(
        .put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 10.8479),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 4.3693),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.10, volatility: 0.35, value: 1.2376),
    Haug(
        .put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 10.3192),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 4.0232),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.15, value: 1.0646),
    Haug(
        .put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 12.2149),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 6.6997),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.25, value: 3.2734),
    Haug(
        .put, strike: 100.00, spot: 90.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 14.4452),
    Haug(
        .put, strike: 100.00, spot: 100.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 9.3679),
    Haug(
        .put, strike: 100.00, spot: 110.00, carryYield: 0.10, rate: 0.10, years: 0.50, volatility: 0.35, value: 5.7963),
    Haug(.call, strike: 40.00, spot: 42.00, carryYield: 0.08, rate: 0.04, years: 0.75, volatility: 0.35, value: 5.0975),
]
