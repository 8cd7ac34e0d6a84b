/// One table of a ``ParameterTree``, read by name.
///
/// A method reads over its defaults: what the table does not name stays as it is.
///
///     let fields = try ParameterFields(tree, names: ["volatilityUp", "skew"])
///     try fields.read("volatilityUp", into: &shock.up, within: 0...10)
///     if let skew = try fields.table("skew", names: ["cap"]) {
///         try skew.read("cap", into: &skewCap, within: 0...1)
///     }
public struct ParameterFields: Sendable {
    /// The path to the table, empty for the outermost one.
    public let path: String
    private let values: [String: ParameterTree]
    private let names: Set<String>?

    /// - Parameter names: all that the method knows here.
    /// - Throws: the first name, alphabetically, that is not among them; or that the tree is not a table.
    public init(_ tree: ParameterTree, at path: String = "", names: [String]) throws(MethodFault) {
        try self.init(tree, at: path, known: Set(names))
    }

    /// A table whose names are the case's own, such as symbols.
    public init(freely tree: ParameterTree, at path: String = "") throws(MethodFault) {
        try self.init(tree, at: path, known: nil)
    }

    private init(_ tree: ParameterTree, at path: String, known: Set<String>?) throws(MethodFault) {
        guard case .table(let values) = tree else {
            throw .badParameter(path.isEmpty ? "parameters" : path, "expected a table of names")
        }
        self.path = path
        self.values = values
        names = known
        if let known, let foreign = values.keys.filter({ !known.contains($0) }).min() {
            throw .unknownParameter(self.path(of: foreign))
        }
    }

    /// The names that stand in the table, in order.
    public var givenNames: [String] { values.keys.sorted() }

    public func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The value of a name; nil if the table does not have it.
    public func value(_ name: String) -> ParameterTree? {
        precondition(names?.contains(name) ?? true, "a parameter that is read must be a known one")
        return values[name]
    }

    /// The complaint about a name's value.
    public func wrong(_ name: String, _ reason: String) -> MethodFault { .badParameter(path(of: name), reason) }
}

extension ParameterFields {
    /// A number; text counts if it is a decimal number.
    public func read(
        _ name: String, into field: inout Double, within range: ClosedRange<Double>
    ) throws(MethodFault) {
        guard let value = value(name) else { return }
        field = try value.number(at: path(of: name), within: range)
    }

    /// A whole number.
    public func read(_ name: String, into field: inout Int, within range: ClosedRange<Int>) throws(MethodFault) {
        guard let value = value(name) else { return }
        let number = try value.number(at: path(of: name), within: -9_007_199_254_740_992...9_007_199_254_740_992)
        guard let whole = Int(exactly: number) else { throw wrong(name, "\(number) is not a whole number") }
        guard range.contains(whole) else { throw wrong(name, "\(whole) is outside of \(range)") }
        field = whole
    }

    public func read(_ name: String, into field: inout Bool) throws(MethodFault) {
        guard let value = value(name) else { return }
        guard case .flag(let flag) = value else { throw wrong(name, "expected true or false") }
        field = flag
    }

    public func read(_ name: String, into field: inout String) throws(MethodFault) {
        guard let value = value(name) else { return }
        guard case .text(let text) = value else { throw wrong(name, "expected text") }
        field = text
    }

    /// One of an enumeration's words.
    public func read<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, into field: inout Word
    ) throws(MethodFault) {
        var text = field.rawValue
        try read(name, into: &text)
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong(name, "\"\(text)\" is none of \(words)")
        }
        field = word
    }

    /// A whole list of numbers, which replaces the one before.
    public func read(
        _ name: String, into field: inout [Double], within range: ClosedRange<Double>
    ) throws(MethodFault) {
        guard let elements = try elements(name) else { return }
        var numbers: [Double] = []
        for (place, element) in elements.enumerated() {
            numbers.append(try element.number(at: "\(path(of: name))[\(place)]", within: range))
        }
        field = numbers
    }

    /// The elements of a list; nil if the table does not have it.
    public func elements(_ name: String) throws(MethodFault) -> [ParameterTree]? {
        guard let value = value(name) else { return nil }
        guard case .list(let elements) = value else { throw wrong(name, "expected a list") }
        return elements
    }

    /// A table inside; nil if this one does not have it.
    public func table(_ name: String, names: [String]) throws(MethodFault) -> ParameterFields? {
        guard let value = value(name) else { return nil }
        return try ParameterFields(value, at: path(of: name), names: names)
    }

    /// The tables of a list; nil if this table does not have it.
    public func tables(_ name: String, names: [String]) throws(MethodFault) -> [ParameterFields]? {
        guard let elements = try elements(name) else { return nil }
        var tables: [ParameterFields] = []
        for (place, element) in elements.enumerated() {
            tables.append(try ParameterFields(element, at: "\(path(of: name))[\(place)]", names: names))
        }
        return tables
    }

    /// A table inside whose names are the case's own, such as symbols, each with a table of known names.
    public func tablesByName(
        _ name: String, names: [String]
    ) throws(MethodFault) -> [(name: String, fields: ParameterFields)] {
        guard let value = value(name) else { return [] }
        let outer = try ParameterFields(freely: value, at: path(of: name))
        var tables: [(name: String, fields: ParameterFields)] = []
        for inner in outer.givenNames {
            if let fields = try outer.table(inner, names: names) { tables.append((inner, fields)) }
        }
        return tables
    }
}

extension ParameterTree {
    /// The number, which text may spell in decimals.
    func number(at path: String, within range: ClosedRange<Double>) throws(MethodFault) -> Double {
        let number: Double
        switch self {
        case .number(let value): number = value
        case .text(let text):
            guard text.utf8.allSatisfy(Self.decimalCharacters.contains), let value = Double(text) else {
                throw .badParameter(path, "\"\(text)\" is not a decimal number")
            }
            number = value
        default: throw .badParameter(path, "expected a number")
        }
        guard number.isFinite else { throw .badParameter(path, "\(number) is not a finite number") }
        guard range.contains(number) else { throw .badParameter(path, "\(number) is outside of \(range)") }
        return number
    }

    /// Keeps out the other spellings that `Double` reads: hexadecimal, NaN and infinity.
    static let decimalCharacters = Set("+-.0123456789Ee".utf8)
}
