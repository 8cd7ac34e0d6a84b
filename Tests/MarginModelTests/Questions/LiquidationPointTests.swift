import MarginDomain
import Testing

@testable import MarginModel

@Suite struct LiquidationPointTests {
    /// One bitcoin long with 10,000 dollars: `10,000 + S − 60,000 < (0.8·0.16 + 0.005 + 0.001)·S` below 57,736.7205….
    @Test func `a long perpetual is liquidated where the formula says, to the tick, and never by a rise`() throws {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(100), of: perpetual.id)
        holdings.add(Balance(-50_000_000_000), of: ModelWorld.usd.id)

        let points = world.book.liquidationPoints(of: holdings)

        #expect(points.map(\.price) == [Price(5_773_672)])
        #expect(points.map(\.factor) == [.spot])
        #expect(points.map(\.move.billionths) == [-37_721_333])
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `at each point the whole book says liquidation, and a tick before it does not`(_ seed: UInt64) throws {
        var books = GeneratedBooks(seed: seed)
        var found: [LiquidationPoint.Factor: Int] = [:]
        for _ in 0..<8 {
            var holdings = books.holdings(withBalances: false)
            let start = try #require(MarginExcess(books.world.book.margin(of: holdings)))
            let room = Int64(books.inputs.number(in: 1e8...2e10))
            holdings.add(Balance(Int128(room - start.maintenance.quanta)), of: ModelWorld.usd.id)
            for point in books.world.book.liquidationPoints(of: holdings) {
                found[point.factor, default: 0] += 1
                let toward: Int64 = point.move > .zero ? -1 : 1
                #expect(try Self.excess(holdings, books.world.book, at: point, 0) < .zero)
                #expect(try Self.excess(holdings, books.world.book, at: point, toward) >= .zero)
            }
        }
        #expect(found[.spot, default: 0] > 3)
    }

    @Test func `a search in single cuts finds what a search at once does`() {
        var books = GeneratedBooks(seed: 2)
        var count = 0
        for _ in 0..<4 {
            var holdings = books.holdings(withBalances: false)
            holdings.add(Balance(20_000_000_000), of: ModelWorld.usd.id)
            let (book, held) = (books.world.book, holdings)
            var search = LiquidationSearch(of: held, in: book, costing: 1) { $0.margin(of: held) }
            while !search.isFinished { search.advance(cuts: 1) }

            #expect(search.points == book.liquidationPoints(of: held))
            count += search.points.count
        }
        #expect(count > 0)
    }

    @Test func `a book reduced to what holdings need gives the same margin, half steps or not`() {
        var books = GeneratedBooks(seed: 7)
        for _ in 0..<20 {
            let holdings = books.holdings()
            let small = books.world.book.reduced(to: holdings)

            #expect(small.margin(of: holdings) == books.world.book.margin(of: holdings))
        }
    }

    @Test func `a book reduced to what holdings need says the same open interest to a method`() throws {
        var world = ModelWorld()
        world.index(ModelWorld.btc, 6_000_000)
        let held = world.perpetual(1, ModelWorld.btc)
        let other = world.perpetual(2, ModelWorld.btc)
        for perpetual in [held, other] { world.mark(perpetual, 6_000_000) }
        world.book.addOpenLots(70_000, of: held.id)
        world.book.addOpenLots(5_000, of: other.id)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(3), of: held.id)

        let whole = try #require(world.book.question(about: holdings, with: .openInterest))
        let small = try #require(world.book.reduced(to: holdings).question(about: holdings, with: .openInterest))

        #expect(whole.underlyings.flatMap(\.openInterest.values).contains { $0 > 0 })
        #expect(small == whole)
    }

    @Test func `a pool that is liquidated already has no such point`() {
        var books = GeneratedBooks(seed: 8)
        var holdings = books.holdings(withBalances: false)
        holdings.add(Balance(-1_000_000_000_000), of: ModelWorld.usd.id)

        #expect(books.world.book.liquidationPoints(of: holdings).isEmpty)
    }

    /// The excess over maintenance margin in the whole book, so many steps from a point.
    private static func excess(
        _ holdings: PoolHoldings, _ book: MarginBook, at point: LiquidationPoint, _ steps: Int64
    ) throws -> Value {
        var moved = book
        let cut = try #require(book.lastCut(of: point.underlying))
        moved.withMarket(of: point.underlying) { market in
            switch point.factor {
            case .spot: market = market.moved(to: Price(point.price.ticks + steps))
            case .volatility:
                market = market.scalingVolatilities(byMillionths: 1_000_000 + point.move.billionths / 1_000 + steps)
            }
        }
        moved.refresh(point.underlying, at: cut)
        return try #require(MarginExcess(moved.margin(of: holdings))).maintenance
    }
}
