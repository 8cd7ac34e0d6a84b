import MarginDomain

/// Values of published methods that operators put into their sets, some of them not allowed.
struct GeneratedMethodValues {
    private var random: SplitMix64

    /// It has random numbers of its own, so that a stream is otherwise what it would be without them.
    init(seed: UInt64) { random = SplitMix64(seed: seed ^ 0x3E_74_0D_5E_7B_01) }

    /// What a proposal says of methods; usually nothing.
    mutating func some() -> [RiskParameters] {
        guard random.chance(0.35) else { return [] }
        let number = "\((random.number(0.5, 3) * 1000).rounded() / 1000)"
        return random.pick([
            [value("okx-range", "", "initialFactor", "1.\(random.pick([1, 2, 3, 4]))")],
            [value("okx-range", "", "extremeShare", "0.\(random.pick([3, 4, 5, 6]))")],
            [value("expected-shortfall", "", "rule", random.pick(["grid", "shortfall", "larger"]))],
            // The same path, cut in two ways.
            [value("expected-shortfall", "filter", "decay", "0.9\(random.pick([4, 5, 6]))")],
            [value("expected-shortfall", "", "filter.decay", "0.93")],
            [value("derive-portfolio", "", "initialFactor", number)],
            (0..<random.pick([1, 2, 3])).map { value("deribit-portfolio", "", "extendedMoves[\($0)]", number) },
            // Refused: a gap in a list, names and numbers that no method knows, a value that is named twice.
            [value("deribit-portfolio", "", "extendedMoves[1]", number)],
            [value("abacus", "", "beads", "10")], [value("okx-range", "", "noSuchName", "1")],
            [value("okx-range", "", "initialFactor", "0.5")], [value("okx-range", "", "initialFactor", "nan")],
            [value("expected-shortfall", "", "rule", "luck")],
            [value("okx-range", "", "extremeShare", "1"), value("okx-range", "", "extremeShare", "1")],
        ])
    }

    private func value(_ model: String, _ table: String, _ key: String, _ text: String) -> RiskParameters {
        guard let model = Symbol(model), let table = Symbol(table), let key = Symbol(key), let text = Symbol(text)
        else { preconditionFailure("\(model) \(table) \(key) \(text) are symbols") }
        return RiskParameters(
            version: ParameterVersion(0), status: .proposed, key: key, asset: AssetID(0), index: 0, value: .zero,
            last: false, model: model, table: table, text: text)
    }
}
