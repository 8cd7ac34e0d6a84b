import MarginMethods
import MarginWire

extension ParameterTree {
    /// The `parameters` of a case, whatever the method calls them.
    init(_ value: JSONValue, at path: JSONPath) throws(UnreadableCase) {
        switch value.content {
        case .null: throw value.wrong(path, "expected a value; leave the name out to keep what holds")
        case .flag(let flag): self = .flag(flag)
        case .number: self = .number(try value.number(at: path))
        case .text(let text): self = .text(text)
        case .array(let elements):
            var list: [ParameterTree] = []
            for (place, element) in elements.enumerated() {
                list.append(try ParameterTree(element, at: path.appending(.element(place))))
            }
            self = .list(list)
        case .object(let members):
            var table: [String: ParameterTree] = [:]
            for member in members {
                table[member.key] = try ParameterTree(member.value, at: path.appending(.key(member.key)))
            }
            self = .table(table)
        }
    }

    /// The same with what another tree names in its place; lists are replaced whole.
    func merged(with other: ParameterTree) -> ParameterTree {
        guard case .table(let own) = self, case .table(let over) = other else { return other }
        return .table(own.merging(over) { $0.merged(with: $1) })
    }

    /// One spelling for equal values: names in order, numbers as the shortest decimals that mean them.
    var canonicalText: String {
        switch self {
        case .number(let number): "\(number)"
        // A number may be written as text.
        case .text(let text): Double(text).map { "\($0)" } ?? "\"\(text)\""
        case .flag(let flag): "\(flag)"
        case .list(let elements): "[\(elements.map(\.canonicalText).joined(separator: ","))]"
        case .table(let values):
            "{\(values.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.canonicalText)" }.joined(separator: ","))}"
        }
    }
}
