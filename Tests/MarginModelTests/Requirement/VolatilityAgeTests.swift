import MarginDomain
import Testing

@testable import MarginModel

/// What volatilities that nobody renews are charged: docs/margin-model.md §8, oracle uncertainty.
@Suite struct VolatilityAgeTests {
    /// The charge of 2 calls short of 30 days and a tenth of a call long of 60 days, whose volatility is renewed after
    /// half an hour, so long after the start; the limit is an hour.
    private static func charge(after seconds: Int64, limit: Double = 3600) -> [Value] {
        var world = ModelWorld(
            ModelWorld.parameters([
                ModelWorld.entry("volatilityAge", limit), ModelWorld.entry("volatilityAgeMargin", 0.02),
            ]))
        let near = world.option(1, ModelWorld.btc, .call, strike: 6_000_000, days: 30)
        let far = world.option(2, ModelWorld.btc, .call, strike: 6_000_000, days: 60)
        world.index(ModelWorld.btc, 6_000_000)
        for days in [30.0, 60] {
            world.forward(ModelWorld.btc, days: days, 6_000_000)
            world.volatility(ModelWorld.btc, days: days, strike: 6_000_000, 0.6)
        }
        world.book.apply(
            VolatilityPoint(
                underlying: ModelWorld.btc.id, expiry: ModelWorld.after(days: 60), strike: Price(7_000_000),
                volatility: Volatility(600_000_000), last: true, publishTime: Self.later(1800)))
        world.book.refresh(ModelWorld.btc.id, at: later(seconds))
        let pool = world.openPool()
        world.add(-200, of: near, to: pool)
        world.add(10, of: far, to: pool)
        world.add(1_000_000_000_000, of: ModelWorld.usd, to: pool)
        let margin = world.book.margin(of: pool)
        let part = margin.components[.oracleUncertainty]
        return [part.initial, part.maintenance]
    }

    private static func later(_ seconds: Int64) -> Timestamp {
        Timestamp(ModelWorld.start.nanoseconds + seconds * Duration64.perSecond)
    }

    @Test func `an hour is not too old, a second more is, in initial margin only`() {
        // 2 % of twice 60,000.
        #expect(Self.charge(after: 3600) == [.zero, .zero])
        #expect(Self.charge(after: 3601) == [Value(2_400_000_000), .zero])
    }

    @Test func `every expiry counts by its own newest volatility`() {
        // The other call too: 2 % of 6,000.
        #expect(Self.charge(after: 1800 + 3600) == [Value(2_400_000_000), .zero])
        #expect(Self.charge(after: 1800 + 3601) == [Value(2_520_000_000), .zero])
    }

    @Test func `without a limit nothing is too old, and expired options have no volatility to age`() {
        #expect(Self.charge(after: 86_400, limit: 0) == [.zero, .zero])
        // After 31 days the first expiry is over.
        #expect(Self.charge(after: 31 * 86_400) == [Value(120_000_000), .zero])
    }
}
