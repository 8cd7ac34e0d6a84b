import MarginDomain
import MarginEngine
import MarginTestKit
import Testing

/// Ledger entries of a size that no account can hold: refused by name, by both folds, and nothing stops.
@Suite struct AbsurdEntriesTests {
    private struct Exchange {
        var folds = TwoFolds()
        private var record = 0

        init() {
            for batch in GeneratedStream(seed: 3, size: .small).batches {
                record += 1
                #expect(folds.fold(batch, as: record) == nil)
            }
        }

        /// The reasons for which entries of a record were refused.
        mutating func send(_ events: EventGroup) -> Set<String> {
            let before = folds.merge.refusals
            record += 1
            let header = BatchHeader(
                source: SourceID(30), epoch: Epoch(1), firstSequence: SequenceNumber(1_000_000),
                sendingTime: folds.engine.now)
            #expect(folds.fold(EventBatch(header: header, events: events), as: record) == nil)
            return Set(folds.merge.refusals.filter { before[$0.key, default: 0] < $0.value }.keys)
        }
    }

    @Test func `trades and transfers of more than a ledger holds are refused`() {
        var exchange = Exchange()
        let accounts = exchange.folds.oracle.accounts.keys.sorted()
        for instrument in exchange.folds.oracle.market.instruments.values.sorted(by: { $0.id < $1.id }) {
            for (quantity, price) in [(Int64.max, Int64.max), (.max, 1), (1, .max), (1 << 40, 1 << 40)] {
                let expected = instrument.cost(of: Quantity(quantity), at: Price(price)) == nil
                var copy = exchange
                let trade = copy.send(
                    .trade([
                        Trade(
                            trade: TradeID(1_000_000), instrument: instrument.id, price: Price(price),
                            quantity: Quantity(quantity), buyer: accounts[0], buyerMode: .cross,
                            buyerOrder: OrderID(0), buyerFee: .zero, seller: accounts[1], sellerMode: .cross,
                            sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                            refersTo: TradeID(0), tradeTime: exchange.folds.engine.now)
                    ]))
                #expect(trade.contains { $0.contains("price") } == expected, "\(instrument) \(quantity) \(price)")
                copy = exchange
                let transfer = copy.send(
                    .positionTransfer([
                        PositionTransfer(
                            reference: Reference(1), fromAccount: accounts[0], fromMode: .cross,
                            toAccount: accounts[1], toMode: .cross, instrument: instrument.id,
                            quantity: Quantity(-quantity), price: Price(price))
                    ]))
                #expect(transfer.contains { $0.contains("price") } == expected)
            }
        }
        // A later record is as good as ever.
        #expect(exchange.send(.clock([Clock(time: exchange.folds.engine.now)])).isEmpty)
    }

    @Test func `settlements that nobody could be paid are refused, and leave everything as it was`() {
        let exchange = Exchange()
        let dated = exchange.folds.oracle.market.instruments.values.filter { $0.expiry != nil }
        var refused = 0
        for instrument in dated.sorted(by: { $0.id < $1.id }) {
            for price in [1 << 62, 1 << 50] as [Int64] {
                var copy = exchange
                let found = copy.send(
                    .settlement([
                        Settlement(
                            instrument: instrument.id, price: Price(price), settlementTime: exchange.folds.engine.now)
                    ]))
                refused += found.contains { $0.contains("price") } ? 1 : 0
            }
        }
        #expect(refused > 0)
    }
}
