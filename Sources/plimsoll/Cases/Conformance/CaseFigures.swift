import MarginWire

/// What a rule makes of a published case: the figures that an expectation may name.
indirect enum CaseFigures: Equatable {
    case nothing
    case flag(Bool)
    /// Exact: a figure of a venue that computes in integers.
    case whole(Int128)
    case number(Double)
    case word(String)
    case list([CaseFigures])
    case table([String: CaseFigures])

    static func numbers(_ list: [Double]) -> CaseFigures { .list(list.map(number)) }

    /// An answer that is JSON already, such as that of `plimsoll margin`.
    init(_ value: JSONValue) {
        switch value.content {
        case .null: self = .nothing
        case .flag(let flag): self = .flag(flag)
        case .number(let digits): self = .number(Double(digits) ?? .nan)
        case .text(let text): self = .word(text)
        case .array(let elements): self = .list(elements.map(CaseFigures.init))
        case .object(let members):
            self = .table(Dictionary(uniqueKeysWithValues: members.map { ($0.key, CaseFigures($0.value)) }))
        }
    }

    /// For people.
    var text: String {
        switch self {
        case .nothing: "none"
        case .flag(let flag): "\(flag)"
        case .whole(let number): "\(number)"
        case .number(let number): "\(number)"
        case .word(let word): "\"\(word)\""
        case .list(let elements): "a list of \(elements.count)"
        case .table(let table): "\(table.keys.sorted())"
        }
    }
}
