import Foundation
import MarginDomain
import MarginMethods
import MarginModel

/// Histories, markets and books that the tests of expected shortfall share.
enum ShortfallWorld {
    static let seconds = 20.0 * 86_400

    static func dates(_ count: Int) -> [String] {
        // Days of months of 28: order is all that matters.
        (0..<count).map { day in
            let month = day / 28
            return "20\(10 + month / 12)-\(two(month % 12 + 1))-\(two(day % 28 + 1))"
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Two coins that move together, one that came later, volatility of the first that rises when it falls.
    static func history(_ count: Int = 900, seed: UInt64 = 1) throws -> FactorHistory {
        var inputs = SeededInputs(seed: seed)
        var returns: [Factor: [Double]] = [:]
        for _ in 0..<count {
            let common = inputs.dailyReturn(0.03)
            returns[.spot("BTC"), default: []].append(common)
            returns[.spot("ETH"), default: []].append(1.2 * common + inputs.dailyReturn(0.015))
            returns[.spot("SOL"), default: []].append(1.4 * common + inputs.dailyReturn(0.03))
            returns[.volatility("BTC", days: 30), default: []].append(-0.8 * common + inputs.dailyReturn(0.02))
        }
        let late = count / 3
        return try FactorHistory(
            dates: dates(count),
            series: returns.reduce(into: [:]) { series, entry in
                let first = entry.key == .spot("SOL") ? late : 0
                series[entry.key] = FactorHistory.Series(first: first, returns: Array(entry.value.dropFirst(first)))
            })
    }

    static func question(_ members: MarginCase.Member...) -> MarginCase {
        MarginCase(
            underlyings: [
                MarginCase.Underlying(
                    symbol: "BTC", spot: 60_000, perpetual: 60_030,
                    expiries: [
                        MarginCase.Expiry(secondsToExpiry: seconds, forward: 60_400, settledForward: 100, rate: 0.04)
                    ]),
                MarginCase.Underlying(symbol: "ETH", spot: 2500, perpetual: 2501),
                MarginCase.Underlying(symbol: "SOL", spot: 150, perpetual: 150.5),
            ], members: members)
    }

    static func member(_ change: (inout MarginCase.Member) -> Void) -> MarginCase.Member {
        var member = MarginCase.Member()
        change(&member)
        return member
    }

    static func perpetual(_ symbol: String, _ size: Double, entry: Double = 100) -> MarginCase.Marked {
        MarginCase.Marked(underlying: symbol, size: size, entryPrice: entry)
    }

    static func option(isCall: Bool, _ strike: Double, _ size: Double, isInverse: Bool = false) -> MarginCase.Option {
        MarginCase.Option(
            underlying: "BTC", isInverse: isInverse, isCall: isCall, secondsToExpiry: seconds, strike: strike,
            impliedVolatility: 0.6, size: size)
    }

    /// Shortfall alone, so that no default model is needed.
    static func method(
        _ history: FactorHistory, _ change: (inout ShortfallParameters) -> Void = { _ in }
    ) -> ExpectedShortfall {
        var parameters = ShortfallParameters()
        parameters.rule = .shortfall
        change(&parameters)
        return ExpectedShortfall(parameters, history: history)
    }
}
