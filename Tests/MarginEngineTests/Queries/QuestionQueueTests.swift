import MarginDomain
import MarginModel
import Testing

@testable import MarginEngine

/// Long questions share the engine's turns by the work that they take, not by their number.
@Suite struct QuestionQueueTests {
    @Test func `a cheap question behind expensive ones is answered in a few turns, and each has its answer`() throws {
        var queue = QuestionQueue()
        var expensive = try Self.market()
        let levels = Query.liquidationLevelsQuery(
            LiquidationLevelsQuery(pool: SmallMarket.pool, version: ParameterVersion(0)))
        for number in 1...6 as ClosedRange<UInt64> { try Self.ask(levels, number, &expensive, &queue) }
        var turns = 0
        while turns < 5 {
            let replies = queue.advance().replies
            #expect(replies.isEmpty)
            turns += 1
        }
        let cheap = Query.largestQuery(
            LargestQuery(pool: SmallMarket.pool, instrument: SmallMarket.perpetual, side: Quantity(1), price: .zero))
        try Self.ask(cheap, 7, &expensive, &queue)

        var answered: [UInt64: Int] = [:]
        while !queue.isEmpty {
            for reply in queue.advance().replies {
                answered[reply.number] = turns
                let query = reply.number == 7 ? cheap : levels
                let expected = expensive.ask(query)
                #expect(reply.answers.first == expected)
                guard case .queryDone? = reply.answers.last else {
                    Issue.record("reply \(reply.number) has no end")
                    continue
                }
            }
            turns += 1
        }
        let (first, last) = (try #require(answered[7]), try #require(answered.values.max()))
        #expect(answered.count == 7 && first < 15 && last > first * 3, "turns \(answered)")
    }

    @Test func `a turn does its work and no more than one evaluation beyond, with any number of questions`() throws {
        for count in [1, 5, QuestionQueue.countMax] {
            var queue = QuestionQueue()
            var pools = try MutualMarket()
            pools.joinBoth()
            pools.withdraw(3, dollars: 3_600)
            pools.market.publish(index: 63_000)
            let place = try #require(pools.market.engine.poolPlaces[MutualMarket.short])
            let most = try #require(pools.market.engine.asked(place)).work
            for number in 1...UInt64(count) {
                try Self.ask(.curesQuery(CuresQuery(pool: MutualMarket.short)), number, &pools.market, &queue)
            }
            var (turns, replies) = (0, 0)
            while !queue.isEmpty {
                let (found, work) = queue.advance()
                #expect(work < QuestionQueue.workPerTurn + most)
                replies += found.count
                turns += 1
            }
            #expect(replies == count && turns > count, "\(count) questions in \(turns) turns")
        }
    }

    @Test func `what nobody waits for any more is dropped without an answer`() throws {
        var queue = QuestionQueue()
        var market = try Self.market()
        let levels = Query.liquidationLevelsQuery(
            LiquidationLevelsQuery(pool: SmallMarket.pool, version: ParameterVersion(0)))
        for number in [1, 2] as [UInt64] { try Self.ask(levels, number, &market, &queue) }
        let early = queue.advance().replies
        #expect(early.isEmpty)
        queue.forget(1)
        var answered: [UInt64] = []
        while !queue.isEmpty { answered += queue.advance().replies.map(\.number) }

        #expect(answered == [2])
        let idle = queue.advance().work
        #expect(idle == 0)
    }

    @Test func `a question that is refused at once never waits`() throws {
        var market = try Self.market()
        let query = Query.curesQuery(CuresQuery(pool: PoolID(99)))
        guard case .elsewhere = market.engine.begin(query) else {
            Issue.record("an unknown pool is nobody's here")
            return
        }
        let wrong = LargestQuery(
            pool: SmallMarket.pool, instrument: SmallMarket.perpetual, side: .zero, price: .zero)
        guard case .refused(let error) = market.engine.begin(.largestQuery(wrong)) else {
            Issue.record("a side that is none is refused")
            return
        }
        #expect(error.field == Symbol(ascii: "side"))
        let answer = market.ask(.largestQuery(wrong))
        #expect(answer == .queryError(error))
    }

    /// A pool with options, whose levels take some thousand cuts.
    private static func market() throws -> SmallMarket {
        var market = try SmallMarket()
        market.deposit(1, 60_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(-20, of: SmallMarket.farCall, at: Price(60_000))
        market.trade(-20, of: SmallMarket.farPut, at: Price(60_000))
        return market
    }

    private static func ask(
        _ query: Query, _ number: UInt64, _ market: inout SmallMarket, _ queue: inout QuestionQueue
    ) throws {
        #expect(!queue.isFull)
        let question = try #require(try market.engine.longQuestion(query))
        queue.add(question, for: number)
    }
}
