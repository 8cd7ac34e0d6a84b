import MarginDomain
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// Long questions are answered about the record at which they were asked, however their work is cut and whatever happens
/// meanwhile.
@Suite struct LongQuestionTests {
    @Test(arguments: [1, 700, 9_000])
    func `a member's answers are those given at once, though prices and holdings go on`(work: Int) throws {
        var pools = try MutualMarket()
        pools.joinBoth()
        pools.pass(MutualMarket.day)
        pools.withdraw(3, dollars: 3_600)
        pools.market.publish(index: 63_000)
        let steps = try Self.expectSame(
            [MutualMarket.long, MutualMarket.short], of: SmallMarket.perpetual, &pools.market, work: work
        ) { market, turn in
            market.publish(index: 60_000 + Double(turn % 50) * 100)
            if turn % 4 == 0 { market.deposit(3, 1_000) }
        }
        #expect(work > 1 || steps > 100, "\(steps) steps")
    }

    @Test(arguments: [1, 20_000])
    func `answers about a pool under the default model are those given at once, though it trades meanwhile`(
        work: Int
    ) throws {
        var market = try SmallMarket()
        market.deposit(1, 15_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.trade(-50, of: SmallMarket.farPut, at: Price(60_000))
        market.publish(index: 57_000)
        let steps = try Self.expectSame([SmallMarket.pool], of: SmallMarket.call, &market, work: work) { market, turn in
            market.trade(turn % 2 == 0 ? 3 : -3, of: SmallMarket.call, at: Price(200_000))
            market.publish(index: 57_000 - Double(turn % 9) * 50)
        }
        #expect(work > 1 || steps > 100, "\(steps) steps")
    }

    @Test(arguments: ["deribit-portfolio", "okx-range", "span"])
    func `answers about pools under methods are those given at once`(method: String) throws {
        var engine = EngineState(parameters: .bootstrap)
        var (asked, cut) = (0, 0)
        var pending: [(question: LongQuestion, expected: Answer)] = []
        for (place, batch) in MethodStream.askable(seed: 44, method: method).enumerated() {
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            for number in pending.indices where pending[number].question.answer == nil {
                _ = pending[number].question.advance(work: 30_000)
                cut += 1
            }
            for (question, expected) in pending where question.answer != nil {
                #expect(question.answer == expected)
                asked += 1
            }
            pending.removeAll { $0.question.answer != nil }
            guard place % 100 == 0, let instrument = engine.book.anyInstrument else { continue }
            for pool in engine.evaluatedPools.filter({ engine.methodName(of: $0) == method }).prefix(3) {
                var drained = engine
                guard MethodStream.drain(pool, of: &drained, lacking: 0.2) else { continue }
                for query in Self.questions(about: pool, instrument) {
                    guard let expected = drained.answer(query).first, let question = try drained.longQuestion(query)
                    else { continue }
                    pending.append((question, expected))
                }
            }
        }
        #expect(asked > 3 && cut > asked * 2, "\(asked) questions in \(cut) parts")
    }

    private static func questions(about pool: PoolID, _ instrument: InstrumentID) -> [Query] {
        [1, -1].map {
            .largestQuery(LargestQuery(pool: pool, instrument: instrument, side: Quantity($0), price: .zero))
        }
            + [
                .curesQuery(CuresQuery(pool: pool)),
                .liquidationLevelsQuery(LiquidationLevelsQuery(pool: pool, version: ParameterVersion(0))),
            ]
    }

    /// Asks everything, and again in parts with events between them.
    ///
    /// - Returns: how many parts there were.
    private static func expectSame(
        _ pools: [PoolID], of instrument: InstrumentID, _ market: inout SmallMarket, work: Int,
        _ disturb: (inout SmallMarket, Int) -> Void
    ) throws -> Int {
        var parts = 0
        for pool in pools {
            for query in questions(about: pool, instrument) {
                var market = market
                let expected = market.ask(query)
                var question = try #require(try market.engine.longQuestion(query))
                while question.answer == nil {
                    let done = question.advance(work: work)
                    #expect(done > 0 || question.answer != nil)
                    if parts % 16 == 0 { disturb(&market, parts / 16) }
                    parts += 1
                }
                #expect(question.answer == expected)
            }
        }
        return parts
    }
}

extension MarginBook {
    /// The lowest instrument that has a price.
    fileprivate var anyInstrument: InstrumentID? {
        (1...200).lazy.map { InstrumentID(UInt32($0)) }.first { isPriced($0) }
    }
}
