import CMarginKernels
import MarginTestKit
import Testing

@testable import MarginModel

/// Implied volatilities against multiprecision, there and back, and at the ends of what a price can be.
@Suite struct ImpliedVolatilityTests {
    @Test(arguments: impliedReferences)
    func `a price implies the volatility of multiprecision to 2e-15, however far out`(
        _ reference: ImpliedReference
    ) throws {
        let volatility = try reference.quote.impliedVolatility

        #expect(abs(volatility - reference.volatility) <= 2e-15 * reference.volatility)
    }

    /// py_vollib, `black.implied_volatility`: F = K = 100, r = 2 %, half a year; its price is discounted and has ten
    /// decimals.
    @Test func `the price of py_vollib's example implies its 20 %`() throws {
        let quote = OptionQuote(
            isCall: true, forward: 100, strike: 100, years: 0.5, price: 5.5811067246 / mk_exponential(-0.02 * 0.5))

        #expect(abs(try quote.impliedVolatility - 0.2) <= 1e-11)
    }

    /// A value rounds, and is itself right to 2e-15 of the larger price: over vega, that is how far the volatility may be.
    @Test func `a value implies the volatility that it was made with`() throws {
        var random = SplitMix64(seed: 2015)
        var count = 0
        for _ in 0..<200_000 {
            let forward = random.pick([1.0, 100, 97_000.5, 0.00000712])
            let deviation = mk_exponential(random.number(-9, 2.2))
            let strike = forward * mk_exponential(random.number(-6, 6) * deviation)
            let isCall = random.chance(0.5)
            let logMoneyness = mk_logarithm(forward / strike)
            let price = mk_black(isCall ? 1 : -1, forward, strike, logMoneyness, deviation)
            let quote = OptionQuote(isCall: isCall, forward: forward, strike: strike, years: 1, price: price)
            let d1 = logMoneyness / deviation + 0.5 * deviation
            let resolved = 4e-15 * max(forward, strike) / (forward * mk_density(d1))
            // Where a rounding of the price is worth more than a tenth of the volatility, it says nothing about it.
            guard resolved < 0.1 * deviation else { continue }

            let implied = try quote.impliedVolatility

            #expect(abs(implied - deviation) <= resolved + 4e-15 * deviation, "\(quote) of \(deviation)")
            count += 1
        }
        #expect(count > 150_000)
    }

    @Test func `every price between the bounds has a positive volatility, and a higher price a higher one`() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            let forward = mk_exponential(random.number(-20, 20))
            let strike = forward * mk_exponential(random.number(-1, 1) * mk_exponential(random.number(-30, 5)))
            let isCall = random.chance(0.5)
            let (intrinsic, bound) =
                isCall ? (max(0, forward - strike), forward) : (max(0, strike - forward), strike)
            let part =
                random.chance(0.5)
                ? mk_exponential(random.number(-600, 0)) : 1 - mk_exponential(-36 * random.fraction())
            let price = intrinsic + part * (bound - intrinsic)
            guard price > intrinsic.nextUp, price.nextUp < bound else { continue }
            var quote = OptionQuote(isCall: isCall, forward: forward, strike: strike, years: 1, price: price)

            let search = try #require(try quote.search())
            let (volatility, evaluations) = search.deviation()
            quote.price = price.nextUp
            let higher = try quote.impliedVolatility

            #expect(volatility > 0 && volatility < 100, "\(quote)")
            #expect(evaluations <= 12, "\(quote) took \(evaluations)")
            #expect(higher >= volatility * (1 - 2e-15), "\(quote)")
        }
    }

    @Test func `call and put of one strike imply one volatility`() throws {
        for (strike, put) in [(80.0, 3.25), (100, 8.5), (125, 31)] {
            let call = put + (100 - strike)

            let ofPut = try OptionQuote(isCall: false, forward: 100, strike: strike, years: 0.5, price: put)
                .impliedVolatility
            let ofCall = try OptionQuote(isCall: true, forward: 100, strike: strike, years: 0.5, price: call)
                .impliedVolatility

            #expect(ofPut == ofCall)
        }
    }

    @Test func `the intrinsic value implies no volatility`() throws {
        #expect(try OptionQuote(isCall: true, forward: 110, strike: 100, years: 1, price: 10).impliedVolatility == 0)
        #expect(try OptionQuote(isCall: true, forward: 90, strike: 100, years: 1, price: 0).impliedVolatility == 0)
        #expect(try OptionQuote(isCall: false, forward: 90, strike: 100, years: 1, price: 10).impliedVolatility == 0)
    }

    @Test func `prices that no volatility has are refused by name`() {
        func fault(
            isCall: Bool = true, forward: Double = 110, strike: Double = 100, years: Double = 1, price: Double = 20
        ) -> ImpliedVolatilityFault? {
            do {
                _ = try OptionQuote(isCall: isCall, forward: forward, strike: strike, years: years, price: price)
                    .impliedVolatility
                return nil
            } catch { return error }
        }

        #expect(fault(price: 9.99) == .belowIntrinsic(price: 9.99, intrinsic: 10))
        #expect(fault(price: (10.0).nextDown) == .belowIntrinsic(price: (10.0).nextDown, intrinsic: 10))
        #expect(fault(price: 110) == .notBelowBound(price: 110, bound: 110))
        #expect(fault(isCall: false, price: 100) == .notBelowBound(price: 100, bound: 100))
        #expect(fault(isCall: false, price: 1e9) == .notBelowBound(price: 1e9, bound: 100))
        #expect(fault(forward: 0) == .badNumber("forward"))
        #expect(fault(strike: .infinity) == .badNumber("strike"))
        #expect(fault(years: 0) == .badNumber("years"))
        #expect(fault(price: -1) == .badNumber("price"))
        #expect(fault(price: .nan) == .badNumber("price"))
    }
}
