public import MarginDomain

/// What the members of a live mutual pool have and need at one moment: docs/margin-model.md §12, *Live pools*.
///
/// A member without margin of its own has no part in it: the pool is that of the others. Members who are ring-fenced by
/// their own figures have no credit. Members are numbered in the order given.
public struct MutualFigures: Sendable {
    /// Every member's margin by itself.
    public let alone: [PoolMargin]
    /// The pool of those who have margin.
    public let pool: MutualPool
    /// Why a member has no credit and may only reduce.
    public let fences: [RingFence?]
    /// `ρ_i` before ring-fencing.
    private let weights: [Ratio]
    /// A member's number in the pool; nil without margin.
    private let numbers: [Int?]

    /// - Parameters:
    ///   - weights: `ρ_i` of every member.
    ///   - open: the pool of those who have margin, before ring-fencing.
    init(alone: [PoolMargin], weights: [Ratio], open: MutualPool) {
        let counted = alone.indices.filter { alone[$0].status == .margined }
        var numbers = [Int?](repeating: nil, count: alone.count)
        for (number, member) in counted.enumerated() { numbers[member] = number }
        let fences = numbers.map { $0.flatMap { open.ringFence($0) } }
        let fenced = fences.indices.filter { fences[$0] != nil }.compactMap { numbers[$0] }
        self.alone = alone
        self.weights = weights
        self.fences = fences
        self.numbers = numbers
        pool = fenced.isEmpty ? open : open.withoutCredit(of: fenced)
    }
}

extension MutualFigures {
    /// A member's share; nil without margin.
    public func share(_ member: Int) -> MutualShare? { numbers[member].map { pool.mutualShare($0) } }

    /// `⌊β·ρ_i⌋` in billionths: what a member is given of its benefit; zero while ring-fenced or without margin.
    public func credit(_ member: Int) -> Ratio {
        guard numbers[member] != nil, fences[member] == nil else { return .zero }
        let product = Int128(pool.beta.billionths) * Int128(weights[member].billionths)
        return Ratio(Int64(product / Int128(Ratio.scale)))
    }

    /// The margin that decides about a member: its share, credited.
    ///
    /// - Parameter grace: the credit by which it is liquidated while that is more than the present one.
    public func margin(_ member: Int, grace: Ratio = .zero) -> PoolMargin {
        guard let number = numbers[member] else { return alone[member] }
        let share = pool.mutualShare(number).share
        return alone[member].credited(
            share, maintenance: min(share.maintenance, pool.maintenanceShare(number, credit: grace)))
    }

    /// What all members have and need together.
    public var together: PoolMargin {
        alone.indices.filter { numbers[$0] != nil }.reduce(PoolMargin.empty) { $0.adding(margin($1)) }
    }

    /// Whether someone has less than its share and the members together would not cover their worst joint scenario.
    public var fails: Bool {
        // SPEED: while everyone has its share the pool test holds by the choice of the credit.
        let isShort = numbers.contains { $0.map { pool.excess($0, .initial) < 0 } ?? false }
        return isShort && pool.poolExcess(.initial).value < 0
    }

    /// What changes when a member of `after` joins who is none of these; nil if it has no margin.
    public func preview(ofJoining member: Int, in after: MutualFigures) -> JoinPreview? {
        after.numbers[member].map { pool.preview(ofJoining: $0, in: after.pool) }
    }

    /// A member's number among those who have margin.
    public func number(_ member: Int) -> Int? { numbers[member] }

    /// What the members have left together in the worst joint scenario, in initial margin.
    public var excess: Value { Value(quanta: pool.poolExcess(.initial).value) }

    /// What those are short of who have less than their shares.
    public var called: Value {
        pool.calls.reduce(.zero) { $0 + $1.shortfall }
    }

    /// The most that a member may take out, in cash: down to where it would be ring-fenced, unless it has what it needs
    /// by itself beyond that.
    ///
    /// - Parameter poolExcess: ``excess``, which is the same for all members.
    public func withdrawable(by member: Int, poolExcess: Value) -> Value {
        guard poolExcess >= .zero, let number = numbers[member] else { return .zero }
        let open = pool.withdrawableWhileWhole(by: number)
        guard fences[member] == nil, let unfenced = pool.leastUnfencedEquity(number) else { return open }
        let (equity, kept) = (alone[member].equity, min(unfenced, alone[member].initial))
        return min(open, equity > kept ? equity - kept : .zero)
    }

    /// What a member lacks of its share or its contribution, or the members of what the pool test asks, whichever is
    /// more; zero if all is there, nil for a member without margin.
    public func lack(of member: Int) -> Value? {
        guard let number = numbers[member] else { return nil }
        let own = pool.mutualShare(number)
        let needed = max(own.share.initial, Value(quanta: pool.members[number].contribution))
        return max(.zero, needed - own.equity, .zero - Value(quanta: pool.poolExcess(.initial).value.roundedDown))
    }

    /// Whether a member has what it needs by itself.
    public func standsAlone(_ member: Int) -> Bool {
        alone[member].status == .margined && alone[member].equity >= alone[member].initial
    }

    /// Whether everyone has its share and the pool test holds.
    public var isWhole: Bool {
        numbers.allSatisfy { $0.map { pool.excess($0, .initial) >= 0 } ?? true } && pool.poolExcess(.initial).value >= 0
    }
}

extension MutualPool {
    /// The maintenance share at another credit, never above the stand-alone requirement.
    func maintenanceShare(_ member: Int, credit: Ratio) -> Value {
        let benefit = members[member].wholeBenefit(components.maintenance[member], .maintenance)
        return Value(quanta: members[member].standAlone.maintenance - (credit.fraction * benefit).roundedDown)
    }
}

extension PoolMargin {
    /// The margin of a member of a mutual pool, from the one that it would have alone.
    func credited(_ share: MutualShare.Levels, maintenance: Value) -> PoolMargin {
        var margin = self
        margin.components = components.credited(
            initial: share.initial - initial, maintenance: maintenance - self.maintenance)
        margin.initial = share.initial
        margin.maintenance = maintenance
        margin.release = share.release
        return margin
    }

    /// The sum of two margins.
    func adding(_ other: PoolMargin) -> PoolMargin {
        var sum = self
        sum.equity = Value(saturating: Int128(equity.quanta) + Int128(other.equity.quanta))
        sum.initial = Value(saturating: Int128(initial.quanta) + Int128(other.initial.quanta))
        sum.maintenance = Value(saturating: Int128(maintenance.quanta) + Int128(other.maintenance.quanta))
        sum.release = Value(saturating: Int128(release.quanta) + Int128(other.release.quanta))
        sum.components = components.adding(other.components)
        return sum
    }
}
