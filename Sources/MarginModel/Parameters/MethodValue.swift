public import MarginDomain

/// One value of a published method's parameters, as a set carries it: which method, where in its parameters, what.
///
/// What the text means, and whether the method takes it, the method says.
public struct MethodValue: Hashable, Sendable {
    public let model: Symbol
    public let path: MethodPath
    /// As a parameter file writes it; `[]` is a list without elements.
    public let text: Symbol

    public init(model: Symbol, path: MethodPath, text: Symbol) {
        self.model = model
        self.path = path
        self.text = text
    }

    /// As an entry of a set.
    ///
    /// - Precondition: the path fits two symbols, as every path that came from the bus does.
    func entry(_ version: ParameterVersion, _ status: ParameterStatus) -> RiskParameters {
        guard let (table, key) = path.symbols else { preconditionFailure("a path of a set came as two symbols") }
        return ParameterValue(
            key: key, asset: AssetID(0), index: 0, value: .zero, model: model, table: table, text: text
        ).entry(version, status)
    }

    /// Methods in order of name, values in order of path.
    static func precedes(_ left: MethodValue, _ right: MethodValue) -> Bool {
        left.model == right.model ? left.path < right.path : "\(left.model)" < "\(right.model)"
    }
}

extension ParameterSet {
    /// Takes the values that entries name of methods; a list is replaced whole, and so is what stood in its place.
    mutating func adoptMethodValues(_ entries: [RiskParameters]) throws(ParameterFault) {
        guard !entries.isEmpty else { return }
        var named: Set<MethodValue.Name> = []
        for entry in entries {
            let name = MethodValue.Name(model: entry.model, path: entry.path)
            guard entry.asset == AssetID(0), entry.index == 0, entry.value == .zero else {
                throw .methodValue(entry.model, entry.path, "asset, index and value must be 0: the value is the text")
            }
            guard named.insert(name).inserted else { throw .methodValue(entry.model, entry.path, "is named twice") }
        }
        // A list that is named, with elements or without, goes first.
        let lists = Set(named.map { MethodValue.Name(model: $0.model, path: $0.path.list ?? $0.path) })
        methodValues.removeAll { value in
            named.contains(value.name) || lists.contains(value.name)
                || value.path.list.map { lists.contains(MethodValue.Name(model: value.model, path: $0)) } ?? false
        }
        methodValues += entries.map { MethodValue(model: $0.model, path: $0.path, text: $0.text) }
        methodValues.sort(by: MethodValue.precedes)
        guard methodValues.count <= EngineLimits.parameterValuesMax else {
            throw .methodValue(entries[0].model, entries[0].path, "a set has no room for more values of methods")
        }
    }

    /// The first method whose values differ from another set's; nil if none does.
    func firstMethod(differingFrom other: ParameterSet) -> Symbol? {
        guard methodValues != other.methodValues else { return nil }
        let (own, others) = (Set(methodValues), Set(other.methodValues))
        return own.symmetricDifference(others).map(\.model).min { "\($0)" < "\($1)" }
    }
}

extension MethodValue {
    /// What a value is found by.
    struct Name: Hashable {
        let model: Symbol
        let path: MethodPath
    }

    var name: Name { Name(model: model, path: path) }
}
