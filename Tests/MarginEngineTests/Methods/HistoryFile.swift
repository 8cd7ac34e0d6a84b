import Foundation
import MarginDomain

/// Real daily closes; where their folder is absent, tests that need them are skipped.
enum HistoryFile {
    static let isPresent = FileManager.default.fileExists(atPath: path)

    private static let folder = ProcessInfo.processInfo.environment["PLIMSOLL_DATA"] ?? "../shared/data"
    private static let path = folder + "/daily_closes_spot_usd_2020-01_2025-10.csv"

    /// The closes of Deribit's index of Bitcoin's volatility at 30 days, by the last second of their days.
    static func indices(of asset: AssetID) throws -> [Timestamp: VolatilityIndex] {
        let format = ISO8601DateFormatter()
        var indices: [Timestamp: VolatilityIndex] = [:]
        for line in try String(contentsOfFile: folder + "/dvol_btc_daily.csv", encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: ",").map(String.init)
            guard let begin = format.date(from: fields[0] + "T00:00:00Z"), let points = Double(fields[1]) else {
                continue
            }
            let time = Timestamp((Int64(begin.timeIntervalSince1970) + 86_399) * 1_000_000_000)
            indices[time] = VolatilityIndex(
                underlying: asset, tenorDays: 30, volatility: Volatility(Int64((points * 1e7).rounded())),
                publishTime: time)
        }
        return indices
    }

    /// The latest closes of two coins, as index prices at a cent's exactness, one record a day.
    static func records(_ coins: [(name: String, asset: AssetID)], days: Int) throws -> [EventBatch] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = lines[0]
        let format = ISO8601DateFormatter()
        return lines.dropFirst().suffix(days).map { fields in
            let begin = format.date(from: fields[0] + "T00:00:00Z")?.timeIntervalSince1970 ?? .nan
            let time = Timestamp((Int64(begin) + 86_399) * 1_000_000_000)
            let entries = coins.compactMap { coin -> IndexPrice? in
                guard let place = header.firstIndex(of: coin.name), let price = Double(fields[place]) else {
                    return nil
                }
                return IndexPrice(
                    underlying: coin.asset, price: Price(Int64((price * 100).rounded())),
                    confidence: Ratio(Ratio.scale),
                    publishTime: time)
            }
            let batch = BatchHeader(
                source: SourceID(5), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: time)
            return EventBatch(header: batch, events: .indexPrice(entries))
        }
    }
}
