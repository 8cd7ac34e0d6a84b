import MarginDomain
import Testing

@testable import MarginModel

/// What must hold for every book: checked on generated ones.
@Suite struct PoolPropertyTests {
    private static let batches = 1...4 as ClosedRange<UInt64>
    private static let booksPerBatch = GeneratedBooksCount.value / 4 + 1

    @Test(arguments: batches)
    func `initial margin is at least maintenance margin, and components sum to both`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for round in 0..<Self.booksPerBatch {
            let margin = books.world.book.margin(of: books.holdings())
            let parts = margin.components.entries
            let isRight =
                margin.status == .margined && margin.initial >= margin.release && margin.release >= margin.maintenance
                && parts.reduce(Value.zero) { $0 + $1.initial } == margin.initial
                && parts.reduce(Value.zero) { $0 + $1.maintenance } == margin.maintenance
                && parts.allSatisfy { $0.initial >= .zero && $0.maintenance >= .zero }
            #expect(isRight, "round \(round): \(margin)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    @Test(arguments: batches)
    func `pooling never costs more than standing alone`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: 10 + seed)
        for round in 0..<Self.booksPerBatch {
            let left = books.holdings()
            let right = books.holdings()
            var both = left
            both.add(right)
            let quanta = books.rounding(of: both)

            let pooled = books.world.book.margin(of: both)
            let alone = [left, right].map { books.world.book.margin(of: $0) }
            let isRight =
                pooled.initial.quanta <= alone[0].initial.quanta + alone[1].initial.quanta + quanta
                && pooled.maintenance.quanta <= alone[0].maintenance.quanta + alone[1].maintenance.quanta + quanta
            #expect(isRight, "round \(round)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    @Test(arguments: batches)
    func `the order in which positions and money come does not matter, and cash adds exactly what it is`(
        _ seed: UInt64
    ) {
        var books = GeneratedBooks(seed: 20 + seed)
        for round in 0..<Self.booksPerBatch {
            let held = books.holdings()
            let margin = books.world.book.margin(of: held)
            let pool = books.world.openPool()
            for balance in held.balances { books.world.book.add(balance.balance, of: balance.asset, to: pool) }
            // Odd ones first, from the end, and in two parts.
            for position
                in (held.positions.enumerated().sorted { ($0.offset % 2, $0.offset) > ($1.offset % 2, $1.offset) })
            {
                let part = position.element.lots.lots / 3
                for lots in [part, position.element.lots.lots - part] {
                    books.world.book.add(NetQuantity(lots), of: position.element.instrument, to: pool)
                }
            }
            let isSame = books.world.book.margin(of: pool) == margin
            let cash = Int64(books.inputs.whole(-1_000_000_000...1_000_000_000))
            books.world.add(Int128(cash), of: ModelWorld.usd, to: pool)
            let richer = books.world.book.margin(of: pool)
            let isExact =
                richer.equity == margin.equity + Value(cash) && richer.initial == margin.initial
                && richer.maintenance == margin.maintenance && richer.components == margin.components
            #expect(isSame && isExact, "round \(round)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    /// On the segment between `n` times one book and `n` times another, at a whole book `a·left + b·right`, `a + b = n`.
    @Test(arguments: batches)
    func `excess is concave along segments between books`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: 30 + seed)
        for round in 0..<Self.booksPerBatch {
            let (left, right) = (books.holdings(), books.holdings())
            let (a, b) = (books.inputs.whole(1...3), books.inputs.whole(1...3))
            let ends = [left.times(a + b), right.times(a + b)].compactMap {
                MarginExcess(books.world.book.margin(of: $0))
            }
            var between = left.times(a)
            between.add(right.times(b))
            let middle = MarginExcess(books.world.book.margin(of: between))
            guard ends.count == 2, let middle else {
                Issue.record("round \(round) has no margin")
                continue
            }
            func chord(_ excess: KeyPath<MarginExcess, Value>) -> Double {
                let (first, second) = (ends[0][keyPath: excess].quanta, ends[1][keyPath: excess].quanta)
                return (Double(a) * Double(first) + Double(b) * Double(second)) / Double(a + b)
            }
            let rounding = Double(books.rounding(of: between))
            let isConcave =
                Double(middle.initial.quanta) >= chord(\.initial) - rounding
                && Double(middle.maintenance.quanta) >= chord(\.maintenance) - rounding
            #expect(isConcave, "round \(round)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
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

extension PoolHoldings {
    /// The same so many times.
    func times(_ count: Int) -> PoolHoldings {
        (0..<count).reduce(into: PoolHoldings()) { sum, _ in sum.add(self) }
    }
}
