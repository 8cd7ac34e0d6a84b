import Foundation
import MarginModel

/// Quotes of options as a file has them: a header, then one quote a line.
///
/// Columns are found by name: `type` (call or put), `forward`, `strike` and `price`, and either `years` to expiry or both
/// `time` and `expiry` (ISO 8601). Optional are `currency` (dollars, which is meant, or coin) and `rate`. Others pass
/// through.
struct QuoteFile {
    /// One line: what was asked, and the quote that it makes, or why it makes none.
    struct Line {
        let text: String
        let quote: OptionQuote
    }

    let header: String
    let lines: [Line]

    /// - Throws: ``UnreadableQuotes`` with the line, for what is no number, name or time.
    init(_ text: String) throws(UnreadableQuotes) {
        let rows = text.split(whereSeparator: \.isNewline).map(String.init)
        guard let header = rows.first else { throw UnreadableQuotes(line: 1, explanation: "there is no header") }
        let names = Self.fields(header)
        for name in ["type", "forward", "strike", "price"] where !names.contains(name) {
            throw UnreadableQuotes(line: 1, explanation: "there is no column \(name)")
        }
        guard names.contains("years") || (names.contains("time") && names.contains("expiry")) else {
            throw UnreadableQuotes(line: 1, explanation: "there is neither a column years nor both of time and expiry")
        }
        if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
            throw UnreadableQuotes(line: 1, explanation: "there are two columns \(twice)")
        }
        var lines: [Line] = []
        for (place, row) in rows.enumerated().dropFirst() {
            let fields = Self.fields(row)
            guard fields.count == names.count else {
                throw UnreadableQuotes(
                    line: place + 1, explanation: "\(fields.count) columns instead of \(names.count)")
            }
            let terms = QuoteTerms(values: Dictionary(uniqueKeysWithValues: zip(names, fields)))
            do { lines.append(Line(text: row, quote: try terms.quote())) } catch {
                throw UnreadableQuotes(line: place + 1, explanation: error.explanation)
            }
        }
        self.header = header
        self.lines = lines
    }

    private static func fields(_ row: String) -> [String] {
        row.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// A file of quotes, or a quote on the command line, that cannot be read.
struct UnreadableQuotes: Error, Equatable, CustomStringConvertible {
    /// Nil on the command line.
    var line: Int?
    let explanation: String

    var description: String { (line.map { "line \($0): " } ?? "") + explanation }
}
