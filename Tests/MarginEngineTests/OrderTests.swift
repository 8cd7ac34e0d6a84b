import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Orders at the edges that generated streams do not reach, on the exchange that a small stream leaves behind.
@Suite struct OrderTests {
    private struct Exchange {
        var folds = TwoFolds()
        private var record = 0
        let account: AccountID
        let instrument: InstrumentID

        init() throws {
            for batch in GeneratedStream(seed: 3, size: .small).batches {
                record += 1
                let difference = folds.fold(batch, as: record)
                #expect(difference == nil)
            }
            let busy = Set(folds.oracle.holdings.filter { !$0.value.orders.isEmpty }.map(\.key.account))
            account = try #require(folds.oracle.accounts.keys.filter { !busy.contains($0) }.min())
            instrument = try #require(
                folds.oracle.market.instruments.values.filter { $0.expiry == nil }.map(\.id).min())
        }

        mutating func send(_ entries: [OrderUpdate]) {
            record += 1
            let header = BatchHeader(
                source: SourceID(30), epoch: Epoch(1), firstSequence: SequenceNumber(1_000_000),
                sendingTime: folds.engine.now)
            let difference = folds.fold(EventBatch(header: header, events: .orderUpdate(entries)), as: record)
            #expect(difference == nil)
        }

        func order(_ id: UInt64, _ lots: Int64, _ action: OrderAction = .open) -> OrderUpdate {
            OrderUpdate(
                action: action, order: OrderID(id), account: account, mode: .cross, instrument: instrument,
                price: Price(1_000_000), remaining: Quantity(lots), updateTime: folds.engine.now)
        }

        var orders: [OrderID] { folds.engine.orders(of: Member(account)).map(\.order) }
    }

    @Test func `a member has so many orders and no more, and changing one of them stays possible`() throws {
        var exchange = try Exchange()
        let limit = UInt64(EngineLimits.ordersPerMemberMax)

        exchange.send((1...limit).map { exchange.order($0, 1) })
        exchange.send([exchange.order(limit + 1, 1), exchange.order(5, 7)])

        #expect(exchange.orders == (1...limit).map { OrderID($0) })
        #expect(exchange.folds.merge.refusals["account \(exchange.account) has \(limit) open orders already"] == 1)
        exchange.send([exchange.order(5, 0, .fill), exchange.order(limit + 1, 1)])
        #expect(exchange.orders.last == OrderID(limit + 1))
        #expect(!exchange.orders.contains(OrderID(5)))
    }

    @Test func `a refused update leaves the order as it was, and one that is unknown goes unnoticed`() throws {
        var exchange = try Exchange()
        exchange.send([exchange.order(1, 3)])
        let before = exchange.folds.engine.orders(of: Member(exchange.account))

        exchange.send([
            exchange.order(1, EngineLimits.positionLotsMax + 1, .amend), exchange.order(0, 1),
            exchange.order(9, 0, .fill), exchange.order(8, 5, .cancel),
        ])

        #expect(exchange.folds.engine.orders(of: Member(exchange.account)) == before)
        exchange.send([exchange.order(1, 3, .cancel)])
        #expect(exchange.orders.isEmpty)
    }
}
