import MarginDomain
import Testing

@testable import MarginModel

/// Orders that rest in the market, by hand: the worked examples of docs/margin-model.md §8 and what follows from the
/// law.
@Suite struct OpenOrderTests {
    /// 1 BTC long at a mark of 60,000, lots of 0.01.
    private struct Position {
        var world = ModelWorld()
        let pool: PoolSlot
        let perpetual: Instrument

        init(lots: Int128 = 100) {
            pool = world.openPool()
            world.index(ModelWorld.btc, 6_000_000)
            perpetual = world.perpetual(1, ModelWorld.btc)
            world.mark(perpetual, 6_000_000)
            world.add(lots, of: perpetual, to: pool)
            world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        }

        mutating func order(_ id: UInt64 = 1, _ lots: Int64, at ticks: Int64) {
            world.book.add(
                RestingOrder(
                    order: OrderID(id), instrument: perpetual.id, price: Price(ticks), remaining: Quantity(lots)),
                to: pool)
        }

        mutating func margin() -> PoolMargin { world.book.margin(of: pool) }
    }

    /// The example of §8: node −4 loses 9,600 and 8,400 on the bid; 18,000 in all.
    @Test func `a bid and an offer count on the sides on which they lose`() {
        var book = Position()
        let without = book.margin()
        book.order(1, -200, at: 6_120_000)
        book.order(2, 100, at: 5_880_000)

        let margin = book.margin()

        #expect(margin.components[.openOrders].initial == Value(8_400_000_000))
        #expect(margin.components[.openOrders].maintenance == .zero)
        #expect(margin.initial == without.initial + Value(8_400_000_000))
        #expect(margin.components[.scan].initial == Value(9_600_000_000))
        #expect((margin.equity, margin.maintenance) == (without.equity, without.maintenance))
        #expect(margin.release == without.release)
        let held = book.world.book.holdings(of: book.pool)
        #expect(book.world.book.bindings(of: book.pool) == book.world.book.bindings(of: held))
    }

    /// Selling what is held at 59,000 can lose 10,600 at +16 % against the 9,600 gained, and nothing at the lows.
    @Test func `an order that only closes costs nothing`() {
        var book = Position()
        book.order(1, -100, at: 6_000_000)

        #expect(book.margin().components[.openOrders].initial == .zero)
    }

    /// A bid of 1 BTC at 61,000 with nothing held: at −16 % it loses 61,000 − 50,400 = 10,600, and at once 1,000.
    @Test func `an order alone is margined like what it may become`() {
        var book = Position(lots: 0)
        book.order(1, 100, at: 6_100_000)
        #expect(book.margin().initial == Value(10_600_000_000))
        #expect(book.margin().maintenance == .zero)

        var filled = book.world.book.holdings(of: book.pool).withoutOrders
        filled.add(NetQuantity(100), of: book.perpetual.id)
        filled.add(Balance(-61_000_000_000), of: ModelWorld.usd.id)
        let after = book.world.book.margin(of: filled)

        // The fill's own scan is 9,600 from its mark, and 1,000 of equity are gone.
        #expect(after.components[.scan].initial - after.equity == Value(10_600_000_000))
    }

