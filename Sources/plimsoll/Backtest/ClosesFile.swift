import Foundation

/// Daily closes as a file has them: a date, then one column a coin; blank before the coin was listed.
struct ClosesFile: Equatable {
    let path: String
    let dates: [String]
    /// By coin, a price or nil for every date.
    let closes: [String: [Double?]]

    init(path: String, dates: [String], closes: [String: [Double?]]) {
        self.path = path
        self.dates = dates
        self.closes = closes
    }

    /// - Throws: ``UnreadableMarketData`` with the line.
    init(_ path: String) throws(UnreadableMarketData) {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw UnreadableMarketData(file: path, explanation: "cannot be read: \(error.localizedDescription)")
        }
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let header = lines.first?.split(separator: ",").map(String.init), header.count > 1 else {
            throw UnreadableMarketData(file: path, explanation: "the first line has no columns")
        }
        var dates: [String] = []
        var closes = Dictionary(uniqueKeysWithValues: header.dropFirst().map { ($0, [Double?]()) })
        for (number, line) in lines.enumerated().dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == header.count else {
                throw UnreadableMarketData(
                    file: path, line: number + 1, explanation: "\(fields.count) columns instead of \(header.count)")
            }
            if let last = dates.last, last >= fields[0] {
                throw UnreadableMarketData(file: path, line: number + 1, explanation: "\(fields[0]) after \(last)")
            }
            dates.append(fields[0])
            for (name, field) in zip(header, fields).dropFirst() {
                if field.isEmpty {
                    closes[name]?.append(nil)
                } else if let price = Double(field), price > 0, price < .infinity {
                    closes[name]?.append(price)
                } else {
                    throw UnreadableMarketData(
                        file: path, line: number + 1, explanation: "\(name) \"\(field)\" is not a price")
                }
            }
        }
        self.init(path: path, dates: dates, closes: closes)
    }
}
