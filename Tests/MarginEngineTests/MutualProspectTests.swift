import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// How a mutual pool stands, and what a newcomer would change, asked of live state.
@Suite struct MutualProspectTests {
    /// The example of docs/margin-model.md §12: the short one is credited 2,988, the long one nothing.
    @Test func `a newcomer sees what everyone would have, and then it is so`() throws {
        var pools = try MutualMarket()
        pools.join(1, 3_000, 3_000)

        let preview = try #require(pools.prospects(account: 3, 2_988, 1_012))

        #expect(preview.admitted && preview.reason.isEmpty)
        #expect(preview.requirementBefore == dollars(15_936) && preview.requirementAfter == dollars(15_936))
        #expect(preview.requirementGrown == dollars(12_948) && preview.betaGrown == Ratio(500_000_000))
        #expect(preview.excessBefore == dollars(2_040) && preview.excessAfter == dollars(6_040))
        let newcomer = try #require(preview.members.last)
        #expect(newcomer.memberPool == MutualMarket.short && newcomer.pledge == dollars(4_000))
        #expect(newcomer.shareBefore == dollars(5_976) && newcomer.shareAfter == dollars(5_976))
        #expect(newcomer.shareGrown == dollars(2_988) && newcomer.saving == dollars(2_988))
        #expect(preview.members.map(\.contributionNeeded) == [dollars(4_980), dollars(2_988)])
        #expect(preview.members.map(\.excessWithout) == [dollars(3_024), dollars(2_040)])
        #expect(preview.members.allSatisfy { $0.canLeave && $0.calledWithout == .zero })
        #expect(pools.explanation(MutualMarket.pool)?.stakes.count == 1, "asking changes nothing")

        pools.join(3, 2_988, 1_012)
        #expect(pools.margin(MutualMarket.pool)?.initial == preview.requirementAfter)
        pools.pass(MutualMarket.day)
        #expect(pools.margin(MutualMarket.pool)?.initial == preview.requirementGrown)
        let later = try #require(pools.prospects())
        #expect(later.requirementBefore == dollars(12_948) && later.stress == dollars(2_988))
        #expect(later.funds == dollars(2_988), "and that covers it")
    }

    @Test func `a newcomer that would be refused is told why, with the figures all the same`() throws {
        var pools = try MutualMarket()
        pools.join(1, 3_000, 3_000)

        let preview = try #require(pools.prospects(account: 3, 2_000, 2_000))

        #expect(!preview.admitted)
        #expect(preview.reason == "mutual pool: a contribution of 2988000000 quanta is needed")
        #expect(preview.members.count == 2 && preview.members.last?.shareGrown == dollars(2_988))
        pools.withdraw(3, dollars: 3_024)
        let poor = try #require(pools.prospects(account: 3, 2_988, 0))
        #expect(!poor.admitted && poor.reason.contains("is not positive"))
    }

    @Test func `a pool that is not there yet needs an agreement, and what is no mutual pool is refused`() throws {
        var pools = try MutualMarket()

        let first = try #require(pools.prospects(account: 1, 3_000, 0, agreement: MutualMarket.agreement))
        #expect(first.admitted && first.betaBefore == .zero && first.members.count == 1)
        #expect(first.requirementAfter == dollars(9_960) && first.members.first?.saving == .zero)
        for (query, fault, field) in [
            (MutualMarket.query(account: 1, 3_000, 0), QueryFault.outOfRange, "agreement"),
            (MutualMarket.query(pool: MutualMarket.long), .notAvailable, "pool"),
            (MutualMarket.query(account: 1, instrument: SmallMarket.perpetual, 0, 0), .unknownAccount, "instrument"),
        ] {
            let error = try pools.market.fault(.mutualQuery(query))
            #expect(error.fault == fault && "\(error.field)" == field)
        }
    }

    /// What is asked right before each join of generated streams is what the join then makes, refusals included.
    @Test func `previews of generated joins come true`() throws {
        var (admitted, refused) = (0, Set<String>())
        for seed in stride(from: 1 as UInt64, through: 21, by: 4) {
            var engine = EngineState(parameters: .bootstrap)
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                let preview = batch.header.sendingTime == engine.now ? Self.preview(of: batch, &engine) : nil
                let effects = engine.apply(record)
                guard let preview else { continue }
                #expect(preview.admitted == effects.refusals.isEmpty, "seed \(seed), record \(place + 1)")
                #expect(preview.reason == effects.refusals.first.map { "\($0)" } ?? "")
                if !preview.admitted {
                    refused.insert(String(preview.reason.filter { !$0.isNumber }))
                    continue
                }
                admitted += 1
                let answer = MutualMarket.answer(MutualMarket.query(pool: preview.pool), &engine)
                let after = try #require(answer)
                #expect(after.members.map(\.shareBefore) == preview.members.map(\.shareAfter))
                #expect(after.members.map(\.excessWithout) == preview.members.map(\.excessWithout))
                #expect(after.betaBefore == preview.betaAfter && after.excessBefore == preview.excessAfter)
            }
        }
        #expect(admitted > 5 && refused.count > 3, "\(admitted) admitted, refused: \(refused)")
    }

    private static func preview(of batch: EventBatch, _ engine: inout EngineState) -> MutualAnswer? {
        guard case .poolMembership(let entries) = batch.events, let entry = entries.first, entry.action == .join,
            entries.count == 1
        else { return nil }
        return MutualMarket.answer(
            MutualQuery(
                pool: entry.pool, account: entry.account, instrument: entry.instrument, agreement: entry.agreement,
                contribution: entry.contribution, pledge: entry.pledge), &engine)
    }

}

extension MutualMarket {
    static func query(
        pool: PoolID = pool, account: UInt64 = 0, instrument: InstrumentID = .none, _ contribution: Int64 = 0,
        _ lien: Int64 = 0, agreement: AgreementID = .ownPool
    ) -> MutualQuery {
        MutualQuery(
            pool: pool, account: AccountID(account), instrument: instrument, agreement: agreement,
            contribution: dollars(contribution), pledge: dollars(lien))
    }

    static func answer(_ query: MutualQuery, _ engine: inout EngineState) -> MutualAnswer? {
        guard case .mutualAnswer(let answer)? = engine.answer(.mutualQuery(query)).first else { return nil }
        return answer
    }

    func prospects(
        account: UInt64 = 0, _ contribution: Int64 = 0, _ lien: Int64 = 0, agreement: AgreementID = .ownPool
    ) -> MutualAnswer? {
        // A question changes nothing here; it is asked of a copy.
        var engine = market.engine
        return Self.answer(Self.query(account: account, contribution, lien, agreement: agreement), &engine)
    }
}