    /// An inverse bid of 60,000 contracts at 60,000 takes a coin on and owes 60,000 dollars: −16 % of a coin.
    @Test func `an inverse order brings its entry coin`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc, inverse: true, lot: 0)
        world.mark(perpetual, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        world.book.add(
            RestingOrder(
                order: OrderID(1), instrument: perpetual.id, price: Price(6_000_000), remaining: Quantity(60_000)),
            to: pool)

        #expect(world.book.margin(of: pool).initial == Value(9_600_000_000))
    }

    /// BTC long 1 and an ETH bid of 20 at the mark. A = −9,600 − 10,000; near a common node both fall together,
    /// B = −9,600 − 10,000 at c = −4 (−16 % and −20 %). Scan° = 19,600 with the position's own 9,600.
    @Test func `an order in another underlying joins the scan across underlyings`() {
        var book = Position()
        book.world.index(ModelWorld.eth, 250_000)
        let ether = book.world.perpetual(2, ModelWorld.eth)
        book.world.mark(ether, 250_000)
        book.world.book.refresh(ModelWorld.eth.id, at: ModelWorld.start)
        book.world.book.add(
            RestingOrder(order: OrderID(7), instrument: ether.id, price: Price(250_000), remaining: Quantity(2000)),
            to: book.pool)

        #expect(book.margin().components[.openOrders].initial.isWithin(1, of: 10_000_000_000))
        // The other way round, an offer, the two offset near a common node: A = −19,600, B at c = +3 is −10,000 with
        // BTC at +2 gaining 4,800: scan° = 0.2·19,600 + 0.8·5,200 = 8,080, less than the position alone.
        book.world.book.remove(
            RestingOrder(order: OrderID(7), instrument: ether.id, price: Price(250_000), remaining: Quantity(2000)),
            from: book.pool)
        #expect(book.margin().components[.openOrders].initial == .zero)
        book.world.book.add(
            RestingOrder(order: OrderID(7), instrument: ether.id, price: Price(250_000), remaining: Quantity(-2000)),
            to: book.pool)
        // An order need not fill: at c = −4 the position loses 9,600 and the offer stays. A = −19,600, B = −9,600.
        #expect(book.margin().components[.openOrders].initial.isWithin(1, of: 2_000_000_000))
    }

    @Test func `an order without a price leaves nothing to open, and maintenance margin alone`() {
        var book = Position()
        let without = book.margin()
        let future = book.world.future(2, ModelWorld.btc, days: 30)
        let order = RestingOrder(order: OrderID(1), instrument: future.id, price: Price(1), remaining: Quantity(1))
        book.world.book.add(order, to: book.pool)

        let margin = book.margin()

        #expect(margin.status == .margined)
        #expect(margin.components[.openOrders].initial == Value(1 << 52))
        #expect((margin.maintenance, margin.equity) == (without.maintenance, without.equity))
        book.world.book.remove(order, from: book.pool)
        #expect(book.margin() == without)
    }

    @Test func `an order goes with its instrument`() {
        var book = Position(lots: 0)
        book.order(1, 100, at: 6_100_000)
        book.world.book.retire(book.perpetual.id)

        #expect(book.world.book.holdings(of: book.pool) == PoolHoldings())
        #expect(book.margin() == PoolMargin.empty)
    }

    /// Over all subsets of fills: the margin with orders is the largest of `scan − cash paid` over what may be held.
    @Test(arguments: [UInt64(41), 42, 43])
    func `open orders cost what the worst subset of fills would`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for _ in 0..<12 {
            let held = books.holdings(of: ModelWorld.btc)
            let orders = books.orders(count: 4, of: ModelWorld.btc)
            var ordered = held
            for order in orders { ordered.add(order) }

            let margin = books.world.book.margin(of: ordered)
            let base = books.world.book.margin(of: held)
            var worst = Int64.min
            for subset in 0..<(1 << orders.count) {
                var filled = held
                for (place, order) in orders.enumerated() where subset >> place & 1 == 1 {
                    books.fill(order, in: &filled)
                }
                let after = books.world.book.margin(of: filled)
                // What the fill takes from equity, and what it may lose from there.
                let paid = base.equity.quanta - after.equity.quanta
                worst = max(worst, after.components[.scan].initial.quanta + paid)
            }

            let floor = (base.components[.scan].initial + base.components[.minimumDelta].initial).quanta
            let expected = max(worst, floor) - floor
            // Each coin balance is rounded once a book, and once an order.
            #expect(abs(margin.components[.openOrders].initial.quanta - expected) <= 12)
        }
    }

    @Test(arguments: [UInt64(51), 52])
    func `a live pool with orders and a trial of its holdings agree, and pooling never costs more`(_ seed: UInt64) {
        var books = GeneratedBooks(seed: seed)
        for _ in 0..<25 {
            var parts: [PoolHoldings] = []
            for _ in 0..<2 {
                var held = books.holdings()
                for asset in [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol] {
                    for order in books.orders(count: books.inputs.whole(0...3), of: asset) { held.add(order) }
                }
                parts.append(held)
            }
            var both = parts[0]
            both.add(parts[1])
            let pool = books.world.openPool()
            for position in both.positions { books.world.book.add(position.lots, of: position.instrument, to: pool) }
            for balance in both.balances { books.world.book.add(balance.balance, of: balance.asset, to: pool) }
            for order in both.orders { books.world.book.add(order, to: pool) }

            let live = books.world.book.margin(of: pool)
            let alone = parts.map { books.world.book.margin(of: $0).initial.quanta }

            #expect(books.world.book.holdings(of: pool) == both)
            #expect(live == books.world.book.margin(of: both))
            #expect(live.initial.quanta <= alone[0] + alone[1] + 40)
            for order in both.orders { books.world.book.remove(order, from: pool) }
            #expect(books.world.book.margin(of: pool) == books.world.book.margin(of: both.withoutOrders))
        }
    }
}
