import Foundation
import MarginMethods

/// Quantiles and shortfalls that Open Source Risk Engine publishes of its historical simulation
/// (`Examples/MarketRisk/ExpectedOutput/HistSimVar`), compared with those of expected shortfall's whole tail.
///
/// Profits stand in one file, `Portfolio,RiskClass,RiskType,PLDate1,PLDate2,PLAmount`; figures in another, by class and
/// type, with a heading such as `Quantile_0.010000` or `ExpectedShortfall_0.990000` each.
struct ShortfallFigures: Encodable {
    let model = ExpectedShortfall.name
    private(set) var figures = 0
    private(set) var passed = 0
    /// In the currency of the figures.
    private(set) var worstError = 0.0
    let tolerance: Double
    var failed: Int { figures - passed }

    private enum CodingKeys: String, CodingKey { case model, figures, passed, worstError, tolerance }

    /// As printed: six decimals.
    static let tolerance = 1e-6

    /// - Throws: ``UnreadableCase`` with file and line.
    init(profits: String, figures file: String, tolerance: Double) throws(UnreadableCase) {
        self.tolerance = tolerance
        var losses: [String: [Double]] = [:]
        for (number, row) in try Self.rows(profits).enumerated().dropFirst() {
            guard row.count == 6, let profit = Self.number(row[5]) else {
                throw UnreadableCase(explanation: "\(profits):\(number + 1): expected six columns, the last a number")
            }
            losses["\(row[1])/\(row[2])", default: []].append(-profit)
        }
        let rows = try Self.rows(file)
        guard let headings = rows.first, rows.count > 1 else {
            throw UnreadableCase(explanation: "\(file): no figures")
        }
        for (number, row) in rows.enumerated().dropFirst() {
            guard row.count == headings.count, row.count > 3, let own = losses["\(row[1])/\(row[2])"] else {
                throw UnreadableCase(explanation: "\(file):\(number + 1): no profits of this class and type")
            }
            for (heading, text) in zip(headings, row).dropFirst(3) {
                guard let expected = Self.number(text), let computed = Self.statistic(heading, own) else {
                    throw UnreadableCase(explanation: "\(file):\(number + 1): \(heading): \(text): not a figure")
                }
                let error = abs(computed - expected)
                figures += 1
                if error <= tolerance { passed += 1 }
                worstError = max(worstError, error)
            }
        }
    }

    /// One line.
    var total: String {
        "\(model): \(figures) figures, \(passed) pass, \(failed) fail, worst error "
            + "\(String(format: "%.1e", worstError)) (tolerance \(tolerance))"
    }

    /// What a heading asks of losses, as a profit; nil if it asks nothing that is known.
    private static func statistic(_ heading: String, _ losses: [Double]) -> Double? {
        let parts = heading.split(separator: "_")
        guard parts.count == 2, let probability = number(String(parts[1])), (0.0..<1.0).contains(probability) else {
            return nil
        }
        switch parts[0] {
        case "Quantile": return -TailMeasure.valueAtRisk(losses, confidence: 1 - probability)
        case "ExpectedShortfall": return -TailMeasure.whole.shortfall(losses, confidence: 1 - probability)
        default: return nil
        }
    }

    private static func number(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

    private static func rows(_ path: String) throws(UnreadableCase) -> [[String]] {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        } catch { throw UnreadableCase(explanation: "\(path): cannot be read: \(error.localizedDescription)") }
    }
}
