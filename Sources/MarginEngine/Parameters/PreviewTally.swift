import MarginDomain
import MarginModel

/// Adds up what a set of parameters would change, pool by pool; and what several shards found.
struct PreviewTally {
    private let record: RecordNumber
    private let version: ParameterVersion
    private let base: ParameterVersion
    private var counts = Counts()
    private var sums = Sums()
    private var changes: [PreviewChange] = []

    private struct Counts {
        var pools: UInt64 = 0
        var unpriceable: UInt64 = 0
        var raised: UInt64 = 0
        var lowered: UInt64 = 0
        var worsened: UInt64 = 0
        var improved: UInt64 = 0
    }

    /// Wide, so that no venue is too large.
    private struct Sums {
        var initialBefore: Int128 = 0
        var initialAfter: Int128 = 0
        var maintenanceBefore: Int128 = 0
        var maintenanceAfter: Int128 = 0
    }

    init(record: RecordNumber, version: ParameterVersion, base: ParameterVersion) {
        self.record = record
        self.version = version
        self.base = base
    }

    /// Takes one pool in.
    mutating func add(
        _ pool: PoolID, from before: (state: LifeCycle, margin: PoolMargin),
        to after: (state: LifeCycle, margin: PoolMargin)
    ) {
        if before.margin.status == .margined, after.margin.status == .margined {
            counts.pools += 1
            if after.margin.initial > before.margin.initial { counts.raised += 1 }
            if after.margin.initial < before.margin.initial { counts.lowered += 1 }
            sums.initialBefore += Int128(before.margin.initial.quanta)
            sums.initialAfter += Int128(after.margin.initial.quanta)
            sums.maintenanceBefore += Int128(before.margin.maintenance.quanta)
            sums.maintenanceAfter += Int128(after.margin.maintenance.quanta)
        } else {
            counts.unpriceable += 1
        }
        guard before.state != after.state else { return }
        if after.state.rawValue > before.state.rawValue { counts.worsened += 1 } else { counts.improved += 1 }
        changes.append(
            PreviewChange(
                pool: pool, stateBefore: before.state, stateAfter: after.state, equity: after.margin.equity,
                initialBefore: before.margin.initial, initialAfter: after.margin.initial,
                maintenanceBefore: before.margin.maintenance, maintenanceAfter: after.margin.maintenance))
    }

    /// The answer, naming the most severe changes.
    var answer: PreviewAnswer {
        PreviewAnswer(
            record: record, version: version, base: base, pools: counts.pools, unpriceable: counts.unpriceable,
            raised: counts.raised, lowered: counts.lowered, worsened: counts.worsened, improved: counts.improved,
            initialBefore: Value(saturating: sums.initialBefore), initialAfter: Value(saturating: sums.initialAfter),
            maintenanceBefore: Value(saturating: sums.maintenanceBefore),
            maintenanceAfter: Value(saturating: sums.maintenanceAfter), changes: changes.mostSevere)
    }
}

extension [PreviewChange] {
    /// The most severe state first, then by pool; at most `EngineLimits.previewedPoolsMax`.
    fileprivate var mostSevere: [PreviewChange] {
        let ordered = sorted { left, right in
            left.stateAfter == right.stateAfter
                ? left.pool < right.pool : left.stateAfter.rawValue > right.stateAfter.rawValue
        }
        return Array(ordered.prefix(EngineLimits.previewedPoolsMax))
    }
}

extension PreviewAnswer {
    /// What two shards found, each of its own pools, as one.
    func joined(with other: PreviewAnswer) -> PreviewAnswer {
        var joint = self
        joint.pools += other.pools
        joint.unpriceable += other.unpriceable
        joint.raised += other.raised
        joint.lowered += other.lowered
        joint.worsened += other.worsened
        joint.improved += other.improved
        joint.initialBefore = initialBefore + other.initialBefore
        joint.initialAfter = initialAfter + other.initialAfter
        joint.maintenanceBefore = maintenanceBefore + other.maintenanceBefore
        joint.maintenanceAfter = maintenanceAfter + other.maintenanceAfter
        joint.changes = (changes + other.changes).mostSevere
        return joint
    }
}

extension [Answer] {
    /// The answers of all shards, with their previews as one.
    var withOnePreview: [Answer] {
        var joint: PreviewAnswer?
        var rest: [Answer] = []
        for answer in self {
            if case .previewAnswer(let preview) = answer {
                joint = joint?.joined(with: preview) ?? preview
            } else {
                rest.append(answer)
            }
        }
        return (joint.map { [.previewAnswer($0)] } ?? []) + rest
    }
}
