import MarginDomain
import MarginWire
import Testing
import ZeroMQ

@testable import MarginExchange

@Suite struct PublisherTests {
    private static func brief() throws -> SyntheticExchange {
        try smallExchange(accountCount: 60, duration: .seconds(1))
    }

    @Test func `a subscriber gets the whole stream, and it is the exchange's`() async throws {
        var expected = try Self.brief()
        var wanted = expected.open()
        while !expected.isOver { wanted += expected.step() }
        let count = wanted.count

        let received = try await withPublisher(of: try Self.brief()) { publisher, context in
            let listener = try Listener(.sub, to: publisher.eventsEndpoint, in: context)
            return try await listener.batches(count)
        }

        #expect(received == wanted.map(\.batch))
    }

    @Test func `who missed something asks for it`() async throws {
        var encoder = SBEEncoder()
        let request = BusSnapshotRequest(request: RequestID(5), source: SourceID(1))
        try encoder.encode(RecoveryMessage.busSnapshotRequest(request))
        let question = encoder.frame

        let answer = try await withPublisher(of: try Self.brief(), waitsForSubscriber: false) { publisher, context in
            let asker = try Listener(.dealer, to: publisher.recoveryEndpoint, in: context)
            var answer: [[UInt8]] = []
            // The stream may not have begun when the first question arrives; then it is asked again.
            while answer.count < 2 {
                try await asker.send([[], question])
                answer = []
                var topic: [UInt8] = [1]
                while !topic.isEmpty {
                    let frames = try await asker.next()
                    try #require(frames.count == 2)
                    topic = frames[0]
                    answer.append(frames[1])
                }
            }
            return answer
        }

        let messages = try answer.map { try SBEDecoder.decode($0.span.bytes) }
        #expect(messages.first?.kind == .assetListed)
        #expect(messages.contains { $0.kind == .instrumentListed } && messages.contains { $0.kind == .accountOpened })
        guard case .recovery(.busRecoveryDone(let done)) = messages.last else {
            Issue.record("the end of an answer is BusRecoveryDone")
            return
        }
        #expect(done.request == RequestID(5) && done.source == SourceID(1) && done.complete)
    }

    @Test func `what is not a request is counted`() async throws {
        let counters = try await withPublisher(of: try Self.brief(), waitsForSubscriber: false) { publisher, context in
            let asker = try Listener(.dealer, to: publisher.recoveryEndpoint, in: context)
            try await asker.send([[], [1, 2, 3]])
            var counters = await publisher.counters
            for _ in 0..<5_000 where counters.refusedRequests == 0 { counters = await publisher.counters }
            return counters
        }

        #expect(counters.refusedRequests == 1 && counters.recoveries == 0)
    }

    @Test func `a newcomer hears of every source`() async throws {
        let heard = try await withPublisher(of: try Self.brief(), waitsForSubscriber: false) { publisher, context in
            let listener = try Listener(.sub, to: publisher.eventsEndpoint, topic: "ctl.", in: context)
            return try await listener.batches(10) { $0.events.kind == .sourceHeartbeat }
        }

        #expect(Set(heard.map(\.header.source)).contains(SourceID(1)))
    }

    @Test func `a bot's order is on the bus`() async throws {
        let exchange = try Self.brief()
        let account = try #require(exchange.books.accounts.first { $0.shape == .directional && !$0.legs.isEmpty })
        let leg = account.legs[0]
        let order = LiquidationOrder(
            pool: account.ownPool, plan: PlanID(77), account: account.account, instrument: leg.instrument,
            quantity: Quantity(-leg.lots.signum()), worstPrice: .zero)

        let (fill, batch) = try await withPublisher(of: exchange) { publisher, context in
            let listener = try Listener(.sub, to: publisher.eventsEndpoint, topic: "tr.", in: context)
            _ = try await listener.batches(1)
            let fill = await publisher.desk.execute(order)
            let found = try await listener.batches(1) { batch in
                guard case .trade(let trades) = batch.events else { return false }
                return trades.contains { $0.plan == PlanID(77) }
            }
            return (fill, found[0])
        }

        guard case .trade(let trades) = batch.events, let trade = trades.first else {
            Issue.record("not a trade")
            return
        }
        #expect(fill == .filled(quantity: order.quantity, price: trade.price, time: batch.header.sendingTime))
    }
}
