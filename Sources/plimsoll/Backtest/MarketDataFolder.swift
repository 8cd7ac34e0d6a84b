import Foundation
import MarginMethods

/// The daily history that `plimsoll backtest` reads from a folder.
///
/// `daily_closes_perp_usdt_*.csv` has the coins; before its first date, coins that `daily_closes_spot_usd_*.csv` has too
/// take their closes from there. `dvol_btc_daily.csv` has the implied volatility of BTC at 30 days, in points.
struct MarketDataFolder {
    let path: String

    /// The coins of the comparison, in its order.
    static let coins = ["BTC", "ETH", "SOL", "XRP", "BNB"]

    /// Closes of perpetuals, lengthened by spot closes.
    func linear() throws(UnreadableMarketData) -> BacktestData {
        BacktestData(try closes().history())
    }

    /// BTC alone, with its volatility, to the last date before a gap in the latter.
    func options() throws(UnreadableMarketData) -> BacktestData {
        let closes = try closes()
        let index = try ClosesFile(try file("dvol_btc_daily"))
        guard let levels = index.closes["dvol_close_pct"],
            let start = closes.dates.firstIndex(of: index.dates.first ?? "")
        else { throw UnreadableMarketData(file: path, explanation: "no volatility on a date that has closes") }
        // Days in a row on which both files agree.
        let shared = zip(index.dates, closes.dates[start...]).prefix { $0 == $1 }.count
        let volatilities = levels.prefix(shared).compactMap { $0.map { $0 / 100 } }
        guard volatilities.count == shared, shared > 1 else {
            throw UnreadableMarketData(file: path, explanation: "the volatility index has blanks")
        }
        let end = start + shared
        let known = ClosesFile(
            path: closes.path, dates: Array(closes.dates.prefix(end)),
            closes: ["BTC": Array((closes.closes["BTC"] ?? []).prefix(end))])
        let data = try known.history(
            with: [
                .volatility("BTC", days: 30): FactorHistory.Series(
                    first: start, returns: FactorHistory.returns(of: volatilities))
            ])
        // The first date has a level but no return of its own.
        return BacktestData(
            data,
            volatilities: ["BTC": FactorHistory.Series(first: start, returns: Array(volatilities.dropFirst()))])
    }

    /// The coins' closes: spot before the perpetual began.
    func closes() throws(UnreadableMarketData) -> ClosesFile {
        let perpetual = try ClosesFile(try file("daily_closes_perp_usdt"))
        let spot = try ClosesFile(try file("daily_closes_spot_usd"))
        let before = spot.dates.prefix { $0 < (perpetual.dates.first ?? "") }.count
        var closes: [String: [Double?]] = [:]
        for coin in Self.coins {
            guard let own = perpetual.closes[coin] else {
                throw UnreadableMarketData(file: perpetual.path, explanation: "no closes of \(coin)")
            }
            let earlier = spot.closes[coin].map { Array($0.prefix(before)) } ?? Array(repeating: nil, count: before)
            closes[coin] = earlier + own
        }
        return ClosesFile(
            path: perpetual.path, dates: Array(spot.dates.prefix(before)) + perpetual.dates, closes: closes)
    }

    /// The one file whose name begins so.
    private func file(_ prefix: String) throws(UnreadableMarketData) -> String {
        guard let name = try files(prefix).first else {
            throw UnreadableMarketData(file: path, explanation: "no file \(prefix)*.csv")
        }
        return name
    }

    /// In order.
    func files(_ prefix: String) throws(UnreadableMarketData) -> [String] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw UnreadableMarketData(file: path, explanation: "cannot be listed: \(error.localizedDescription)")
        }
        return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".csv") }.sorted().map { "\(path)/\($0)" }
    }
}
