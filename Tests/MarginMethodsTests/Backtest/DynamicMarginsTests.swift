import Foundation
import MarginMethods
import MarginModel
import Testing

/// Margins of the default model while its ranges follow the market.
@Suite struct DynamicMarginsTests {
    static func grid() throws -> DefaultGrid {
        DefaultGrid(try ShortfallGrid.parameters(), symbols: ShortfallGrid.symbols)
    }

    /// The range of every day of BTC by hand: what was announced a day before, from the returns to then.
    static func ranges(_ returns: [Double], multiple: Double, limit: Double, weight: Double) -> [Double] {
        var (range, announced, variance) = (0.0, 0.0, 0.0)
        return returns.indices.map { day in
            range = announced
            var square = returns[day] * returns[day]
            if day < 30 {
                variance += square / 30
            } else {
                if limit > 0 { square = min(square, limit * limit * variance) }
                variance = 0.97 * variance + 0.03 * square
            }
            if day >= 29 {
                let target = (1 - weight) * multiple * variance.squareRoot() + weight * 0.16
                announced = min(max(target, 0.95 * range), 1.25 * max(0.16, range), 0.6)
            }
            return max(0.16, range)
        }
    }

    @Test(arguments: [(limit: 3.0, weight: 0.25), (0, 0.25), (3, 0)])
    func `a linear book's margin follows the range that was announced a day before`(
        limit: Double, weight: Double
    ) throws {
        let backtest = try BacktestTests.backtest()
        let grid = try Self.grid()
        var setting = try #require(DynamicSetting.all.first)
        (setting.multiple, setting.limit, setting.stressedWeight) = (7, limit, weight)
        let returns = try #require(backtest.data.history.series(.spot("BTC"))).returns

        let margins = try backtest.margins(.dynamicModel(try setting.grid(grid)))[0]

        let ranges = Self.ranges(returns, multiple: 7, limit: limit, weight: weight)
        for (place, day) in backtest.days.enumerated() {
            // Basis 0.5 %, fee 0.1 %.
            #expect(abs(margins[place] - (ranges[day] + 0.006)) <= 2e-6, "day \(day)")
        }
        #expect(Set(margins).count > 50)
    }

    @Test func `ranges that do not move give the default model's margins`() throws {
        let backtest = try BacktestTests.backtest()
        let grid = try Self.grid()
        let still = try #require(DynamicSetting.all.first { $0.multiple == 0 && $0.rangeShare == 1 })

        #expect(
            try backtest.margins(.dynamicModel(try still.grid(grid))) == backtest.margins(.defaultModel(grid)))
    }

    @Test func `every setting has a name of its own, a cost and a multiplier`() throws {
        let backtest = try BacktestTests.backtest()
        let losses = try backtest.losses()
        let points = try DynamicSetting.all.map {
            try DynamicPoint($0, backtest, try Self.grid(), losses: losses, split: 60)
        }

        #expect(Set(points.map(\.setting.name)).count == points.count)
        #expect(points.allSatisfy { $0.multiplier > 0 && $0.before.average > 0 })
        let (still, moving) = (points[0], points[1])
        #expect(moving.before.average >= still.before.average)
        #expect(moving.before.exceedances <= still.before.exceedances)
    }
}
