import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// What an agreement holds of a contribution after its member has left.
@Suite struct MutualContributionTests {
    /// Account 1 has 12,000 and needs 9,960: a hold of 11,000 binds where initial margin does not.
    private func afterLeaving() throws -> MutualMarket {
        var pools = try MutualMarket()
        pools.join(1, 11_000, 0)
        pools.leave(1)
        pools.pass(MutualMarket.day)
        #expect(pools.explanation(MutualMarket.pool)?.stakes.isEmpty == true, "it has left")
        return pools
    }

    @Test func `a checked withdrawal leaves what is held, for as long as was agreed`() throws {
        var pools = try afterLeaving()

        let most = try pools.market.check(withdrawing: 1_000_000_000)
        #expect(most.accepted, "and it is reserved")
        let more = try pools.market.check(withdrawing: 1_000_000)
        #expect(!more.accepted && more.shortfall == dollars(1))
        pools.pass(.seconds(11))
        let large = try pools.market.check(withdrawing: 1_500_000_000)
        #expect(!large.accepted && large.shortfall == dollars(500))
        pools.pass(.seconds(86_388))
        let still = try pools.market.check(withdrawing: 1_500_000_000)
        #expect(!still.accepted)
        pools.pass(.seconds(2))
        let free = try pools.market.check(withdrawing: 1_500_000_000, seconds: 0)
        #expect(free.accepted)
        let tooMuch = try pools.market.check(withdrawing: 2_100_000_000)
        #expect(!tooMuch.accepted && tooMuch.shortfall == dollars(60), "initial margin still counts")
    }

    @Test func `held money is contributed to no other pool`() throws {
        var pools = try afterLeaving()

        let held = pools.join(1, 1_001, 0, pool: PoolID(501))
        #expect(held.refusals == [.mutual(.contributionHeld(dollars(11_000)))])
        let free = pools.join(1, 1_000, 0, pool: PoolID(501))
        #expect(free.refusals.isEmpty)
        let raised = pools.join(1, 1_001, 0, pool: PoolID(501))
        #expect(raised.refusals == [.mutual(.contributionHeld(dollars(11_000)))])
        pools.pass(MutualMarket.day)
        let later = pools.join(1, 1_001, 0, pool: PoolID(501))
        #expect(later.refusals.isEmpty)
    }

    @Test func `what is held stays beside what is contributed to another pool`() throws {
        var pools = try afterLeaving()
        let joined = pools.join(1, 1_000, 0, pool: PoolID(501))
        #expect(joined.refusals.isEmpty)
        pools.market.deposit(1, 200)

        let both = try pools.market.check(withdrawing: 201_000_000, seconds: 0)
        #expect(!both.accepted && both.shortfall == dollars(1), "11,000 held and 1,000 contributed of 12,200")
        let rest = try pools.market.check(withdrawing: 200_000_000, seconds: 0)
        #expect(rest.accepted)
        #expect(pools.explanation(MutualMarket.long)?.stakes.first?.withdrawable == dollars(200))
    }

    @Test func `own pools have no agreement, and members of pools under a method cannot join`() throws {
        var pools = try MutualMarket()
        var own = MutualMarket.terms()
        own.agreement = .ownPool
        let span = Symbol(ascii: "span")

        for agreement in [own, PoolAgreement(oneOwner: .ownPool, version: ParameterVersion(1), model: span)] {
            let refused = pools.market.send(.poolAgreement([agreement]))
            #expect(refused.refusals == [.identifierTaken])
        }
        pools.market.send(
            .poolAgreement([PoolAgreement(oneOwner: AgreementID(6), version: ParameterVersion(1), model: span)]))
        pools.join(1, 0, 0, pool: PoolID(600), agreement: AgreementID(6))
        let join = pools.join(1, 3_000, 0)
        #expect(join.refusals == [.mutual(.method)])
    }

    /// 38 dollars are left together; a range wider by a fiftieth leaves 82 too few.
    @Test func `a preview of parameters calls by the pool test as it would be`() throws {
        var pools = try MutualMarket(MutualMarket.terms(betaMax: 100_000_000, ramp: .zero))
        pools.join(1, 1_000, 1_000)
        pools.join(3, 598, 0)
        pools.withdraw(1, dollars: 2_600)
        #expect(pools.state(MutualMarket.long) == .restricted)
        func range(_ status: ParameterStatus) -> RiskParameters {
            RiskParameters(
                version: ParameterVersion(2), status: status, key: Symbol("range") ?? .empty, asset: SmallMarket.btc,
                index: 0, value: Ratio(162_000_000), last: true)
        }
        pools.market.send(.riskParameters([range(.proposed)]))

        guard
            case .previewAnswer(let preview)? = pools.market.ask(
                .previewQuery(PreviewQuery(version: ParameterVersion(2))))
        else {
            Issue.record("no preview")
            return
        }
        pools.market.send(.riskParameters([range(.effective)]))

        #expect(pools.explanation(MutualMarket.pool)?.stakes.first?.poolExcess == dollars(-82))
        #expect(pools.state(MutualMarket.long) == .marginCall)
        #expect(preview.changes.first { $0.pool == MutualMarket.long }?.stateAfter == .marginCall)
    }
}
