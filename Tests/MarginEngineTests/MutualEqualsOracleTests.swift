import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Mutual pools on generated streams: signals, margins, states, shares and stakes equal those of the obvious
/// implementation, which tries every set of members, after every record.
@Suite struct MutualEqualsOracleTests {
    /// One stream in four has mutual pools.
    @Test func `members of mutual pools fold alike after every record, and everything about them happens`() {
        var seen = Seen()
        for seed in stride(from: 1 as UInt64, through: 61, by: 4) {
            var folds = TwoFolds()
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let difference = folds.fold(batch, as: place + 1) ?? Self.difference(folds, &seen)
                if let difference {
                    Issue.record("seed \(seed), size small, record \(place + 1): \(difference)")
                    return
                }
            }
            seen.end(folds.oracle)
        }

        #expect(seen.evaluations > 500, "\(seen)")
        #expect(seen.largest >= 3 && seen.credited > 100 && seen.bound > 20, "\(seen)")
        #expect(seen.fenced > 20 && seen.failed > 3 && seen.notices > 3 && seen.exits > 2, "\(seen)")
        #expect(seen.causes == ["own", "others", "market", "parameters"], "\(seen)")
        #expect(seen.owners > 1 && seen.heldUp > 0 && seen.uncovered > 2 && seen.dependences > 30, "\(seen)")
    }

    @Test func `a long stream with mutual pools over four underlyings folds alike after every record`() {
        var seen = Seen()
        var folds = TwoFolds()
        for (place, batch) in GeneratedStream(seed: 1966, size: .mutual).batches.enumerated() {
            let difference = folds.fold(batch, as: place + 1) ?? Self.difference(folds, &seen)
            if let difference {
                Issue.record("seed 1966, size mutual, record \(place + 1): \(difference)")
                return
            }
        }

        #expect(seen.evaluations > 100 && seen.largest >= 3 && seen.credited > 20, "\(seen)")
        #expect(folds.components.contains(.credit))
    }

    /// What happened to mutual pools.
    private struct Seen {
        var evaluations = 0
        /// Members of the largest pool.
        var largest = 0
        /// Pools with credit; and those whose credit is less than the agreement allows.
        var credited = 0
        var bound = 0
        var fenced = 0
        var failed = 0
        var notices = 0
        var exits = 0
        var causes: Set<String> = []
        /// Most owners in one pool.
        var owners = 0
        /// Joins refused for money that an agreement still held, and for want of cover.
        var heldUp = 0
        var uncovered = 0
        /// Members without whom a pool of several was computed.
        var dependences = 0
        private var members: [PoolID: Set<Member>] = [:]

        mutating func note(_ id: PoolID, _ group: NaiveMutualGroup, _ pool: NaiveMutualPool, owners: Int) {
            evaluations += 1
            largest = max(largest, pool.counted.count)
            if pool.counted.count > 1, pool.beta > 0 { credited += 1 }
            if pool.counted.count > 1, pool.beta < 500_000_000 { bound += 1 }
            if !pool.fenced.isEmpty { fenced += 1 }
            if group.fails { failed += 1 }
            notices += group.stakes.values.count { $0.leaves != nil } > 0 ? 1 : 0
            for stake in group.stakes.values { causes.formUnion(stake.causes.filter { $0.value != 0 }.keys) }
            let present = Set(group.stakes.keys)
            exits += members[id, default: []].subtracting(present).count
            members[id] = present
            self.owners = max(self.owners, owners)
        }

        mutating func end(_ oracle: NaiveExchange) {
            members = [:]
            heldUp += oracle.joinsHeldUp
            uncovered += oracle.joinsUncovered
        }
    }

    /// Compares the mutual pools that the record evaluated.
    private static func difference(_ folds: TwoFolds, _ seen: inout Seen) -> String? {
        let evaluated = Set(folds.oracle.evaluated)
        for (id, group) in folds.oracle.mutuals.sorted(by: { $0.key < $1.key }) {
            guard let pool = group.pool,
                group.stakes.keys.contains(where: { evaluated.contains(folds.oracle.memberships[$0] ?? PoolID(0)) })
            else { continue }
            seen.note(
                id, group, pool,
                owners: Set(group.stakes.keys.compactMap { folds.oracle.accounts[$0.account]?.owner }).count)
            guard let explanation = explanation(of: id, folds.engine) else { return "mutual pool \(id) says nothing" }
            if explanation.members != pool.shares {
                return "shares of \(id)\nengine: \(explanation.members)\noracle: \(pool.shares)"
            }
            for stake in explanation.stakes {
                let member = Member(stake.account, isolated: stake.instrument)
                guard let expected = group.stakes[member] else { return "member \(member) of \(id) is one side's only" }
                let isEqual =
                    stake.beta.billionths == pool.beta && stake.credit.billionths == expected.credit
                    && Double(stake.poolExcess.quanta) == pool.excess && stake.leaves == (expected.leaves ?? .zero)
                    && (stake.ringFence != .none) == pool.fenced.contains(member)
                    && stake.own.quanta == expected.causes["own", default: 0]
                    && stake.others.quanta == expected.causes["others", default: 0]
                    && stake.market.quanta == expected.causes["market", default: 0]
                    && stake.parameters.quanta == expected.causes["parameters", default: 0]
                if !isEqual { return "stake of \(member) in \(id)\nengine: \(stake)\noracle: \(expected) \(pool.beta)" }
            }
            // Of the oracle it takes every set of members once more for each member.
            if seen.evaluations.isMultiple(of: 6), let difference = prospectDifference(id, folds, &seen) {
                return difference
            }
        }
        return nil
    }

    /// Compares what the pool would be without each of its members, and what each must have locked.
    private static func prospectDifference(_ id: PoolID, _ folds: TwoFolds, _ seen: inout Seen) -> String? {
        var engine = folds.engine
        let query = MutualQuery(
            pool: id, account: AccountID(0), instrument: .none, agreement: .ownPool, contribution: .zero, pledge: .zero)
        guard case .mutualAnswer(let answer)? = engine.answer(.mutualQuery(query)).first else {
            return "mutual pool \(id) does not answer"
        }
        let expected = folds.oracle.dependence(in: id)
        if Set(answer.members.map { Member($0.account, isolated: $0.instrument) }) != Set(expected.keys) {
            return "members of \(id): \(answer.members)"
        }
        for found in answer.members {
            guard let wanted = expected[Member(found.account, isolated: found.instrument)] else { continue }
            let isEqual =
                Int128(found.contributionNeeded.quanta) == wanted.needed ?? Int128(Int64.max)
                && Double(found.excessWithout.quanta) == wanted.excessWithout
                && found.betaWithout.billionths == wanted.betaWithout
                && Double(found.calledWithout.quanta) == wanted.calledWithout && found.canLeave == wanted.canLeave
            if !isEqual { return "prospect in \(id)\nengine: \(found)\noracle: \(wanted)" }
            if answer.members.count > 1 { seen.dependences += 1 }
        }
        return nil
    }

    private static func explanation(of pool: PoolID, _ engine: EngineState) -> Explanation? {
        // A question changes nothing here; it is asked of a copy.
        var engine = engine
        let answers = engine.answer(
            .explainQuery(ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0))))
        guard case .explanation(let explanation)? = answers.first else { return nil }
        return explanation
    }
}
