/// Why market data cannot be used: file, line and reason.
struct UnreadableMarketData: Error, Equatable, CustomStringConvertible {
    var file: String
    var line: Int?
    var explanation: String

    init(file: String, line: Int? = nil, explanation: String) {
        self.file = file
        self.line = line
        self.explanation = explanation
    }

    var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(explanation)" }
}
