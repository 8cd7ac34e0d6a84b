import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Volatilities that come a few at a time, before their forward, at too many strikes or of expiries that are over: the
/// same in both folds.
@Suite struct SparseSurfaceTests {
    private static let btc = GeneratedStream(seed: 3, size: .small).batches
    private static let underlying = AssetID(10)

    private struct Exchange {
        var folds = TwoFolds()
        private var record = 0
        private var time: Timestamp
        /// Of which nothing is listed.
        let expiry: Timestamp

        init() {
            for batch in SparseSurfaceTests.btc {
                record += 1
                #expect(folds.fold(batch, as: record) == nil)
            }
            time = folds.engine.now + .seconds(10)
            expiry = time + .seconds(3600)
        }

        /// The reasons for which entries of a record were refused.
        mutating func send(_ events: EventGroup, after seconds: Int32 = 2) -> [String] {
            let before = folds.merge.refusals
            time = time + .seconds(seconds)
            record += 1
            let header = BatchHeader(
                source: SourceID(77), epoch: Epoch(1), firstSequence: SequenceNumber(UInt64(1_000_000 * record)),
                sendingTime: time)
            #expect(folds.fold(EventBatch(header: header, events: events), as: record) == nil)
            return folds.merge.refusals.filter { before[$0.key, default: 0] < $0.value }.keys.sorted()
        }

        mutating func volatilities(_ volatilities: [Double], last: Bool = true) -> EventGroup {
            .volatilityPoint(
                volatilities.enumerated().map { place, volatility in
                    VolatilityPoint(
                        underlying: SparseSurfaceTests.underlying, expiry: expiry,
                        strike: Price(Int64(5_000_000 + 1000 * place)), volatility: Volatility(Int64(volatility * 1e9)),
                        last: last && place == volatilities.count - 1, publishTime: time)
                })
        }

        func forward(publishTime: Timestamp? = nil) -> EventGroup {
            .forwardPoint([
                ForwardPoint(
                    underlying: SparseSurfaceTests.underlying, expiry: expiry, forward: Price(5_001_000),
                    settledForward: .zero, publishTime: publishTime ?? time)
            ])
        }

        var strikes: Int {
            folds.oracle.inputs[SparseSurfaceTests.underlying]?.volatilities[expiry, default: [:]].count ?? 0
        }
    }

    @Test func `volatilities that came before their forward are looked at with it`() {
        var exchange = Exchange()

        #expect(exchange.send(exchange.volatilities([0.6, 5, 0.6])) == [])
        #expect(exchange.strikes == 3, "nothing could be compared")
        let refused = exchange.send(exchange.forward())

        #expect(refused.count == 1 && refused[0].contains("volatilities: "), "\(refused)")
        #expect(exchange.strikes == 0)
    }

    @Test func `those of them on which nothing can be earned stay`() {
        var exchange = Exchange()

        #expect(exchange.send(exchange.volatilities([0.6, 0.6, 0.6])) == [])
        #expect(exchange.send(exchange.forward()) == [])

        #expect(exchange.strikes == 3)
    }

    @Test func `an expiry has volatilities at so many strikes and no more`() {
        var exchange = Exchange()
        let count = EngineLimits.volatilityStrikesMax
        _ = exchange.send(exchange.forward())

        let refused = exchange.send(exchange.volatilities([Double](repeating: 0.6, count: count + 1), last: false))
        #expect(refused.count == 1 && refused[0].contains("at 512 strikes already"), "\(refused)")
        #expect(exchange.send(exchange.volatilities([0.6])) == [], "a strike that waits may be said again")
        #expect(exchange.strikes == count)
        #expect(exchange.send(exchange.volatilities([Double](repeating: 0.6, count: count))) == [])
    }

    @Test func `what was published of an expiry that is over is forgotten with the next surface`() {
        var exchange = Exchange()
        _ = exchange.send(exchange.forward())
        _ = exchange.send(exchange.volatilities([0.6, 0.6]))
        let published = exchange.folds.engine.now
        let earlier = Timestamp(published.nanoseconds - 5_000_000_000)

        let superseded = exchange.send(exchange.forward(publishTime: earlier), after: 3601)
        #expect(superseded.count == 1, "\(superseded)")
        #expect(exchange.strikes == 2)
        _ = exchange.send(exchange.volatilities([0.6]))

        #expect(exchange.strikes == 0)
        #expect(exchange.send(exchange.forward(publishTime: earlier)) == [])
    }

    @Test func `no more volatilities wait than may, but one that ends the surface`() {
        var engine = EngineState(parameters: .bootstrap)
        var refused = 0
        func send(_ events: EventGroup, as number: UInt64) -> RecordEffects {
            let header = BatchHeader(
                source: SourceID(77), epoch: Epoch(1), firstSequence: SequenceNumber(number), sendingTime: Timestamp(0))
            return engine.apply(
                EventRecord(
                    number: RecordNumber(number), epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
        }
        for (number, batch) in zip(1..., Self.btc.prefix(1)) { _ = send(batch.events, as: UInt64(number)) }
        let limit = EngineLimits.waitingVolatilitiesMax
        let points = (0...limit + 1).map { place in
            VolatilityPoint(
                underlying: Self.underlying, expiry: Timestamp(Int64(1 + place / 500)), strike: Price(Int64(1 + place)),
                volatility: Volatility(600_000_000), last: place == limit + 1, publishTime: Timestamp(0))
        }

        for refusal in send(.volatilityPoint(points), as: 2).refusals {
            #expect(refusal == .tooManyWaiting(Self.underlying))
            refused += 1
        }

        #expect(refused == 1, "the first beyond the limit; the last one ends the surface")
    }
}
