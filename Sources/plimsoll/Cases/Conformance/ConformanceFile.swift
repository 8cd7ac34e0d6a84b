import MarginMethods
import MarginWire

/// A file of published cases in our own layout, docs/conformance.md:
///
///     { "method": "dydx-perpetual", "source": "…", "tolerance": { "relative": 0, "absolute": 0 },
///       "cases": [{ "name": "…", "rule": "position", "given": { … }, "expect": { … } }] }
struct ConformanceFile {
    /// Nil if the file leaves it to the command.
    let method: String?
    private let tolerance: ConformanceTolerance?
    private let cases: [(value: JSONValue, path: JSONPath)]

    /// Whether a text is of this layout: others have no `cases`.
    static func isOne(_ value: JSONValue) -> Bool {
        guard case .object(let members) = value.content else { return false }
        return members.contains { $0.key == "cases" }
    }

    init(_ value: JSONValue) throws(UnreadableCase) {
        let fields = try CaseFields(
            value, at: JSONPath(), keys: ["method", "source", "note", "tolerance", "cases"])
        method = try fields.givenText("method")
        _ = try fields.text("source")
        _ = try fields.givenText("note")
        tolerance = try Self.tolerance(fields)
        let path = fields.path(of: "cases")
        cases = try fields.needed("cases").elements(at: path).enumerated().map {
            (value: $0.element, path: path.appending(.element($0.offset)))
        }
        guard !cases.isEmpty else { throw fields.wrong("cases", "no cases") }
    }

    private static func tolerance(_ fields: CaseFields) throws(UnreadableCase) -> ConformanceTolerance? {
        guard fields.value("tolerance") != nil else { return nil }
        let own = try fields.object("tolerance", keys: ["relative", "absolute"])
        return ConformanceTolerance(
            relative: own.value("relative") == nil ? 0 : try own.number("relative", within: 0...1),
            floor: own.value("absolute") == nil ? 0 : try own.number("absolute", within: 0...1e12))
    }

    /// A case compared, or why it cannot be read, with its name or number.
    struct Entry {
        let name: String
        let content: Result<RuleResult, UnreadableCase>
    }

    /// - Parameters:
    ///   - relative: the tolerance that the command states, over the file's.
    ///   - standard: where the file states none.
    func compared(
        with rules: [CaseRule], file: String, relative: Double?, standard: ConformanceTolerance
    ) -> [Entry] {
        cases.enumerated().map { place, element in
            var name = "\(place + 1)"
            if case .object(let members) = element.value.content,
                case .text(let title) = members.first(where: { $0.key == "name" })?.value.content
            {
                name = title
            }
            do throws(UnreadableCase) {
                let fields = try CaseFields(
                    element.value, at: element.path, keys: ["name", "rule", "note", "tolerance", "given", "expect"])
                _ = try fields.givenText("note")
                var accepted = try Self.tolerance(fields) ?? tolerance ?? standard
                if let relative { accepted.relative = relative }
                let result = try Self.result(
                    fields, try fields.text("name"), with: rules, file: file, tolerance: accepted)
                return Entry(name: name, content: .success(result))
            } catch { return Entry(name: name, content: .failure(error)) }
        }
    }

    private static func result(
        _ fields: CaseFields, _ name: String, with rules: [CaseRule], file: String, tolerance: ConformanceTolerance
    ) throws(UnreadableCase) -> RuleResult {
        let word = try fields.givenText("rule") ?? CaseRule.margin
        guard let rule = rules.first(where: { $0.name == word }) else {
            let names = rules.map(\.name).joined(separator: ", ")
            throw fields.wrong("rule", "there is no rule \(word); there is \(names)")
        }
        let expected = try fields.needed("expect")
        _ = try expected.members(at: fields.path(of: "expect"))
        let figures: CaseFigures
        do { figures = try rule.figures(try fields.needed("given"), fields.path(of: "given")) } catch {
            guard error.isRefusal else { throw error }
            return RuleResult(
                file: file, name: name, rule: word, tolerance: tolerance, outcome: .refused("\(error)"))
        }
        var comparer = FigureComparer(tolerance)
        try comparer.compare(expected, figures, at: fields.path(of: "expect"))
        // A comparison with nothing has not passed.
        guard !comparer.figures.isEmpty else { throw fields.wrong("expect", "no figures") }
        return RuleResult(
            file: file, name: name, rule: word, tolerance: tolerance, outcome: .compared(comparer.figures))
    }
}
