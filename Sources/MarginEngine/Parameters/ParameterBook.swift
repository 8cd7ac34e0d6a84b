import MarginDomain
import MarginModel

/// The sets of risk parameters beside the one in force: those that are proposed, and the one before.
///
/// A set comes as a list of entries whose last one says so. Proposed by one source and approved by others, it takes
/// effect when an `effective` record restates it. Two ways lead around approvals: back to the set before, once, and
/// up (`ParameterSet.checkRaising`). docs/event-rules.md §2 has the rules.
struct ParameterBook: Sendable {
    /// Ascending by version; at most `EngineLimits.proposedSetsMax`.
    private(set) var proposals: [ParameterProposal] = []
    /// In force before the present one; nil if there is nothing to go back to.
    private(set) var previous: ParameterSet?
    /// The largest version that was ever proposed or in force.
    private(set) var latest = ParameterVersion(0)
    private var collected: [Stage: [RiskParameters]] = [:]

    /// Entries collect by who sends them and for what.
    private struct Stage: Hashable {
        let source: SourceID
        let status: ParameterStatus
    }

    /// Adds an entry to its set; the whole set if this was its last.
    mutating func collect(
        _ entry: RiskParameters, from source: SourceID
    ) throws(ParameterRefusal) -> [RiskParameters]? {
        let stage = Stage(source: source, status: entry.status)
        collected[stage, default: []].append(entry)
        if entry.last {
            let set = collected.removeValue(forKey: stage) ?? []
            if let taken = set.first(where: { $0.version.isOfEngine }) { throw .versionReserved(taken.version) }
            return set
        }
        guard collected[stage, default: []].count < EngineLimits.parameterValuesMax else {
            collected[stage] = nil
            throw .tooManyValues
        }
        return nil
    }

    /// Keeps a set for approval.
    mutating func propose(
        _ entries: [RiskParameters], from source: SourceID, over current: ParameterSet
    ) throws(ParameterRefusal) {
        let version = try version(of: entries)
        guard version > latest else { throw .versionTaken(version) }
        _ = try current.changed(by: entries, version)
        if proposals.count == EngineLimits.proposedSetsMax { proposals.removeFirst() }
        proposals.append(ParameterProposal(version: version, entries: entries, proposer: source))
        latest = version
    }

    /// Counts a source's approval of a set that it restates.
    mutating func approve(_ entries: [RiskParameters], from source: SourceID) throws(ParameterRefusal) {
        let version = try version(of: entries)
        guard let place = proposals.firstIndex(where: { $0.version == version }) else { throw .notProposed(version) }
        guard proposals[place].isRestated(by: entries) else { throw .otherValues(version) }
        guard source != proposals[place].proposer else { throw .ownProposal(source) }
        guard !proposals[place].approvals.contains(source) else { throw .approvedAlready(source) }
        proposals[place].approvals.append(source)
    }

    /// The set that effective entries put in force.
    func effect(
        of entries: [RiskParameters], from source: SourceID, on current: ParameterSet
    ) throws(ParameterRefusal) -> ParameterSet {
        let needed = Int(current.governance.approvals)
        let last = entries[entries.count - 1].version
        // What the bootstrap adds later, for an asset or a method that is new, must not take the version back.
        if source == .engine { return try current.changed(by: entries, max(last, current.version)) }
        guard needed > 0 else { return try current.changed(by: entries, last) }
        let version = try version(of: entries)
        if let proposal = proposals.first(where: { $0.version == version }) {
            guard proposal.isRestated(by: entries) else { throw .otherValues(version) }
            guard proposal.approvals.count >= needed else {
                throw .notApproved(version, by: proposal.approvals.count, of: needed)
            }
            return try current.changed(by: entries, version)
        }
        if let previous, previous.version == version {
            guard previous.entries(status: .effective).restate(entries) else { throw .otherValues(version) }
            return previous
        }
        guard version > latest else { throw .versionTaken(version) }
        let set = try current.changed(by: entries, version)
        do { try set.checkRaising(over: current) } catch { throw .fault("\(error)") }
        return set
    }

    /// Why a set that may take effect does.
    func reason(
        for version: ParameterVersion, from source: SourceID, on current: ParameterSet
    ) -> ParameterReason {
        if source == .engine { return .bootstrap }
        if current.governance.approvals == 0 { return .unapproved }
        if proposals.contains(where: { $0.version == version }) { return .approved }
        return previous?.version == version ? .rollback : .emergency
    }

    /// Takes note that a set took another's place.
    mutating func note(_ set: ParameterSet, replacing old: ParameterSet) {
        if set.version == previous?.version {
            previous = nil
        } else if set.version != old.version {
            // Before the log said anything there was nothing to go back to.
            // Going back must not take the approvals along.
            previous = old.version == ParameterVersion(0) ? nil : old.governed(as: set)
        }
        proposals.removeAll { $0.version <= set.version }
        latest = max(latest, set.version)
    }

    private func version(of entries: [RiskParameters]) throws(ParameterRefusal) -> ParameterVersion {
        let version = entries[entries.count - 1].version
        guard entries.allSatisfy({ $0.version == version }) else { throw .mixedVersions }
        return version
    }
}

extension ParameterSet {
    /// This set with other values, refused in the words of the bus; so are values that their method does not take.
    func changed(by entries: [RiskParameters], _ version: ParameterVersion) throws(ParameterRefusal) -> ParameterSet {
        let set: ParameterSet
        do { set = try applying(entries, version: version) } catch { throw .fault("\(error)") }
        if set.methodValues != methodValues { _ = try MethodBook(set) }
        return set
    }
}
