import Foundation
import MarginMethods
import MarginModel
import Testing

/// Requirements of whole accounts.
@Suite struct ExpectedShortfallTests {
    /// Ten days; the worst two of ten fall by 10 % and 5 %, unfiltered. ES 80 %: (1 − e^−0.1 + 1 − e^−0.05)/2 of 60,030.
    @Test func `a long perpetual needs the mean of its worst days`() throws {
        let returns = [0.01, -0.05, 0.02, 0.01, -0.10, 0.0, 0.03, 0.01, -0.01, 0.02]
        let history = try FactorHistory(
            dates: ShortfallWorld.dates(10), series: [.spot("BTC"): FactorHistory.Series(first: 0, returns: returns)])
        let method = ShortfallWorld.method(history) {
            ($0.initialConfidence, $0.maintenanceConfidence, $0.scenariosMin) = (0.8, 0.8, 5)
            ($0.filter.scaling, $0.stress.weight) = (.none, 0)
        }
        let account = ShortfallWorld.member { $0.marked = [ShortfallWorld.perpetual("BTC", 2, entry: 60_000)] }

        let answer = try method.answer(ShortfallWorld.question(account))

        #expect(abs(answer.initialMargin - 60_030 * (2 - exp(-0.10) - exp(-0.05))) <= 1e-9)
        #expect(answer.maintenanceMargin == answer.initialMargin)
        #expect(answer.equity == 60)
        #expect(answer.components.map(\.name) == ["filtered shortfall"])
        #expect(answer.bindings.map(\.index) == [4])
        #expect(abs(answer.bindings[0].spotMove - (exp(-0.10) - 1)) <= 1e-15)
        #expect(answer.bindings[0].volatility == "as on 2010-01-05")
    }

    /// Every part against the naive twin: filter, same dates, options and inverse contracts, stress and boundary.
    @Test func `whole books need what a naive simulation says`() throws {
        let history = try ShortfallWorld.history()
        let method = ShortfallWorld.method(history) { $0.charges.haircut = 0.1 }
        let account = ShortfallWorld.member { member in
            member.cash = 1000
            member.collateral = [MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 0.3, price: 1)]
            member.marked = [
                ShortfallWorld.perpetual("BTC", -0.5), ShortfallWorld.perpetual("ETH", 7),
                MarginCase.Marked(underlying: "BTC", isInverse: true, size: 9000, entryPrice: 50_000),
            ]
            member.options = [
                ShortfallWorld.option(isCall: true, 64_000, -1), ShortfallWorld.option(isCall: false, 52_000, -2),
                ShortfallWorld.option(isCall: false, 56_000, 1.5, isInverse: true),
            ]
        }

        let answer = try method.answer(ShortfallWorld.question(account))
        let naive = NaiveAccount(history: history)

