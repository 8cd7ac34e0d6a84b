import MarginMethods
import MarginWire

/// One published figure beside the computed one.
struct FigureComparison: Equatable {
    /// Where it stands in the expectation, such as `positions[1].standard[0]`.
    let path: String
    let expected: String
    let computed: String
    /// `|computed − expected|` of numbers; nil for words, and where nothing was computed.
    let error: Double?
    /// ``error`` over `|expected|`; nil where nothing was expected.
    let relativeError: Double?
    let passes: Bool
}

/// Compares an expectation, which may name as few figures as it likes, with what was computed.
struct FigureComparer {
    let tolerance: ConformanceTolerance
    private(set) var figures: [FigureComparison] = []

    init(_ tolerance: ConformanceTolerance) { self.tolerance = tolerance }

    /// - Throws: a name that no figure has, or an expectation of the wrong kind.
    mutating func compare(
        _ expected: JSONValue, _ computed: CaseFigures, at path: JSONPath, as name: String = ""
    ) throws(UnreadableCase) {
        switch (expected.content, computed) {
        case (.object(let members), .table(let table)):
            for member in members {
                let path = path.appending(.key(member.key))
                guard let figure = table[member.key] else {
                    let names = table.keys.sorted().joined(separator: ", ")
                    throw member.value.wrong(path, "no such figure; there is \(names)")
                }
                try compare(member.value, figure, at: path, as: name.isEmpty ? member.key : "\(name).\(member.key)")
            }
        case (.array(let elements), .list(let list)):
            try compare(elements, list, at: path, as: name)
        case (.object, _), (.array, _): miss(name, Self.text(expected), computed)
        case (.null, _): add(name, "none", computed, passes: computed == .nothing)
        case (.flag(let flag), _): add(name, "\(flag)", computed, passes: computed == .flag(flag))
        case (.number, .nothing), (.text, .nothing): miss(name, Self.text(expected), computed)
        case (_, .whole(let number)): try compare(expected, number, at: path, as: name)
        case (_, .number(let number)): compare(try expected.number(at: path), number, expected, as: name)
        case (.text(let word), _): add(name, "\"\(word)\"", computed, passes: computed == .word(word))
        case (.number(let digits), _): miss(name, digits, computed)
        }
    }

    /// Objects that have a name are found by it, everything else by its place.
    private mutating func compare(
        _ elements: [JSONValue], _ list: [CaseFigures], at path: JSONPath, as name: String
    ) throws(UnreadableCase) {
        let titles = elements.map(Self.title)
        if !titles.isEmpty, titles.allSatisfy({ $0 != nil }) {
            for (place, element) in elements.enumerated() {
                guard let (key, title) = titles[place] else { continue }
                let named = "\(name)[\(title)]"
                let found = list.first {
                    if case .table(let table) = $0 { return table[key] == .word(title) }
                    return false
                }
                guard let found else {
                    miss(named, "\"\(title)\"", .nothing)
                    continue
                }
                try compare(element, found, at: path.appending(.element(place)), as: named)
            }
            return
        }
        guard elements.count == list.count else { return miss(name, "a list of \(elements.count)", .list(list)) }
        for (place, pair) in zip(elements, list).enumerated() {
            try compare(pair.0, pair.1, at: path.appending(.element(place)), as: "\(name)[\(place)]")
        }
    }

    private static func title(_ element: JSONValue) -> (key: String, title: String)? {
        guard case .object(let members) = element.content else { return nil }
        for key in ["name", "id", "underlying"] {
            guard let value = members.first(where: { $0.key == key })?.value else { continue }
            if case .text(let title) = value.content { return (key, title) }
        }
        return nil
    }

    private mutating func compare(
        _ expected: JSONValue, _ computed: Int128, at path: JSONPath, as name: String
    ) throws(UnreadableCase) {
        let published = try expected.whole(at: path)
        let (difference, overflows) = computed.subtractingReportingOverflow(published)
        let error = overflows ? Double.infinity : Double(difference.magnitude)
        figures.append(
            FigureComparison(
                path: name, expected: "\(published)", computed: "\(computed)", error: error,
                relativeError: published == 0 ? nil : error / abs(Double(published)),
                passes: error <= max(tolerance.relative * abs(Double(published)), tolerance.floor)))
    }

    private mutating func compare(_ published: Double, _ computed: Double, _ expected: JSONValue, as name: String) {
        figures.append(
            FigureComparison(
                path: name, expected: Self.text(expected), published: published, computed: computed,
                tolerance: tolerance))
    }

    private mutating func add(_ name: String, _ expected: String, _ computed: CaseFigures, passes: Bool) {
        figures.append(
            FigureComparison(
                path: name, expected: expected, computed: computed.text, error: nil, relativeError: nil,
                passes: passes))
    }

    private mutating func miss(_ name: String, _ expected: String, _ computed: CaseFigures) {
        add(name, expected, computed, passes: false)
    }

    private static func text(_ expected: JSONValue) -> String {
        switch expected.content {
        case .number(let digits), .text(let digits): digits
        case .array(let elements): "a list of \(elements.count)"
        case .object(let members): "an object of \(members.count)"
        default: "none"
        }
    }
}
