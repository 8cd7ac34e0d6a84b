public import MarginDomain

/// Why a member gets no credit and may only reduce.
public enum RingFence: Hashable, Sendable {
    /// Its stand-alone maintenance margin takes up too much of its equity.
    case utilisation
    /// Too much of the pool's worst loss is its own.
    case concentration
}

extension MutualPool {
    /// Whether the terms ring-fence a member, by its own figures.
    ///
    /// Utilisation comes before concentration. With `n` members someone always bears an `n`-th of the tail, so
    /// concentration begins at `max(ringFenceTail, 2/n)`: nobody is too large in a pool of two.
    public func ringFence(_ member: Int) -> RingFence? {
        let (equity, alone) = (members[member].equity, members[member].standAlone.maintenance)
        if alone > terms.ringFenceUtilisation.fraction * max(0, equity) { return .utilisation }
        let limit = max(terms.ringFenceTail.fraction, 2 / Double(members.count))
        return tailPart(member) > limit ? .concentration : nil
    }

    /// The least equity at which a member is not ring-fenced for its own maintenance margin; nil if it has none.
    func leastUnfencedEquity(_ member: Int) -> Value? {
        let alone = members[member].standAlone.maintenance
        let limit = terms.ringFenceUtilisation.fraction
        guard alone > 0 else { return nil }
        // The quotient may round to either side of what the comparison says.
        let least = (alone / limit).rounded(.up)
        return Value(quanta: [least - 1, least].first { alone <= limit * $0 } ?? least + 1)
    }

    /// The part of the losses in the pool's worst scenarios that is a member's, among those who lose in them.
    public func tailShare(_ member: Int) -> Ratio { Ratio(nearestBillionths: tailPart(member)) }

    private func tailPart(_ member: Int) -> Double {
        let whole = averages.reduce(0) { $0 + max(0, $1) }
        return whole > 0 ? max(0, averages[member]) / whole : 0
    }

    /// Whether a change leaves a member's excess no lower, in initial and in maintenance margin, by its own figures:
    /// what a ring-fenced or restricted member may still do.
    public func isReducing(_ member: Int, to after: MutualPool) -> Bool {
        [RequirementLevel.initial, .maintenance].allSatisfy { level in
            let (before, after) = (members[member], after.members[member])
            return after.equity - after.standAlone[level] >= before.equity - before.standAlone[level]
        }
    }
}
