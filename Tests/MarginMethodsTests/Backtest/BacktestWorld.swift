import Foundation
import MarginMethods

/// A past for the tests of the backtest: three coins, one of them late, and volatility of the first.
enum BacktestWorld {
    static func data(_ inputs: inout SeededInputs, count: Int = 300, late: Int = 40) throws -> BacktestData {
        var series: [Factor: FactorHistory.Series] = [:]
        var common: [Double] = []
        for _ in 0..<count { common.append(inputs.dailyReturn(0.03)) }
        series[.spot("BTC")] = FactorHistory.Series(first: 0, returns: common)
        series[.spot("ETH")] = FactorHistory.Series(
            first: 0, returns: common.map { 1.1 * $0 + inputs.dailyReturn(0.015) })
        series[.spot("SOL")] = FactorHistory.Series(
            first: late, returns: common.dropFirst(late).map { 1.3 * $0 + inputs.dailyReturn(0.03) })
        series[.volatility("BTC", days: 30)] = FactorHistory.Series(
            first: 0, returns: common.map { -0.7 * $0 + inputs.dailyReturn(0.02) })
        let history = try FactorHistory(dates: ShortfallWorld.dates(count), series: series)
        return BacktestData(
            history,
            volatilities: ["BTC": FactorHistory.Series(first: 0, returns: Array(repeating: 0.6, count: count))])
    }

    static let books = [
        StandardBook("BTC long", [.perpetual("BTC", size: 1)]),
        StandardBook("SOL short", [.perpetual("SOL", size: -1)]),
        StandardBook("pair", [.perpetual("BTC", size: 0.5), .perpetual("ETH", size: -0.5)]),
    ]
}

/// Textbook deltas at a forward of 1 and a strike of 1.
enum StandardDelta {
    static func call(_ volatility: Double, _ years: Double) -> Double {
        erfc(-volatility * sqrt(years) / 2 / sqrt(2)) / 2
    }
}
