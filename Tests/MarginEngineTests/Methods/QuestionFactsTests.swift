import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

/// What a live question says beside holdings and prices: open orders and open interest.
@Suite struct QuestionFactsTests {
    private static func record(_ batch: EventBatch, _ place: Int) -> EventRecord {
        EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
    }

    /// The oracle adds up every long position at every cut; it does not know methods, so its agreements name none.
    @Test func `open interest is what all who are long have at the last cut`() throws {
        var compared = 0
        var amounts: Set<Double> = []
        for seed in 44...47 as ClosedRange<UInt64> {
            let dydx = MethodStream.batches(seed: seed, method: "dydx-perpetual")
            var (engine, oracle) = (EngineState(parameters: .bootstrap), NaiveExchange())
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                _ = engine.apply(Self.record(dydx[place], place))
                _ = oracle.apply(batch, record: RecordNumber(UInt64(place + 1)))
                for pool in engine.evaluatedPools where engine.methodName(of: pool) == "dydx-perpetual" {
                    for market in engine.question(about: pool)?.underlyings ?? [] {
                        let asset = try #require(engine.assetsBySymbol[market.symbol])
                        let coins = try #require(oracle.market.cuts[asset]).perpetualCoins
                        #expect(market.openInterest == ["\(market.symbol)-PERP": coins], "record \(place + 1)")
                        amounts.insert(coins)
                        compared += 1
                    }
                }
            }
        }
        #expect(compared > 1000 && amounts.count > 3, "\(compared) markets, \(amounts)")
    }

    @Test(arguments: [UInt64(41), 42, 43])
    func `a question with its orders, answered by the default model, is the live margin`(seed: UInt64) throws {
        var engine = EngineState(parameters: .bootstrap)
        var compared = 0
        for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
            _ = engine.apply(Self.record(batch, place))
            guard place % 3 == 0 else { continue }
            for pool in engine.evaluatedPools {
                guard let live = engine.margin(of: pool)?.margin, live.status == .margined,
                    let question = engine.question(about: pool, with: .orders), !question.members[0].orders.isEmpty,
                    question.hasOnePerpetualPrice, question.ordersArePricedAlike, question.isAtPar
                else { continue }
                let answer = try question.answer(under: engine.parameters, symbols: engine.assetsBySymbol)
                let slack = 1e-6 * (100 + engine.lotsHeld + engine.lotsOrdered) + 1e-9 * abs(answer.equity)
                let left = [MarginComponent.liquidity, .concentration].map { live.components[$0].initial }
                let aged = try #require(engine.ageCharge(of: pool))
                let held = live.initial.dollars - (left.reduce(.zero, +) + aged).dollars
                #expect(
                    abs(answer.initialMargin - held) <= 4 * slack + 1e-9 * answer.initialMargin,
                    "pool \(pool) in record \(place + 1): \(answer.initialMargin), live \(held)")
                compared += 1
            }
        }
        #expect(compared > 20, "\(compared) pools had orders")
    }
}

extension EngineState {
    /// Lots of all members' orders together, whatever their sign.
    fileprivate var lotsOrdered: Double {
        allMembers.flatMap { orders(of: $0) }.reduce(0) { $0 + Double($1.remaining.lots.magnitude) }
    }
}

extension MarginCase {
    /// Whether every perpetual that is held or ordered has the one price that a question has for its underlying, and no
    /// order is paid in a coin that may not be worth a dollar.
    fileprivate var ordersArePricedAlike: Bool {
        let ordered = members[0].orders.compactMap { order in
            if case .marked(let terms) = order.leg { terms } else { nil }
        }
        let perpetuals = (members[0].marked + ordered).filter { $0.secondsToExpiry == nil }
        return perpetuals.allSatisfy { terms in
            underlyings.first { $0.symbol == terms.underlying }?.perpetual == terms.mark
        } && ordered.allSatisfy { $0.settlementAsset == nil }
    }
}
