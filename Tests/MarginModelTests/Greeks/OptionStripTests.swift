import MarginDomain
import MarginTestKit
import Testing

@testable import MarginModel

/// The kernel for many options against its twin, bit by bit, and against the sensitivities of one option.
@Suite(.serialized) struct OptionStripTests {
    @Test(arguments: KernelVariant.available, [Instrument.Settlement.linear, .inverse])
    func `every number agrees with the twin to the last bit`(
        _ variant: KernelVariant, _ settlement: Instrument.Settlement
    ) {
        variant.select()
        var random = SplitMix64(seed: 76)
        for count in [1, 7, 8, 9, 16, 500] {
            var strip = OptionStrip(settlement: settlement, capacity: count + 3)
            var options: [OptionStrip.Option] = []
            for place in 0..<count {
                options.append(Self.option(place, &random))
                strip.append(options[place])
            }

            strip.revalue()

            for (place, option) in options.enumerated() {
                let twin = NaiveGreeks.greeks(of: option, settlement)
                #expect(Self.bits(strip[place]) == Self.bits(twin), "\(option)")
            }
        }
        KernelVariant.available.last?.select()
    }

    @Test(arguments: [Instrument.Settlement.linear, .inverse])
    func `a strip's sensitivities are those of one option up to rounding`(_ settlement: Instrument.Settlement) {
        var random = SplitMix64(seed: 1976)
        var strip = OptionStrip(settlement: settlement, capacity: 400)
        var options: [OptionStrip.Option] = []
        for place in 0..<400 {
            options.append(Self.option(place, &random))
            strip.append(options[place])
        }

        strip.revalue()

        for (place, option) in options.enumerated() {
            let one = Sensitivities.option(
                Sensitivities.Option(
                    isCall: option.type == .call, settlement: settlement, strike: option.strike,
                    volatility: option.volatility, spot: option.spot, forward: option.forward, years: option.years,
                    rate: option.rate))
            let many = strip[place]
            // A value is right to 2e-15 of the larger price, here and there; the others are right to their own digits.
            let rounding = 5e-15 * max(option.forward, option.strike)
            let decay = many.vega * 100 * option.volatility / max(option.years, 1e-9) / 730
            let pairs = [
                (many.value, one.value, rounding), (many.delta, one.delta, 1e-13 * abs(one.delta)),
                (many.gamma, one.gamma, 1e-13 * one.gamma), (many.vega, one.vega, 1e-13 * one.vega),
                (many.theta, one.theta, 1e-13 * decay + abs(option.rate) / 365 * rounding),
                (many.rho, one.rho, option.years / 100 * rounding),
            ]
            for (left, right, bound) in pairs { #expect(abs(left - right) <= bound, "\(option)") }
        }
    }

    @Test func `moving spot moves the results at the next revaluation`() {
        var strip = OptionStrip(settlement: .linear, capacity: 1)
        strip.append(OptionStrip.Option(type: .call, strike: 100, volatility: 0, spot: 110, forward: 110, years: 1))
        strip.revalue()
        #expect(strip[0].value == 10)

        strip.move(0, spot: 120, forward: 120)
        #expect(strip[0].value == 10)
        strip.revalue()

        #expect(strip[0].value == 20)
        #expect(strip[0].delta == 1)
        #expect(strip[0].gamma == 0 && strip[0].vega == 0 && strip[0].theta == 0 && strip[0].rho == 0)
    }

    @Test(arguments: [Instrument.Settlement.linear, .inverse], [OptionType.call, .put])
    func `vanna and volga agree with differences of delta and vega`(
        _ settlement: Instrument.Settlement, _ type: OptionType
    ) {
        for (strike, years) in [(80.0, 0.1), (100, 0.5), (130, 2)] {
            func greeks(volatility: Double) -> OptionGreeks {
                var strip = OptionStrip(settlement: settlement, capacity: 1)
                strip.append(
                    OptionStrip.Option(
                        type: type, strike: strike, volatility: volatility, spot: 100, forward: 102, years: years,
                        rate: 0.03))
                strip.revalue()
                return strip[0]
            }
            let (less, more) = (greeks(volatility: 0.5999), greeks(volatility: 0.6001))

            #expect(abs((more.delta - less.delta) / 0.02 - greeks(volatility: 0.6).vanna) <= 1e-9)
            #expect(abs((more.vega - less.vega) / 0.02 - greeks(volatility: 0.6).volga) <= 1e-8)
        }
    }

    @Test func `a strip refuses what is not an option, and one too many`() async {
        await #expect(processExitsWith: .failure) {
            var strip = OptionStrip(settlement: .linear, capacity: 1)
            strip.append(OptionStrip.Option(type: .call, strike: 0, volatility: 1, spot: 1, forward: 1, years: 1))
        }
        await #expect(processExitsWith: .failure) {
            var strip = OptionStrip(settlement: .linear, capacity: 1)
            for _ in 0..<2 {
                strip.append(OptionStrip.Option(type: .call, strike: 1, volatility: 1, spot: 1, forward: 1, years: 1))
            }
        }
    }

    /// Days to years, 1 to 500 %, six standard deviations either way; now and then without time or volatility.
    private static func option(_ place: Int, _ random: inout SplitMix64) -> OptionStrip.Option {
        let spot = random.pick([0.00000712, 1, 2_500, 97_000.5])
        let forward = spot * random.number(0.9, 1.1)
        let years = place % 50 == 17 ? 0 : NaiveBlack76.exponential(random.number(-6, 1.2))
        let volatility = place % 50 == 33 ? 0 : NaiveBlack76.exponential(random.number(-4.6, 1.6))
        let deviation = volatility * years.squareRoot()
        return OptionStrip.Option(
            type: random.pick([.call, .put]),
            strike: forward * NaiveBlack76.exponential(random.number(-6, 6) * deviation + (deviation == 0 ? 0.1 : 0)),
            volatility: volatility, spot: spot, forward: forward, years: years, rate: random.number(-0.05, 0.2))
    }

    private static func bits(_ greeks: OptionGreeks) -> [UInt64] {
        [
            greeks.value, greeks.delta, greeks.gamma, greeks.vega, greeks.theta, greeks.rho, greeks.vanna, greeks.volga,
                // Zeros count as equal whatever their sign.
        ].map { ($0 + 0).bitPattern }
    }
}
