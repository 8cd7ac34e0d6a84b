extension RiskParameters {
    /// A value of the default model.
    public init(
        version: ParameterVersion, status: ParameterStatus, key: Symbol, asset: AssetID, index: UInt16, value: Ratio,
        last: Bool
    ) {
        self.init(
            version: version, status: status, key: key, asset: asset, index: index, value: value, last: last,
            model: .empty, table: .empty, text: .empty)
    }

    /// Whether it belongs to a published method; the default model may be named or not.
    public var isOfMethod: Bool { model != .empty && model != .defaultModel }

    /// A method's value: its path.
    public var path: MethodPath { MethodPath(table: table, key: key) }
}

extension ParameterValue {
    /// A value of the default model.
    public init(key: Symbol, asset: AssetID, index: UInt16, value: Ratio) {
        self.init(
            key: key, asset: asset, index: index, value: value, model: .empty, table: .empty, text: .empty)
    }

    /// What an entry says, whatever its version and status.
    public init(_ entry: RiskParameters) {
        self.init(
            key: entry.key, asset: entry.asset, index: entry.index, value: entry.value, model: entry.model,
            table: entry.table, text: entry.text)
    }

    /// As an entry of a set.
    public func entry(_ version: ParameterVersion, _ status: ParameterStatus, last: Bool = false) -> RiskParameters {
        RiskParameters(
            version: version, status: status, key: key, asset: asset, index: index, value: value, last: last,
            model: model, table: table, text: text)
    }

    /// A method's value: its path.
    public var path: MethodPath { MethodPath(table: table, key: key) }
}

extension Symbol {
    /// The name of the model of margin-model.md.
    public static let defaultModel = Symbol(ascii: "plimsoll")
}
