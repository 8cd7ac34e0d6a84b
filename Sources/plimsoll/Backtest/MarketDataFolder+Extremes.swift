import Foundation
import MarginMethods

extension MarketDataFolder {
    /// Daily extremes from `perp_1h_*.csv`, over the closes of the days before; nil if the folder has no such file.
    func extremes() throws(UnreadableMarketData) -> IntradayExtremes? {
        guard let path = try files("perp_1h").first else { return nil }
        let known = try closes()
        let (dates, closes) = (known.dates, known.closes)
        var bounds: [String: [String: (low: Double, high: Double)]] = [:]
        for row in try Self.rows(of: path) {
            let date = String(row[0].prefix(10))
            let prices = row[3...4].compactMap { Double($0) }
            guard prices.count == 2, prices.allSatisfy({ $0 > 0 && $0 < .infinity }) else {
                throw UnreadableMarketData(file: path, explanation: "no prices at \(row[0])")
            }
            let earlier = bounds[row[1]]?[date] ?? (prices[1], prices[0])
            bounds[row[1], default: [:]][date] = (min(earlier.low, prices[1]), max(earlier.high, prices[0]))
        }
        // Days that every coin of the file has, each with a close before.
        let shared = bounds.values.reduce(Set(dates.dropFirst())) { $0.intersection($1.keys) }.sorted()
        func factors(_ bound: ((low: Double, high: Double)) -> Double) -> [String: [Double]] {
            var factors: [String: [Double]] = [:]
            for (coin, days) in bounds {
                factors[coin] = shared.compactMap { date in
                    guard let place = dates.firstIndex(of: date), let own = days[date],
                        let close = closes[coin]?[place - 1]
                    else { return nil }
                    return bound(own) / close
                }
            }
            return factors
        }
        return IntradayExtremes(dates: shared, lows: factors { $0.low }, highs: factors { $0.high })
    }

    private static func rows(of path: String) throws(UnreadableMarketData) -> [[String]] {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw UnreadableMarketData(file: path, explanation: "cannot be read: \(error.localizedDescription)")
        }
        var rows: [[String]] = []
        for (number, line) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 6 else {
                throw UnreadableMarketData(file: path, line: number + 1, explanation: "\(fields.count) columns")
            }
            rows.append(fields)
        }
        return rows
    }
}
