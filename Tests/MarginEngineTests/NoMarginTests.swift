import MarginDomain
import MarginMethods
import MarginModel
import Testing

@testable import MarginEngine

/// Why a pool has no margin leaves the engine with every signal, state and explanation, and with what is refused.
@Suite struct NoMarginTests {
    @Test func `a pool that waits for a mark says so in its signal, its state, its explanation and its refusals`()
        throws
    {
        var market = try SmallMarket()
        let future = InstrumentID(77)
        market.send(
            .instrumentListed([
                InstrumentListed(
                    instrument: future, symbol: Symbol("BTC-FUT") ?? .empty, kind: .linearFuture, optionType: .none,
                    underlying: SmallMarket.btc, settlementAsset: SmallMarket.usd, priceExponent: Exponent(-2),
                    quantityExponent: Exponent(-3), strike: .zero, expiry: SmallMarket.expiry)
            ]))
        market.deposit(1, 1_000_000)

        let effects = market.trade(1, of: future, at: Price(6_000_000))

        let signal = try #require(effects.signals.first { $0.pool == SmallMarket.pool })
        #expect(signal.kind == .quarantined)
        #expect(signal.noMargin == NoMargin(.noRow, instrument: future))
        let state = try #require(effects.poolStates.first { $0.pool == SmallMarket.pool })
        #expect(state.noMargin == signal.noMargin)

        // The next cut makes its row, and what is missing then is the mark: news without a signal.
        let later = market.send(
            .indexPrice([
                IndexPrice(
                    underlying: SmallMarket.btc, price: Price(6_000_100), confidence: Ratio(Ratio.scale),
                    publishTime: market.time)
            ]))
        #expect(later.signals.isEmpty)
        let states = later.poolStates + market.engine.publishOwed(atMost: 10).poolStates
        #expect(states.first { $0.pool == SmallMarket.pool }?.reason == .noMark)
        guard
            case .explanation(let explanation)? = market.ask(
                .explainQuery(
                    ExplainQuery(pool: SmallMarket.pool, record: .start, version: ParameterVersion(0)))),
            case .queryError(let error)? = market.ask(.curesQuery(CuresQuery(pool: SmallMarket.pool)))
        else {
            Issue.record("not the answers that were asked for")
            return
        }
        #expect(explanation.noMargin == NoMargin(.noMark, instrument: future))
        #expect(explanation.methodFault.isEmpty)
        #expect(error.fault == .unpriceable)
        #expect(error.explanation == "no mark of BTC-FUT; publish MarkPrice")

        let cured = market.send(
            .markPrice([MarkPrice(instrument: future, price: Price(6_000_000), publishTime: market.time)]))
        #expect(cured.signals.first { $0.pool == SmallMarket.pool }?.noMargin == NoMargin.none)
    }

    @Test(arguments: MethodStream.changes.keys.sorted())
    func `what a method refuses is a pool's reason, with the asset that the method names`(method: String) throws {
        let type = try #require(MethodRegistry.method(named: method))
        let model = try type.init(.empty)
        var reasons: Set<NoMarginReason> = []
        var engine = EngineState(parameters: .bootstrap)
        for (place, batch) in MethodStream.batches(seed: 44, method: method, changing: []).enumerated() {
            let number = RecordNumber(UInt64(place + 1))
            let effects = engine.apply(EventRecord(number: number, epoch: Epoch(1), batch: batch))
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                guard let live = engine.margin(of: pool)?.margin,
                    case .quarantined(.methodRefused(let refusal, let asset)) = live.status,
                    let question = engine.question(about: pool)
                else { continue }
                do throws(MethodFault) {
                    _ = try model.answer(question)
                    Issue.record("the method has an answer for pool \(pool)")
                } catch {
                    let isAlike =
                        switch (error, refusal) {
                        case (.unsupported, .withoutRule), (.missing, .lacksInput), (.badNumber, .badNumber),
                            (.overflow, .overflow), (.shortHistory, .shortHistory):
                            true
                        default: false
                        }
                    #expect(isAlike, "\(error) is not \(refusal)")
                    #expect(error.symbol.flatMap { engine.book.asset(called: $0) } == asset)
                    #expect((asset == nil) == (error.symbol == nil))
                    reasons.insert(live.status.noMargin.reason)
                }
                guard let signal = effects.signals.first(where: { $0.pool == pool }) else { continue }
                #expect(signal.noMargin == live.status.noMargin)
            }
        }
        // The streams have inverse contracts, for which these have no rule.
        if ["derive-portfolio", "derive-standard", "dydx-perpetual", "span"].contains(method) {
            #expect(reasons.contains(.methodWithoutRule), "\(reasons)")
        }
    }
}