        for (confidence, margin) in [(0.99, answer.initialMargin), (0.975, answer.maintenanceMargin)] {
            let filtered = NaiveShortfall.fractional(naive.filteredLosses, confidence)
            let stressed = NaiveShortfall.highest(naive.plainLosses, days: 365, confidence: confidence)
            #expect(abs(margin - (0.75 * filtered + 0.25 * stressed)) <= 1e-9 * margin)
        }
        #expect(answer.initialMargin > answer.maintenanceMargin)
        #expect(abs(answer.components.reduce(0) { $0 + $1.initial } - answer.initialMargin) <= 1e-9)
        #expect(abs(answer.components.reduce(0) { $0 + $1.maintenance } - answer.maintenanceMargin) <= 1e-9)
    }

    @Test func `a coin that came later is simulated on the dates that all coins have`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history()) { $0.lookBackDays = 800 }
        let both = ShortfallWorld.member {
            $0.marked = [ShortfallWorld.perpetual("BTC", 1), ShortfallWorld.perpetual("SOL", -100)]
        }

        let losses = try method.losses(of: ShortfallWorld.question(both))

        #expect(losses.filtered.first == 300 && losses.filtered.losses.count == 600)
        #expect(losses.plain.first == 300 && losses.plain.losses.count == 600)
        let alone = ShortfallWorld.member { $0.marked = [ShortfallWorld.perpetual("BTC", 1)] }
        let longer = try method.losses(of: ShortfallWorld.question(alone))
        #expect(longer.filtered.first == 100 && longer.plain.first == 0)
    }

    @Test func `an overlapping holding period sums the days that follow each other`() throws {
        let returns = (0..<40).map { 0.01 * Double($0 % 7) - 0.02 }
        let history = try FactorHistory(
            dates: ShortfallWorld.dates(40), series: [.spot("BTC"): FactorHistory.Series(first: 0, returns: returns)])
        let method = ShortfallWorld.method(history) { ($0.holdingDays, $0.filter.scaling) = (3, .none) }
        let account = ShortfallWorld.member { $0.marked = [ShortfallWorld.perpetual("BTC", -1)] }

        let losses = try method.losses(of: ShortfallWorld.question(account)).plain

        #expect(losses.first == 2 && losses.losses.count == 38)
        for (place, loss) in losses.losses.enumerated() {
            let sum = returns[place] + returns[place + 1] + returns[place + 2]
            #expect(abs(loss - 60_030 * (exp(sum) - 1)) <= 1e-9)
        }
    }

    /// 2 BTC bought at 61,000 on a day at −x loses at least 970 a coin more than the position itself.
    @Test func `open orders count where filling them loses, in initial margin only`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())
        let plain = ShortfallWorld.member { $0.marked = [ShortfallWorld.perpetual("BTC", 1)] }
        let buying = ShortfallWorld.member {
            $0.marked = plain.marked
            $0.orders = [MarginCase.Order(leg: .marked(ShortfallWorld.perpetual("BTC", 2)), price: 60_030)]
        }
        let selling = ShortfallWorld.member {
            $0.marked = plain.marked
            $0.orders = [MarginCase.Order(leg: .marked(ShortfallWorld.perpetual("BTC", -1)), price: 600_300)]
        }

        let alone = try method.answer(ShortfallWorld.question(plain))
        let more = try method.answer(ShortfallWorld.question(buying))
        let less = try method.answer(ShortfallWorld.question(selling))

        // Bought at the mark, an order for twice as much trebles the loss of every falling day.
        #expect(abs(more.initialMargin - 3 * alone.initialMargin) <= 1e-9 * more.initialMargin)
        #expect(more.maintenanceMargin == alone.maintenanceMargin)
        // Sold far above every scenario, it can only gain.
        #expect(less.initialMargin == alone.initialMargin)
    }

    @Test func `collateral and stablecoins are charged beside the scenarios`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())
        let account = ShortfallWorld.member { member in
            member.cash = 500
            member.collateral = [
                MarginCase.Collateral(asset: "PAXG", amount: 2, price: 1000),
                MarginCase.Collateral(
                    asset: "DOGE", amount: -100, price: 0.5, maintenanceHaircut: 0.2, initialHaircut: 0.1),
                MarginCase.Collateral(asset: "USDT", amount: 4000, price: 0.5),
            ]
            member.marked = [
                MarginCase.Marked(underlying: "ETH", settlementAsset: "USDT", size: 1, entryPrice: 2401)
            ]
        }

        let answer = try method.answer(ShortfallWorld.question(account))

        // 500 + 2·1000 − 100·0.5 + (4000 + 100)·0.5
        #expect(answer.equity == 4500)
        #expect(answer.markToMarket == 50)
        let haircut = try #require(answer.components.first { $0.name == "haircut" })
        #expect(abs(haircut.maintenance - (0.5 * 2000 + 0.2 * 50)) <= 1e-9)
        #expect(abs(haircut.initial - (0.6 * 2000 + 0.3 * 50)) <= 1e-9)
        let stablecoin = try #require(answer.components.first { $0.name == "stablecoin" })
        #expect(abs(stablecoin.maintenance - 0.02 * 2050) <= 1e-9)
        #expect(abs(stablecoin.initial - 0.05 * 2050) <= 1e-9)
    }

    /// No move at all: what is lost is a day of the option's time value.
    @Test func `waiting costs the holder of options`() throws {
        let history = try FactorHistory(
            dates: ShortfallWorld.dates(100),
            series: [
                .spot("BTC"): FactorHistory.Series(first: 0, returns: Array(repeating: 0, count: 100)),
                .volatility("BTC", days: 30): FactorHistory.Series(first: 0, returns: Array(repeating: 0, count: 100)),
            ])
        let account = ShortfallWorld.question(
            ShortfallWorld.member { $0.options = [ShortfallWorld.option(isCall: true, 60_000, 2, isInverse: true)] })

        let waiting = try ShortfallWorld.method(history).answer(account)
        let still = try ShortfallWorld.method(history) { $0.timePasses = false }.answer(account)

        let decay =
            NaiveShortfall.black(isCall: true, 60_400, 60_000, 0.6, 20.0 / 365)
            - NaiveShortfall.black(isCall: true, 60_400, 60_000, 0.6, 19.0 / 365)
        #expect(abs(waiting.initialMargin - 2 * 60_000 / 60_400 * decay) <= 1e-8)
        #expect(still.initialMargin == 0)
    }

    @Test func `an empty account needs nothing`() throws {
        let method = ShortfallWorld.method(try ShortfallWorld.history())

        let answer = try method.answer(ShortfallWorld.question(ShortfallWorld.member { $0.cash = 7 }))

        #expect(answer.equity == 7 && answer.initialMargin == 0 && answer.maintenanceMargin == 0)
        #expect(answer.components.isEmpty && answer.bindings.isEmpty)
    }
}
