import MarginDomain

/// Section 2 of the rules: risk parameters.
extension NaiveExchange {
    /// Entries collect until the last; then their set is proposed, approved or put in force, or is refused whole.
    mutating func applyParameters(_ entries: [RiskParameters], from source: SourceID) {
        each(entries) { state, entry throws(NaiveRefusal) in
            guard try state.parameterSets.apply(entry, from: source, &state.base) else { return }
            state.baseChanged()
            for u in state.market.cuts.keys.sorted() { state.cut(u, .parameters) }
        }
    }
}

extension NaiveParameters {
    /// The parameters after a set of entries: what is not named keeps its value, a list that is named is replaced whole.
    init(replacing parameters: NaiveParameters, by set: [RiskParameters]) throws(NaiveRefusal) {
        self = parameters
        var begun: Set<String> = []
        try methods.replace(by: set.filter(\.isNamingMethod))
        version = set.last?.version ?? version
        for entry in set where !entry.isNamingMethod {
            let key = "\(entry.key)"
            if entry.value.billionths < 0, key != "tails" { throw .outOfRange }
            if begun.insert("\(key) \(entry.asset)").inserted { clearList(key, entry.asset) }
            if entry.asset.rawValue == 0 { try setShared(key, entry) } else { try setOwn(key, entry) }
        }
        for terms in [defaultCollateral] + collateral.values
        where terms.tierBounds.count != terms.tierHaircuts.count || terms.tierBounds.last != Ratio(.max) {
            throw .outOfRange
        }
        for terms in underlyings.values where terms.range.fraction > 0.6 { throw .outOfRange }
        if self["dynamicMultiple"] > 0 {
            for key in ["dynamicDecay", "dynamicRise", "dynamicFall"] where self[key] == 0 { throw .outOfRange }
        }
    }

    private mutating func clearList(_ key: String, _ asset: AssetID) {
        switch (key, asset.rawValue) {
        case ("tails", 0): tails = []
        case ("tierBound", 0): defaultCollateral.tierBounds = []
        case ("tierHaircut", 0): defaultCollateral.tierHaircuts = []
        case ("tierBound", _): collateral[asset, default: Collateral()].tierBounds = []
        case ("tierHaircut", _): collateral[asset, default: Collateral()].tierHaircuts = []
        default: break
        }
    }

    private mutating func setShared(_ key: String, _ entry: RiskParameters) throws(NaiveRefusal) {
        if scalars[key] != nil {
            scalars[key] = entry.value
        } else if key == "tails" {
            try Self.append(entry, to: &tails)
        } else {
            try Self.set(&defaultCollateral, key, entry)
        }
    }

    private mutating func setOwn(_ key: String, _ entry: RiskParameters) throws(NaiveRefusal) {
        switch key {
        case "range": underlyings[entry.asset, default: Underlying()].range = entry.value
        case "window": underlyings[entry.asset, default: Underlying()].window = entry.value
        case "basisFloor": underlyings[entry.asset, default: Underlying()].basisFloor = entry.value
        case "basisPerYear": underlyings[entry.asset, default: Underlying()].basisPerYear = entry.value
        case "stressedRange": underlyings[entry.asset, default: Underlying()].stressedRange = entry.value
        default: try Self.set(&collateral[entry.asset, default: Collateral()], key, entry)
        }
    }

    private static func set(
        _ collateral: inout Collateral, _ key: String, _ entry: RiskParameters
    ) throws(NaiveRefusal) {
        switch key {
        case "tierBound": try append(entry, to: &collateral.tierBounds)
        case "tierHaircut": try append(entry, to: &collateral.tierHaircuts)
        case "liabilityHaircut": collateral.liabilityHaircut = entry.value
        case "initialHaircut": collateral.initialHaircut = entry.value
        default: throw .unknown
        }
    }

    /// Lists arrive in order of index.
    private static func append(_ entry: RiskParameters, to list: inout [Ratio]) throws(NaiveRefusal) {
        guard Int(entry.index) == list.count else { throw .outOfRange }
        list.append(entry.value)
    }
}
