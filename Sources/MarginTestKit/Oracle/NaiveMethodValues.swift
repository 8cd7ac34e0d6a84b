import MarginDomain

/// What sets of parameters say of published methods, by `method/path`, as the oracle reads it.
///
/// The oracle computes no method. Of what a method takes it knows the few values that generated streams name, and
/// believes the rest.
public struct NaiveMethodValues: Equatable, Sendable {
    /// Text by `method/path`.
    public private(set) var texts: [String: String] = [:]

    /// Every method with its defaults.
    public init() {}

    private static let ranges: [String: ClosedRange<Double>] = [
        "okx-range/initialFactor": 1...10,
        "okx-range/extremeShare": 0...1,
        "expected-shortfall/gridShare": 0...10,
        "expected-shortfall/filter.decay": 0...0.9999,
        "deribit-portfolio/extendedMoves": -0.99...100,
        "derive-portfolio/initialFactor": 0...1e9,
    ]
    private static let known = [
        "deribit-portfolio", "derive-portfolio", "derive-standard", "dydx-perpetual", "expected-shortfall", "okx-range",
        "span",
    ]
    private static let words: [String: [String]] = ["expected-shortfall/rule": ["grid", "shortfall", "larger"]]

    /// The values after a set of entries.
    mutating func replace(by set: [RiskParameters]) throws(NaiveRefusal) {
        var named: [String: String] = [:]
        for entry in set {
            let path = "\(entry.table)".isEmpty ? "\(entry.key)" : "\(entry.table).\(entry.key)"
            if entry.asset != AssetID(0) || entry.index != 0 || entry.value != .zero { throw .outOfRange }
            if named.updateValue("\(entry.text)", forKey: "\(entry.model)/\(path)") != nil { throw .contradiction }
        }
        for name in named.keys {
            let list = name.prefix { $0 != "[" }
            for known in texts.keys where known.prefix(while: { $0 != "[" }) == list { texts[known] = nil }
        }
        for (name, text) in named {
            try Self.check(String(name.prefix { $0 != "[" }), text)
            texts[name] = text
        }
        // Elements are numbered from 0 without gaps.
        for name in texts.keys where name.contains("[") {
            let list = name.prefix { $0 != "[" }
            let count = texts.keys.count { $0.prefix(while: { $0 != "[" }) == list }
            for place in 0..<count where texts["\(list)[\(place)]"] == nil { throw .outOfRange }
        }
    }

    private static func check(_ name: String, _ text: String) throws(NaiveRefusal) {
        if let words = words[name] {
            if !words.contains(text) { throw .outOfRange }
        } else if let range = ranges[name] {
            if Set(text).isSubset(of: Set("0123456789.-")), let number = Double(text), range.contains(number) { return }
            throw .outOfRange
        } else if name.hasSuffix("/noSuchName") || !known.contains(String(name.prefix { $0 != "/" })) {
            throw .unknown
        }
    }

    /// Everything as entries of a set; a path is one symbol, or two around its last dot if it is too long.
    func entries(_ version: ParameterVersion) -> [RiskParameters] {
        texts.sorted { $0.key < $1.key }.map { name, text in
            let path = String(name.drop { $0 != "/" }.dropFirst())
            var (table, key) = ("", path)
            if path.utf8.count > Symbol.byteCount, let dot = path.lastIndex(of: ".") {
                (table, key) = (String(path[..<dot]), String(path[path.index(after: dot)...]))
            }
            guard let model = Symbol(String(name.prefix { $0 != "/" })), let text = Symbol(text),
                let table = Symbol(table), let key = Symbol(key)
            else { preconditionFailure("\(name) is too long") }
            return RiskParameters(
                version: version, status: .effective, key: key, asset: AssetID(0), index: 0, value: .zero, last: false,
                model: model, table: table, text: text)
        }
    }
}

extension RiskParameters {
    /// Whether the entry is about a published method.
    var isNamingMethod: Bool { "\(model)" != "" && "\(model)" != "plimsoll" }
}
