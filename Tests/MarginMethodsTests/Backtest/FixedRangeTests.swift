import MarginMethods
import MarginModel
import Testing

/// Grids of fixed moves.
@Suite struct FixedRangeTests {
    static func margin(_ range: FixedRange, _ legs: [StandardBook.Leg]) throws -> Double {
        var inputs = SeededInputs(seed: 1)
        let data = try BacktestWorld.data(&inputs)
        return try range.margin(try StandardBook("", legs).question(on: 150, data))
    }

    /// 16 % + 1 %, 18 % + 0.5 %, 18 % + 1 %; 12 % and 18 %.
    @Test func `a perpetual needs its range and roll`() throws {
        for sign in [1.0, -1] {
            #expect(abs(try Self.margin(.deribitStyle, [.perpetual("BTC", size: sign)]) - 0.17) <= 1e-12)
            #expect(abs(try Self.margin(.deribitStyle, [.perpetual("ETH", size: sign)]) - 0.185) <= 1e-12)
            #expect(abs(try Self.margin(.deribitStyle, [.perpetual("SOL", size: sign)]) - 0.19) <= 1e-12)
            #expect(abs(try Self.margin(.okxStyle, [.perpetual("BTC", size: sign)]) - 0.12) <= 1e-12)
            #expect(abs(try Self.margin(.okxStyle, [.perpetual("SOL", size: sign)]) - 0.18) <= 1e-12)
        }
    }

    @Test func `coins do not offset each other`() throws {
        let pair = try Self.margin(.okxStyle, [.perpetual("BTC", size: 0.5), .perpetual("ETH", size: -0.5)])

        #expect(abs(pair - 0.12) <= 1e-12)
    }

    /// At 0.6 and 30 days: up to 0.6·1.5 at +16 %, the upper edge, is worst for a short call.
    @Test func `a short call is worst at the upper edge with volatility up`() throws {
        let margin = try Self.margin(.deribitStyle, [.option("BTC", .call, days: 30, strike: 1, size: -1)])

        let years = 30.0 / 365
        let now = NaiveShortfall.black(isCall: true, 1, 1, 0.6, years)
        let worst = NaiveShortfall.black(isCall: true, 1.16, 1, 0.9, years) - now
        // An at-the-money call's delta: N(σ√τ/2).
        let roll = 0.01 * StandardDelta.call(0.6, years)
        #expect(abs(margin - worst - roll) <= 1e-12)
    }

    /// A far strangle short: half of the loss at ±24 % is more than all of it at ±12 %.
    @Test func `far moves count in part`() throws {
        var near = FixedRange.okxStyle
        near.extreme = nil
        let wings: [StandardBook.Leg] = [
            .option("BTC", .call, days: 7, strike: 1.3, size: -1), .option("BTC", .put, days: 7, strike: 0.7, size: -1),
        ]

        let with = try Self.margin(.okxStyle, wings)

        let years = 7.0 / 365
        func value(_ forward: Double) -> Double {
            NaiveShortfall.black(isCall: true, forward, 1.3, 0.6, years)
                + NaiveShortfall.black(isCall: false, forward, 0.7, 0.6, years)
        }
        #expect(abs(with - 0.5 * max(value(1.24) - value(1), value(0.76) - value(1))) <= 1e-12)
        #expect(try Self.margin(near, wings) < with)
    }
}
