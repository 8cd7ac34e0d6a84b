import MarginWire

/// Why a case has no answer: the key, the byte where one is to blame, and what is wrong.
struct UnreadableCase: Error, Equatable, CustomStringConvertible {
    var path = JSONPath()
    /// Bytes from the text's beginning; nil where no single value is to blame.
    var offset: Int?
    var explanation: String

    var description: String {
        let place = offset.map { "byte \($0): " } ?? ""
        return path.steps.isEmpty ? place + explanation : "\(path): \(place)\(explanation)"
    }
}
