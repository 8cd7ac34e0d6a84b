import MarginTestKit
import Testing

@testable import MarginModel

/// SVI slices against the worked examples of J. Gatheral and A. Jacquier, *Arbitrage-free SVI volatility surfaces*,
/// Quantitative Finance 14(1), 2014 (G&J).
@Suite struct SVISliceTests {
    /// G&J, example 3.1 (A. Vogt): prices look harmless, but the density is negative.
    static func vogt() throws -> SVISlice {
        try SVISlice(a: -0.0410, b: 0.1331, rho: 0.3060, m: 0.3586, sigma: 0.4153, forward: 100, years: 1)
    }

    /// G&J, example 5.1: variance and skew at the money, slopes of the wings, least variance of the same slice.
    @Test func `Vogt's slice has the variance, skew and wings that the paper prints`() throws {
        let slice = try Self.vogt()
        let root = slice.totalVariance(0).squareRoot()
        let step = 1e-6
        let skew = (slice.totalVariance(step) - slice.totalVariance(-step)) / (2 * step) / (2 * root)

        #expect(abs(slice.totalVariance(0) - 0.01742625) <= 5e-9)
        #expect(abs(skew - -0.1752111) <= 5e-8)
        #expect(abs(slice.slope(of: .put) / root - 0.6997381) <= 5e-8)
        #expect(abs(slice.slope(of: .call) / root - 1.316798) <= 5e-7)
        #expect(abs(slice.leastTotalVariance - 0.0116249) <= 5e-8)
        #expect(abs(slice.volatility(strike: 100) - 0.01742625.squareRoot()) <= 2e-8)
    }

    @Test func `Vogt's slice has a butterfly arbitrage beyond the call side`() throws {
        let fault = try Self.vogt().butterflyArbitrage

        guard case .butterfly(let k, let g) = fault else {
            Issue.record("no butterfly found: \(String(describing: fault))")
            return
        }
        // Figure 1 of G&J: g is negative for k between about 0.6 and 1.1, its least near −0.04.
        #expect(k > 0.6 && k < 1.1)
        #expect(g < -0.02 && g > -0.05)
    }

    /// G&J, example 5.1: with these call wings and least variances the slice is free of butterfly arbitrage.
    @Test(arguments: [(0.3493158, 0.01548182), (0.8564763, 0.0116249)])
    func `the paper's repaired slices have no butterfly arbitrage`(_ call: Double, _ least: Double) throws {
        let slice = try Self.jumpWings(
            variance: 0.01742625, skew: -0.1752111, put: 0.6997381, call: call, least: least)

        #expect(slice.butterflyArbitrage == nil)
        #expect(abs(slice.totalVariance(0) - 0.01742625) <= 1e-12)
        #expect(abs(slice.leastTotalVariance - least) <= 1e-12)
    }

    @Test func `g is 1 where the volatility is the same at every strike`() throws {
        let slice = try SVISlice(a: 0.09, b: 0, rho: 0, m: 0, sigma: 0.1, forward: 100, years: 0.25)

        #expect(slice.g(0.3) == 1)
        #expect(slice.volatility(strike: 80) == 0.6)
        #expect(slice.butterflyArbitrage == nil)
    }

    /// `g·exp(−d₂²/2)/√(2πw)` is the density of `k` (G&J, proof of lemma 2.2): without arbitrage it adds up to 1.
    @Test func `the density that a slice implies adds up to 1`() throws {
        let slice = try Self.typical(years: 0.25, level: 0.01)
        var sum = 0.0
        let step = 2e-3
        for place in -6000...6000 {
            let k = Double(place) * step
            let w = slice.totalVariance(k)
            let d2 = -k / w.squareRoot() - w.squareRoot() / 2
            sum += slice.g(k) * NaiveBlack76.exponential(-d2 * d2 / 2) / (2 * Double.pi * w).squareRoot() * step
        }

        #expect(abs(sum - 1) <= 1e-9)
    }

    @Test func `a later slice with more variance everywhere has no calendar arbitrage`() throws {
        let slices = [try Self.typical(years: 0.1, level: 0.004), try Self.typical(years: 0.25, level: 0.01)]

        try SVISlice.check(slices)
    }

    @Test func `a later slice that dips below an earlier one is found where it dips`() throws {
        let earlier = try Self.typical(years: 0.1, level: 0.01)
        // Steeper wings, but a hair less variance in a narrow bend around its centre.
        let later = try SVISlice(a: 0.0059, b: 0.1201, rho: -0.3, m: 0.02, sigma: 0.15, forward: 100, years: 0.25)

        guard case .calendar(let k, let before, let after) = later.calendarArbitrage(after: earlier) else {
            Issue.record("no calendar arbitrage found")
            return
        }
        #expect(after < before)
        #expect(abs(after - later.totalVariance(k)) == 0)
        #expect(abs(before - earlier.totalVariance(k)) == 0)
    }

