public import MarginDomain

/// What a pool would be without one of its members.
public struct MutualDependence: Equatable, Sendable {
    /// The others' pool excess with their own equities; negative = the pool could not stand.
    public let excessWithout: Value
    /// The others' credit.
    public let betaWithout: Ratio
    /// What the others would be called for, by member; zero for the member itself.
    public let calledWithout: [Value]

    /// Whether the pool could stand without the member. Reported always, enforced on exit and withdrawal.
    public var standsWithout: Bool { excessWithout >= .zero }
}

/// Whether a member can leave a pool.
public struct MutualExit: Equatable, Sendable {
    /// What the leaver lacks of its own stand-alone initial margin.
    public let leaverShortfall: Value
    /// The pool that it leaves behind.
    public let rest: MutualDependence

    /// Whether the leaver stands alone, the others pass the pool test, and none of them is short of its new share.
    public var isReady: Bool {
        leaverShortfall == .zero && rest.standsWithout && rest.calledWithout.allSatisfy { $0 == .zero }
    }
}

extension MutualPool {
    /// What the pool would be without a member.
    public func dependence(on member: Int) -> MutualDependence {
        let rest = without(member)
        let others = members.indices.filter { $0 != member }
        var called = [Value](repeating: .zero, count: members.count)
        for (place, other) in others.enumerated() {
            called[other] = Value(quanta: max(0, -rest.excess(place, .initial)))
        }
        return MutualDependence(
            excessWithout: Value(quanta: rest.poolExcess(.initial).value), betaWithout: rest.beta,
            calledWithout: called)
    }

    /// Whether a member can leave; what it pledged stays locked until then.
    public func exit(of member: Int) -> MutualExit {
        let leaver = members[member]
        return MutualExit(
            leaverShortfall: Value(quanta: max(0, leaver.standAlone.initial - leaver.equity)),
            rest: dependence(on: member))
    }

    /// The most that a member may take out, at least zero: it keeps its share and its contribution, and the pool test
    /// holds with everyone's own equity. Gains that others rely on are locked by that.
    public func withdrawable(by member: Int) -> Value { Value(quanta: free(member).roundedDown) }

    /// The same for whoever knows that the pool excess is not negative.
    func withdrawableWhileWhole(by member: Int) -> Value { Value(quanta: freeWhileWhole(member).roundedDown) }

    func free(_ member: Int) -> Double { poolExcess(.initial).value >= 0 ? freeWhileWhole(member) : 0 }

    private func freeWhileWhole(_ member: Int) -> Double {
        let own = members[member]
        let kept = max(share(member, .initial), own.contribution)
        // The pool loses what is withdrawn wherever the member counts in full; without a bound to its pledge it does.
        var question = question(.initial)
        question.pledges[member] = 0x1p1000
        return max(0, min(own.equity - kept, PledgedExcess(question).value))
    }

    /// Whether a member can leave: see ``MutualExit``.
    func canLeave(_ member: Int) -> Bool {
        let rest = without(member)
        return members[member].equity >= members[member].standAlone.initial && rest.poolExcess(.initial).value >= 0
            && rest.members.indices.allSatisfy { rest.excess($0, .initial) >= 0 }
    }
}
