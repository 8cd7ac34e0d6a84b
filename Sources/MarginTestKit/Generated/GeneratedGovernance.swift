import MarginDomain

/// What a generated exchange's operators know: the parameters in force, and what is proposed.
///
/// It has random numbers of its own, so that a stream is otherwise what it would be without operators.
struct GeneratedGovernance {
    var random: SplitMix64
    var methodValues: GeneratedMethodValues
    private(set) var sets = NaiveParameterSets()
    private(set) var current = NaiveParameters()
    private var sequences: [SourceID: SequenceNumber] = [:]
    /// Whether approvals are asked for already.
    var isOpen = false

    static let operators = [SourceID(901), SourceID(902), SourceID(903), SourceID(904)]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed ^ 0x5EED_0F_60_7E_12)
        methodValues = GeneratedMethodValues(seed: seed)
    }

    /// Follows what becomes of sets.
    mutating func note(_ events: EventGroup, from source: SourceID) {
        guard case .riskParameters(let entries) = events else { return }
        for entry in entries {
            // A refused set changes nothing; that is all that matters here.
            do throws(NaiveRefusal) { _ = try sets.apply(entry, from: source, &current) } catch { continue }
        }
    }

    mutating func header(_ source: SourceID, _ count: Int, at time: Timestamp) -> BatchHeader {
        let first = sequences[source, default: SequenceNumber(1)]
        sequences[source] = first.advanced(by: count)
        return BatchHeader(source: source, epoch: Epoch(1), firstSequence: first, sendingTime: time)
    }
}

extension GeneratedWorld {
    /// Now and then an operator does something about the parameters; some of it is not allowed.
    mutating func govern() {
        guard var operators = governance else { return }
        guard operators.isOpen else {
            operators.isOpen = true
            governance = operators
            parameterVersion += 1
            return send([entry("approvals", 2)], .effective, parameterVersion, from: GeneratedGovernance.operators[0])
        }
        let acts = operators.random.chance(0.08)
        let (random, source) = (operators.random.fraction(), operators.random.pick(GeneratedGovernance.operators))
        governance = operators
        guard acts else { return }
        switch random {
        case ..<0.05: raise(from: source)
        case ..<0.13: goBack(from: source)
        case ..<0.25: propose(from: source)
        case ..<0.93: advance(from: source)
        default: propose(from: source, copying: true)
        }
    }

    /// One or two values that move either way.
    private mutating func someChange() -> [RiskParameters] {
        guard var operators = governance else { return [] }
        defer { governance = operators }
        let asset = operators.random.pick(underlyings).id
        let scale = operators.random.number(0.8, 1.25)
        let range = operators.current.underlyings[asset]?.range.fraction ?? 0.2
        let choice = operators.random.pick([
            entry("kappa", min(1, 0.8 * scale)), entry("volUp", 0.6 * scale), entry("volDown", 0.3 * scale),
            entry("initial", max(1, scale)), entry("nakedShort", 0.003 * scale), entry("liquidationFee", 0.001 * scale),
            entry("range", min(0.6, max(0.05, range * scale)), asset), entry("warningFactor", max(1, 1.2 * scale)),
            entry("minimumDeltaGross", 0.01 * scale), entry("skewWidth", 2.4 * scale),
        ])
        let ofMethods = operators.methodValues.some()
        return (operators.random.chance(0.3) ? [choice, entry("skewCap", 0.2 * scale)] : [choice]) + ofMethods
    }

    private mutating func propose(from source: SourceID, copying: Bool = false) {
        // A version that was given already is refused.
        if !copying { parameterVersion += 1 }
        send(someChange(), .proposed, parameterVersion, from: source)
    }

    /// Without approval: accepted only if it raises.
    private mutating func raise(from source: SourceID) {
        parameterVersion += 1
        send(someChange(), .effective, parameterVersion, from: source)
    }

    /// Approves a proposal, or puts it in force, with or without enough approvals; sometimes with another value.
    private mutating func advance(from source: SourceID) {
        // The one that is nearest to taking effect.
        guard var operators = governance,
            let (version, proposal) = operators.sets.proposals.max(by: {
                ($0.value.approvals.count, $0.key) < ($1.value.approvals.count, $1.key)
            })
        else { return propose(from: source) }
        let isReady = proposal.approvals.count >= 2
        let takesEffect = operators.random.chance(isReady ? 0.9 : 0.1)
        var entries = proposal.entries
        if operators.random.chance(0.08) { entries[0].value = Ratio(entries[0].value.billionths + 1) }
        governance = operators
        send(entries, takesEffect ? .effective : .approved, version, from: source)
    }

    private mutating func goBack(from source: SourceID) {
        guard let previous = governance?.sets.previous else { return propose(from: source) }
        send(previous.entries, .effective, previous.version.rawValue, from: source)
    }

    private func entry(_ key: String, _ value: Double, _ asset: AssetID = AssetID(0)) -> RiskParameters {
        guard let name = Symbol(key) else { preconditionFailure("\(key) is no symbol") }
        return RiskParameters(
            version: ParameterVersion(0), status: .proposed, key: name, asset: asset, index: 0,
            value: Ratio(decimal: value), last: false)
    }

    /// Sends a set, whole or in two records.
    private mutating func send(
        _ entries: [RiskParameters], _ status: ParameterStatus, _ version: UInt32, from source: SourceID
    ) {
        var entries = entries
        for place in entries.indices {
            entries[place].version = ParameterVersion(version)
            entries[place].status = status
            entries[place].last = place == entries.count - 1
        }
        for part in entries.count > 1 ? [Array(entries.prefix(1)), Array(entries.dropFirst())] : [entries] {
            let events = EventGroup.riskParameters(part)
            governance?.note(events, from: source)
            guard let header = governance?.header(source, part.count, at: time) else { return }
            batches.append(EventBatch(header: header, events: events))
        }
    }
}
