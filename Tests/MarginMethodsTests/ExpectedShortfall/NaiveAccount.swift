import Foundation
import MarginMethods

/// The account of `whole books need what a naive simulation says`, valued again date by date.
struct NaiveAccount {
    let history: FactorHistory

    /// Half-scaled, 3-σ limit, λ 0.97, the last 730 dates.
    var filteredLosses: [Double] {
        let names: [Factor] = [.spot("BTC"), .spot("ETH"), .volatility("BTC", days: 30)]
        let moves = names.map { name -> [Double] in
            let returns = history.series(name)?.returns ?? []
            let deviations = NaiveShortfall.deviations(returns, decay: 0.97, limit: 3, seed: 30)
            return returns.indices.map { returns[$0] * (deviations[returns.count] / deviations[$0] + 1) / 2 }
        }
        return moves[0].indices.suffix(730).map { loss(moves[0][$0], moves[1][$0], moves[2][$0]) }
    }

    var plainLosses: [Double] {
        let moves = [Factor.spot("BTC"), .spot("ETH"), .volatility("BTC", days: 30)]
            .map { history.series($0)?.returns ?? [] }
        return moves[0].indices.map { loss(moves[0][$0], moves[1][$0], moves[2][$0]) }
    }

    private func loss(_ btc: Double, _ eth: Double, _ volatility: Double) -> Double {
        value(0, 0, 0, days: 20) - value(btc, eth, volatility, days: 19)
    }

    /// Dollars, up to what does not move.
    private func value(_ btc: Double, _ eth: Double, _ volatility: Double, days: Double) -> Double {
        let (spot, mark) = (60_000 * exp(btc), 60_030 * exp(btc))
        let forward = 100 + 60_300 * exp(btc)
        let years = days / 365
        // 20 days are less than the tenor of 30: power 0.4.
        let stressed = 0.6 * exp(volatility * pow(30.0 / 20, 0.4))
        let discount = exp(-0.04 * years)
        let calls = NaiveShortfall.black(isCall: true, forward, 64_000, stressed, years)
        let puts = NaiveShortfall.black(isCall: false, forward, 52_000, stressed, years)
        let inversePuts = NaiveShortfall.black(isCall: false, forward, 56_000, stressed, years)
        return 0.3 * spot - 0.5 * mark + 7 * 2501 * exp(eth) + (9000.0 / 50_000 - 9000 / mark) * spot
            - discount * (calls + 2 * puts) + 1.5 * spot / forward * inversePuts
    }
}
