import MarginDomain
import MarginTestKit
import Testing

/// Books whose margin can be checked on paper.
@Suite struct NaiveMarginTests {
    @Test func `cash alone needs no margin`() throws {
        var small = try SmallExchange()
        small.open(1)

        small.deposit(1, 1000)

        let margin = try small.margin(1)
        #expect(margin.equity == .dollars(1000))
        #expect(margin.initialMargin == .zero)
        #expect(margin.utilisation == .zero)
    }

    @Test func `a long perpetual is margined at the lower end of the range`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.deposit(1, 20_000)
        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)

        // Scan 9600 (16 % of 60,000), at 0.8, 0.9 and 1; basis 300 (0.5 %); fee 60 (0.1 %).
        let margin = try small.margin(1)
        #expect(margin.equity == .dollars(20_000))
        #expect(margin.maintenanceMargin == .dollars(8040))
        #expect(margin.releaseMargin == .dollars(9000))
        #expect(margin.initialMargin == .dollars(9960))
        #expect(margin.utilisation == Ratio(402_000_000))
        #expect(
            margin.binding == [
                Binding(
                    underlying: SmallExchange.btc, node: Ratio(-160_000_000), shape: .same, scenario: 0,
                    loss: .dollars(9600))
            ])
        #expect(margin.components.values.map(\.initial).reduce(.zero, +) == margin.initialMargin)
        #expect(margin.components.values.map(\.maintenance).reduce(.zero, +) == margin.maintenanceMargin)
    }

    @Test func `coin that covers a short perpetual leaves basis and fee`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.deposit(1, 1, SmallExchange.btc)
        small.trade(1, 100, at: 60_000, buyer: 9, seller: 1)

        let margin = try small.margin(1)
        #expect(margin.equity == .dollars(60_000))
        #expect(margin.initialMargin == .dollars(360))
        #expect(margin.binding.isEmpty)
    }

    @Test func `an inverse perpetual hedges the coin that it is settled in`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.deposit(1, 1, SmallExchange.btc)
        small.trade(2, 60_000, at: 60_000, buyer: 9, seller: 1)

        // Entry takes the coin away (60,000/60,000), the position is worth 60,000 dollars whatever the price.
        let margin = try small.margin(1)
        #expect(margin.equity == .dollars(60_000))
        #expect(margin.initialMargin == .dollars(360))
    }

    @Test func `an expired short call is margined on its intrinsic value`() throws {
        var small = try SmallExchange()
        let expiry = small.time
        try small.list(5, .linearOption, on: SmallExchange.eth, expiry: expiry, .call, strike: 2900)
        small.open(1)
        small.open(9, owner: 9)
        small.index(SmallExchange.eth, 3000)
        small.forward(SmallExchange.eth, expiry, 3000)
        small.volatility(SmallExchange.eth, expiry, strike: 2900, 0.7)

        small.trade(5, 100, at: 100, buyer: 9, seller: 1)

        // Scan 700 − 100 at +20 %, at 0.8, 0.9 and 1; tails are damped to 462.
        // Of 3000: basis 0.5 %, naked 0.3 % (0.5 % in IM), fee 0.1 %.
        let margin = try small.margin(1)
        #expect(margin.equity == .zero)
        #expect(margin.maintenanceMargin == .dollars(507))
        #expect(margin.releaseMargin == .dollars(567))
        #expect(margin.initialMargin == .dollars(633))
        #expect(margin.binding.map(\.scenario) == [40])
        #expect(margin.utilisation == Ratio(.max))
    }

    @Test func `a bought and a sold call of one expiry are not naked`() throws {
        var small = try SmallExchange()
        let expiry = small.time
        try small.list(5, .linearOption, on: SmallExchange.eth, expiry: expiry, .call, strike: 2900)
        try small.list(6, .linearOption, on: SmallExchange.eth, expiry: expiry, .call, strike: 3100)
        small.open(1)
        small.open(9, owner: 9)
        small.index(SmallExchange.eth, 3000)
        small.forward(SmallExchange.eth, expiry, 3000)
        small.volatility(SmallExchange.eth, expiry, strike: 2900, 0.7)

        small.trade(5, 100, at: 100, buyer: 9, seller: 1)
        small.trade(6, 100, at: 0, buyer: 1, seller: 9)

        // The spread loses 200 at most, 100 of which is lost already.
        let margin = try small.margin(1)
        #expect(margin.components[.nakedShort]?.initial == .zero)
        #expect(margin.components[.scan]?.initial == .dollars(100))
    }

    @Test func `two underlyings get most of the credit for moving near a common node`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        small.trade(3, 2000, at: 3000, buyer: 9, seller: 1)

        // A = 9600 + 12,000; at c = 3 BTC gains 4800 at least and ETH loses 12,000: B = 7200. The scan is 0.2·A + 0.8·B.
        let margin = try small.margin(1)
        #expect(margin.components[.scan]?.initial == .dollars(10_080))
        #expect(margin.binding.map(\.underlying) == [SmallExchange.btc, SmallExchange.eth])
        #expect(margin.binding.map(\.loss) == [.dollars(9600), .dollars(12_000)])
    }

    @Test func `a nearly hedged book pays the minimum delta`() throws {
        var small = try SmallExchange.withPerpetuals()
        try small.list(4, .linearFuture, on: SmallExchange.btc, expiry: small.time + .seconds(864_000))
        small.mark(4, 60_000)

        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)
        small.trade(4, 100, at: 60_000, buyer: 9, seller: 1)

        // 1 % of a gross 120,000, at the factor.
        let margin = try small.margin(1)
        #expect(margin.components[.scan]?.initial == .zero)
        #expect(margin.components[.minimumDelta]?.initial == .dollars(1200))
        #expect(margin.components[.minimumDelta]?.maintenance == .dollars(960))
        #expect(margin.components[.basis]?.initial == .dollars(600))
    }

    @Test func `a stablecoin is charged for losing its peg`() throws {
        var small = try SmallExchange()
        small.open(1)

        small.deposit(1, 10_000, SmallExchange.usdc)

        let margin = try small.margin(1)
        #expect(margin.equity == .dollars(10_000))
        #expect(margin.maintenanceMargin == .dollars(200))
        #expect(margin.initialMargin == .dollars(500))
    }

    @Test func `other collateral is cut by tiers, and owed collateral by the liability's haircut`() throws {
        var small = try SmallExchange()
        small.exchange.market.parameters.defaultCollateral.tierBounds = [Ratio(decimal: 1000), Ratio(.max)]
        small.exchange.market.parameters.defaultCollateral.tierHaircuts = [Ratio(decimal: 0.125), Ratio(decimal: 0.5)]
        small.open(1)
        small.open(2)
        small.send(
            .collateralPrice([
                CollateralPrice(
                    asset: SmallExchange.gold, price: Price(400_000), confidence: Ratio(Ratio.scale),
                    publishTime: small.time)
            ]))

        small.deposit(1, 1, SmallExchange.gold)
        small.deposit(2, 1, SmallExchange.gold, .reversed)

        let owned = try small.margin(1)
        let owed = try small.margin(2)
        #expect(owned.equity == .dollars(4000))
        #expect(owned.maintenanceMargin == .dollars(1625))
        #expect(owned.initialMargin == .dollars(2025))
        #expect(owed.equity == .dollars(-4000))
        #expect(owed.maintenanceMargin == .dollars(2000))
    }

    @Test func `a missing mark, parameter or price leaves a pool without a number`() throws {
        var small = try SmallExchange()
        small.open(1)
        small.open(9, owner: 9)
        try small.list(1, .linearPerpetual, on: SmallExchange.btc)
        small.index(SmallExchange.btc, 60_000)

        small.trade(1, 100, at: 60_000, buyer: 1, seller: 9)

        #expect(try small.margin(1).status == .unpriceable(NoMargin(.noMark, instrument: InstrumentID(1))))
        #expect(small.state(1) == .quarantined)
    }

    @Test func `a position beyond the exact range is not guessed at`() throws {
        var small = try SmallExchange.withPerpetuals()

        small.trade(1, 1 << 41, at: 100, buyer: 1, seller: 9)

        #expect(try small.margin(1).status == .beyondExactRange)
        #expect(small.state(1) == .quarantined)
    }

    @Test func `an option's value falls between its neighbours' volatilities`() throws {
        var small = try SmallExchange()
        let expiry = small.time + .seconds(31_536_000)
        small.index(SmallExchange.eth, 3000)
        small.volatility(SmallExchange.eth, expiry, strike: 2000, 0.6, last: false)
        small.volatility(SmallExchange.eth, expiry, strike: 4000, 0.8)

        let cut = try #require(small.exchange.market.cuts[SmallExchange.eth])
        #expect(cut.sigma(expiry, Price(200_000)) == 0.6)
        #expect(try abs(#require(cut.sigma(expiry, Price(300_000))) - 0.7) < 1e-15)
        #expect(cut.sigma(expiry, Price(500_000)) == 0.8)
        #expect(cut.sigma(expiry, Price(100_000)) == 0.6)
    }
}

extension SmallExchange {
    /// Accounts 1 and 2 of one owner and the other side 9; perpetuals 1 (BTC), 2 (BTC, inverse) and 3 (ETH), all priced.
    static func withPerpetuals() throws -> SmallExchange {
        var small = try SmallExchange()
        small.open(1)
        small.open(2)
        small.open(9, owner: 9)
        try small.list(1, .linearPerpetual, on: btc)
        try small.list(2, .inversePerpetual, on: btc, in: btc)
        try small.list(3, .linearPerpetual, on: eth)
        small.index(btc, 60_000)
        small.index(eth, 3000)
        small.mark(1, 60_000)
        small.mark(2, 60_000)
        small.mark(3, 3000)
        return small
    }
}
