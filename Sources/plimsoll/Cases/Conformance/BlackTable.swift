import Foundation
import MarginMethods

/// The table of option values that py_vollib tests itself with (`tests/test_data.json` of vollib/py_vollib), as a CSV
/// file with its headings: a row is a call and a put at a spot price `S`, strike `K`, rate `R`, years `t` and
/// volatility `v`.
enum BlackTable {
    private static let inputs = ["S", "K", "R", "t", "v"]
    /// Heading: whether it is of the call, and the figure.
    private static let outputs: [String: (isCall: Bool, figure: String)] = [
        "bs_call": (true, "value"), "call_vals": (true, "value"), "CD": (true, "delta"), "CG": (true, "gamma"),
        "CT": (true, "theta"), "CV": (true, "vega"), "CR": (true, "rho"), "bs_put": (false, "value"),
        "PD": (false, "delta"), "PG": (false, "gamma"), "PT": (false, "theta"), "PV": (false, "vega"),
        "PR": (false, "rho"),
    ]
    /// Printed to six decimals, where more are not.
    static let tolerance = ConformanceTolerance(relative: 0, floor: 5e-7)

    /// - Throws: ``UnreadableCase`` with the line.
    static func results(
        _ path: String, tolerance: ConformanceTolerance
    ) throws(UnreadableCase) -> [RuleResult] {
        let rows = try rows(path)
        guard let headings = rows.first, inputs.allSatisfy(headings.contains) else {
            throw UnreadableCase(explanation: "the first line has no columns \(inputs.joined(separator: ", "))")
        }
        if let foreign = headings.first(where: { !inputs.contains($0) && outputs[$0] == nil }) {
            throw UnreadableCase(explanation: "unknown column \(foreign)")
        }
        guard rows.count > 1 else { throw UnreadableCase(explanation: "no rows") }
        var results: [RuleResult] = []
        for (place, row) in rows.enumerated().dropFirst() {
            results.append(
                try result(headings, row, name: "row \(place)", file: path, line: place + 1, tolerance: tolerance))
        }
        return results
    }

    private static func result(
        _ headings: [String], _ row: [String], name: String, file: String, line: Int, tolerance: ConformanceTolerance
    ) throws(UnreadableCase) -> RuleResult {
        guard row.count == headings.count else {
            throw UnreadableCase(explanation: "line \(line): \(row.count) columns, not \(headings.count)")
        }
        var numbers: [String: Double] = [:]
        for (heading, text) in zip(headings, row) {
            guard let number = Double(text), number.isFinite else {
                throw UnreadableCase(explanation: "line \(line): \(heading): \"\(text)\" is not a finite number")
            }
            numbers[heading] = number
        }
        let given = inputs.compactMap { numbers[$0] }
        guard given[0] > 0, given[1] > 0, given[3] > 0, given[4] >= 0 else {
            throw UnreadableCase(explanation: "line \(line): S, K and t are above 0, v is not below it")
        }
        var figures: [FigureComparison] = []
        for isCall in [true, false] {
            let option = BlackOption(
                isCall: isCall, strike: given[1], volatility: given[4], years: given[3], spot: given[0], rate: given[2])
            guard case .table(let table) = option.figures else { continue }
            for (heading, text) in zip(headings, row) {
                guard let output = outputs[heading], output.isCall == isCall, let published = numbers[heading],
                    case .number(let computed)? = table[output.figure]
                else { continue }
                figures.append(
                    FigureComparison(
                        path: heading, expected: text, published: published, computed: computed, tolerance: tolerance))
            }
        }
        return RuleResult(
            file: file, name: name, rule: "option", tolerance: tolerance, outcome: .compared(figures))
    }

    private static func rows(_ path: String) throws(UnreadableCase) -> [[String]] {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        } catch { throw UnreadableCase(explanation: "cannot be read: \(error.localizedDescription)") }
    }
}