    @Test func `a later slice with a flatter wing is refused by name`() throws {
        let earlier = try Self.typical(years: 0.1, level: 0.01)
        let later = try SVISlice(a: 0.5, b: 0.12, rho: -0.35, m: 0.02, sigma: 0.15, forward: 100, years: 0.25)

        #expect(
            later.calendarArbitrage(after: earlier) == .calendarWing(.call, earlier: 0.12 * 0.7, later: 0.12 * 0.65))
        #expect(earlier.calendarArbitrage(after: later) == .order(earlier: 0.25, later: 0.1))
        #expect(throws: SVIFault.order(earlier: 0.1, later: 0.1)) { try SVISlice.check([earlier, earlier]) }
    }

    /// Generated slices: what the search reports is there, and what a fine, even grid finds is reported.
    @Test func `the search finds every butterfly that a fine grid finds`() throws {
        var random = SplitMix64(seed: 2014)
        var (found, clean) = (0, 0)
        for _ in 0..<400 {
            let sigma = random.pick([0.01, 0.1, 0.4]) * random.number(0.5, 2)
            let rho = random.number(-0.95, 0.95)
            let b = random.number(0.01, 1.9 / (1 + abs(rho)))
            let a = random.number(-0.9, 2) * b * sigma * (1 - rho * rho).squareRoot()
            guard let slice = Self.slice(a, b, rho, random.number(-0.5, 0.5), sigma) else { continue }
            let least = (-3000...3000).map { slice.g(slice.m + Double($0) * 2e-3) }.min() ?? 0

            let fault = slice.butterflyArbitrage

            if case .butterfly(let k, let g) = fault {
                found += 1
                #expect(g < 0 && g == slice.g(k) && g <= least + 1e-9 * abs(least))
            } else {
                clean += 1
                #expect(fault == nil && least >= -1e-9)
            }
        }
        #expect(found > 50 && clean > 50)
    }

    @Test func `parameters that cannot be are refused by name`() {
        func fault(
            a: Double = 0.01, b: Double = 0.1, rho: Double = 0, m: Double = 0, sigma: Double = 0.1,
            forward: Double = 100, years: Double = 1
        ) -> SVIFault? {
            do {
                _ = try SVISlice(a: a, b: b, rho: rho, m: m, sigma: sigma, forward: forward, years: years)
                return nil
            } catch { return error }
        }

        #expect(fault() == nil)
        #expect(fault(a: .nan) == .badNumber("a"))
        #expect(fault(b: -0.1) == .badNumber("b"))
        #expect(fault(rho: 1) == .badNumber("rho"))
        #expect(fault(m: .infinity) == .badNumber("m"))
        #expect(fault(sigma: 0) == .badNumber("sigma"))
        #expect(fault(forward: 0) == .badNumber("forward"))
        #expect(fault(years: -1) == .badNumber("years"))
        #expect(fault(a: -0.02) == .noVariance(least: -0.02 + 0.1 * 0.1))
        #expect(fault(b: 1.5, rho: -0.5) == .steepWing(.put, slope: 2.25))
        #expect(fault(b: 1.5, rho: 0.5) == .steepWing(.call, slope: 2.25))
        #expect(fault(b: 2) == .steepWing(.put, slope: 2))
    }

    private static func typical(years: Double, level: Double) throws -> SVISlice {
        try SVISlice(a: level, b: 0.12, rho: -0.3, m: 0.02, sigma: 0.15, forward: 100, years: years)
    }

    private static func slice(_ a: Double, _ b: Double, _ rho: Double, _ m: Double, _ sigma: Double) -> SVISlice? {
        do { return try SVISlice(a: a, b: b, rho: rho, m: m, sigma: sigma, forward: 100, years: 1) } catch {
            return nil
        }
    }

    /// The raw parameters of a slice in *jump wings* at one year, by G&J, lemma 3.2.
    private static func jumpWings(
        variance v: Double, skew psi: Double, put p: Double, call c: Double, least: Double
    ) throws -> SVISlice {
        let root = v.squareRoot()
        let b = root / 2 * (c + p)
        let rho = 1 - p * root / b
        let beta = rho - 2 * psi * root / b
        let alpha = (beta < 0 ? -1 : 1) * (1 / (beta * beta) - 1).squareRoot()
        let width = (1 + alpha * alpha).squareRoot()
        let m = (v - least) / (b * (-rho + (alpha < 0 ? -width : width) - alpha * (1 - rho * rho).squareRoot()))
        let sigma = alpha * m
        return try SVISlice(
            a: least - b * sigma * (1 - rho * rho).squareRoot(), b: b, rho: rho, m: m, sigma: sigma, forward: 100,
            years: 1)
    }
}
