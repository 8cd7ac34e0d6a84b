import MarginDomain
import Testing

@testable import MarginModel

/// What must hold for every book: checked on generated ones.
@Suite struct PoolPropertyTests {
    @Test(arguments: [UInt64(1), 2, 3])
    func `initial margin is at least maintenance margin, and components sum to both`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for _ in 0..<60 {
            let margin = books.world.book.margin(of: books.holdings())
            let parts = margin.components.entries

            #expect(margin.status == .margined)
            #expect(margin.initial >= margin.release)
            #expect(margin.release >= margin.maintenance)
            #expect(parts.reduce(Value.zero) { $0 + $1.initial } == margin.initial)
            #expect(parts.reduce(Value.zero) { $0 + $1.maintenance } == margin.maintenance)
            #expect(parts.allSatisfy { $0.initial >= .zero && $0.maintenance >= .zero })
        }
    }

    /// Each elementary charge is rounded up on its own: a few quanta per expiry and underlying may be lost.
    @Test(arguments: [UInt64(11), 12, 13])
    func `pooling never costs more than standing alone`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for _ in 0..<60 {
            let left = books.holdings()
            let right = books.holdings()
            var both = left
            both.add(right)
            let quanta: Int64 = 40

            let pooled = books.world.book.margin(of: both)
            let alone = [left, right].map { books.world.book.margin(of: $0) }

            #expect(pooled.initial.quanta <= alone[0].initial.quanta + alone[1].initial.quanta + quanta)
            #expect(pooled.maintenance.quanta <= alone[0].maintenance.quanta + alone[1].maintenance.quanta + quanta)
        }
    }

    @Test func `opposite positions cancel to nothing`() {
        var books = GeneratedBooks(seed: 5)
        let held = books.holdings()
        var both = held
        for position in held.positions { both.add(NetQuantity(-position.lots.lots), of: position.instrument) }
        for balance in held.balances { both.add(Balance(-balance.balance.units), of: balance.asset) }

        #expect(both == PoolHoldings())
        #expect(books.world.book.margin(of: both).initial == .zero)
    }

    @Test func `margin scales with the book`() {
        var books = GeneratedBooks(seed: 6)
        for _ in 0..<20 {
            let held = books.holdings(withBalances: false)
            var triple = held
            triple.add(held)
            triple.add(held)

            let one = books.world.book.margin(of: held)
            let three = books.world.book.margin(of: triple)

            #expect(abs(three.initial.quanta - 3 * one.initial.quanta) <= 120)
            #expect(abs(three.equity.quanta - 3 * one.equity.quanta) <= 0)
        }
    }

    @Test(arguments: [UInt64(21), 22])
    func `a live pool, the batch and a trial of its holdings agree after every change`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        let pools = (0..<12).map { _ in books.world.openPool() }
        for round in 0..<60 {
            let pool = pools[books.inputs.whole(0...11)]
            let added = books.holdings()
            for position in added.positions { books.world.book.add(position.lots, of: position.instrument, to: pool) }
            for balance in added.balances { books.world.book.add(balance.balance, of: balance.asset, to: pool) }
            if round % 3 == 0 {
                for position in books.world.book.holdings(of: pool).positions.prefix(2) {
                    books.world.book.add(NetQuantity(-position.lots.lots), of: position.instrument, to: pool)
                }
            }
            let underlying = [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol][round % 3]
            if round % 5 == 0 { books.move(underlying) }

            var batch: [(PoolSlot, PoolMargin)] = []
            books.world.book.evaluate(exposedTo: underlying.id) { batch.append(($0, $1)) }

            #expect(batch.map(\.0) == books.world.book.pools(exposedTo: underlying.id))
            for (slot, margin) in batch {
                #expect(margin == books.world.book.margin(of: books.world.book.holdings(of: slot)))
                #expect(margin == books.world.book.margin(of: slot))
            }
            for slot in pools {
                #expect(
                    books.world.book.margin(of: slot)
                        == books.world.book.margin(of: books.world.book.holdings(of: slot)))
            }
        }
    }
}
