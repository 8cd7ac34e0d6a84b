public import MarginDomain

/// The sets of parameters that are not in force: collected, proposed, and the one before.
public struct NaiveParameterSets: Sendable {
    /// What entries of one source collect for.
    private struct Stage: Hashable, Sendable {
        let source: SourceID
        let status: ParameterStatus
    }

    /// A set that is proposed.
    public struct Proposal: Sendable {
        /// Its entries, as they came.
        public let entries: [RiskParameters]
        /// Who sent them.
        public let proposer: SourceID
        /// Who approved.
        public var approvals: Set<SourceID> = []
    }

    /// Entries of sets that have not ended yet.
    private var pending: [Stage: [RiskParameters]] = [:]
    /// By version.
    public internal(set) var proposals: [UInt32: Proposal] = [:]
    /// In force before the present set.
    public internal(set) var previous: NaiveParameters?
    /// The largest version ever proposed or in force.
    public internal(set) var latest: UInt32 = 0

    /// Nothing was proposed yet.
    public init() {}

    /// Takes an entry; whether its set is complete and has replaced the parameters.
    mutating func apply(
        _ entry: RiskParameters, from source: SourceID, _ current: inout NaiveParameters
    ) throws(NaiveRefusal) -> Bool {
        let stage = Stage(source: source, status: entry.status)
        pending[stage, default: []].append(entry)
        if !entry.last { return false }
        let set = pending.removeValue(forKey: stage) ?? []
        // Versions from here on are the engine's.
        if set.contains(where: { $0.version.rawValue >= 1 << 31 }) { throw .contradiction }
        switch entry.status {
        case .proposed: try propose(set, from: source, current)
        case .approved: try approve(set, from: source)
        case .effective:
            let next = try effect(of: set, from: source, current)
            replaced(current, by: next)
            current = next
            return true
        }
        return false
    }

    private mutating func propose(
        _ set: [RiskParameters], from source: SourceID, _ current: NaiveParameters
    ) throws(NaiveRefusal) {
        let version = try Self.version(of: set)
        if version <= latest { throw .contradiction }
        _ = try NaiveParameters(replacing: current, by: set)
        if proposals.count == 8, let lowest = proposals.keys.min() { proposals[lowest] = nil }
        proposals[version] = Proposal(entries: set, proposer: source)
        latest = version
    }

    private mutating func approve(_ set: [RiskParameters], from source: SourceID) throws(NaiveRefusal) {
        let version = try Self.version(of: set)
        guard let proposal = proposals[version] else { throw .unknown }
        if Self.values(of: set) != Self.values(of: proposal.entries) { throw .contradiction }
        if source == proposal.proposer || proposal.approvals.contains(source) { throw .contradiction }
        proposals[version]?.approvals.insert(source)
    }

    /// The parameters after an effective set.
    private func effect(
        of set: [RiskParameters], from source: SourceID, _ current: NaiveParameters
    ) throws(NaiveRefusal) -> NaiveParameters {
        let needed = Int(current["approvals"])
        if source == SourceID(0) {
            var next = try NaiveParameters(replacing: current, by: set)
            next.version = max(next.version, current.version)
            return next
        }
        if needed == 0 { return try NaiveParameters(replacing: current, by: set) }
        let version = try Self.version(of: set)
        if let proposal = proposals[version] {
            if Self.values(of: set) != Self.values(of: proposal.entries) { throw .contradiction }
            if proposal.approvals.count < needed { throw .contradiction }
            return try NaiveParameters(replacing: current, by: set)
        }
        if let previous, previous.version.rawValue == version {
            if Self.values(of: set) != Self.values(of: previous.entries) { throw .contradiction }
            return previous
        }
        if version <= latest { throw .contradiction }
        let next = try NaiveParameters(replacing: current, by: set)
        if !next.onlyRaises(current) { throw .contradiction }
        return next
    }

    /// Takes note of a set that took effect.
    private mutating func replaced(_ old: NaiveParameters, by next: NaiveParameters) {
        if previous?.version == next.version {
            previous = nil
        } else if next.version != old.version {
            previous = old.version.rawValue == 0 ? nil : old
            previous?.scalars["approvals"] = next.scalars["approvals"]
        }
        for version in proposals.keys where version <= next.version.rawValue { proposals[version] = nil }
        latest = max(latest, next.version.rawValue)
    }

    private static func version(of set: [RiskParameters]) throws(NaiveRefusal) -> UInt32 {
        let versions = Set(set.map(\.version.rawValue))
        guard let version = versions.first, versions.count == 1 else { throw .contradiction }
        return version
    }

    /// What a set says, as sorted lines.
    private static func values(of set: [RiskParameters]) -> [String] {
        set.map { entry in
            if !entry.isNamingMethod { return "\(entry.key) \(entry.asset) \(entry.index) \(entry.value.billionths)" }
            let place = "\(entry.table)".isEmpty ? "\(entry.key)" : "\(entry.table).\(entry.key)"
            return "\(entry.model)/\(place) = \(entry.text)"
        }.sorted()
    }
}

extension NaiveParameters {
    /// Everything that the set says; a number of approvals of 0 is left out.
    public var entries: [RiskParameters] {
        var entries: [RiskParameters] = []
        func add(_ key: String, _ asset: AssetID, _ list: [Ratio]) {
            guard let name = Symbol(key) else { preconditionFailure("\(key) is no symbol") }
            for (index, value) in list.enumerated() {
                entries.append(
                    RiskParameters(
                        version: version, status: .effective, key: name, asset: asset, index: UInt16(index),
                        value: value, last: false))
            }
        }
        add("tails", AssetID(0), tails)
        for (key, value) in scalars.sorted(by: { $0.key < $1.key })
        where value != .zero || !Self.optional.contains(key) {
            add(key, AssetID(0), [value])
        }
        for (u, own) in underlyings.sorted(by: { $0.key < $1.key }) {
            for (key, value) in own.values.sorted(by: { $0.key < $1.key })
            where value != .zero || !Self.optional.contains(key) {
                add(key, u, [value])
            }
        }
        for (asset, own) in [(AssetID(0), defaultCollateral)]
            + collateral.sorted(by: { $0.key < $1.key }).map({ ($0.key, $0.value) })
        {
            add("tierBound", asset, own.tierBounds)
            add("tierHaircut", asset, own.tierHaircuts)
            add("liabilityHaircut", asset, [own.liabilityHaircut])
            add("initialHaircut", asset, [own.initialHaircut])
        }
        return entries + methods.entries(version)
    }

    /// What a complete set may leave out, and leaves out where it is 0.
    static let optional: Set<String> = [
        "approvals", "dynamicMultiple", "dynamicDecay", "dynamicLimit", "dynamicRise", "dynamicFall", "stressedWeight",
        "stressedRange", "fundingCap", "liquiditySlope", "liquidityCap", "concentrationFree", "concentrationFloor",
        "concentrationSlope", "concentrationCap", "volatilityAge", "volatilityAgeMargin",
    ]
}

extension NaiveParameters.Underlying {
    var values: [String: Ratio] {
        [
            "range": range, "window": window, "basisFloor": basisFloor, "basisPerYear": basisPerYear,
            "stressedRange": stressedRange,
        ]
    }
}
