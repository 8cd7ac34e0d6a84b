import MarginDomain
import MarginModel
import Testing

/// Searches along a line of trades or deposits, against trying every count.
@Suite struct MarginLineTests {
    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func `the largest trade is where trying lot by lot ends`(_ seed: UInt64) throws {
        var books = GeneratedBooks(seed: seed)
        var outcomes: Set<String> = []
        for round in 0..<30 {
            let instrument = books.instrument()
            let side = round % 2 == 0 ? TradeSide.buy : .sell
            let line = ChangeLine.trade(instrument, side, price: books.price(near: instrument))
            let holdings = try Self.funded(&books, toward: line)
            var search = try #require(try MarginLine(line, from: holdings, in: books.world.book))

            let found = search.largest(upTo: Self.most)

            let expected = try Self.largest(line, holdings, books.world.book)
            #expect(found == expected, "seed \(seed), round \(round): \(line)")
            outcomes.insert(expected == 0 ? "none" : expected == Self.most ? "all" : "some")
        }
        #expect(outcomes.contains("some"))
    }

    @Test func `the least trade that meets initial margin is where trying lot by lot ends`() throws {
        var books = GeneratedBooks(seed: 11)
        var cured = 0
        for round in 0..<120 {
            let instrument = books.instrument()
            let line = ChangeLine.trade(
                instrument, round % 2 == 0 ? .buy : .sell, price: books.price(near: instrument))
            let holdings = try Self.funded(&books, toward: line, -0.5...0)
            var search = try #require(try MarginLine(line, from: holdings, in: books.world.book))
            guard search.start.initial < .zero else { continue }

            let found = try search.least(upTo: Self.most)

            let expected = try (1...Self.most).first { count in
                guard let excess = try Self.excess(line, count, holdings, books.world.book) else { return false }
                return excess.initial >= .zero
            }
            #expect(found == expected, "round \(round)")
            if expected != nil { cured += 1 }
        }
        #expect(cured > 10)
    }

    @Test func `the least deposit of an asset suffices and one unit less does not`() throws {
        var books = GeneratedBooks(seed: 21)
        var found = 0
        for _ in 0..<40 {
            var holdings = books.holdings(withBalances: false)
            holdings.add(Balance(Int128(-books.inputs.whole(0...900_000_000))), of: ModelWorld.usd.id)
            for asset in [ModelWorld.usd, ModelWorld.usdc, ModelWorld.gold, ModelWorld.btc, ModelWorld.eth] {
                var line = try #require(try MarginLine(.deposit(asset.id), from: holdings, in: books.world.book))
                guard line.start.initial < .zero else { continue }
                let units = try line.least(upTo: .max) ?? 0
                let (enough, less) = (try line.excess(at: units), try line.excess(at: units - 1))

                #expect(try #require(enough).initial >= .zero, "\(asset.symbol)")
                #expect(try #require(less).initial < .zero, "\(asset.symbol)")
                found += 1
            }
        }
        #expect(found > 100)
    }

    @Test func `a variation of lots and balances is the margin of the changed holdings`() {
        var books = GeneratedBooks(seed: 31)
        let holdings = books.holdings()
        var variations = Variations(of: holdings, in: books.world.book)
        for _ in 0..<60 {
            let change = books.holdings()
            var changed = holdings
            changed.add(change)

            #expect(variations.margin(adding: change) == books.world.book.margin(of: changed))
            #expect(variations.margin(adding: PoolHoldings()) == books.world.book.margin(of: holdings))
        }
    }

    /// The minimum delta binds, and what the contracts are long overtakes what they are short and the coin that is owed.
    @Test func `coin that is owed leaves one stretch of trades that fit`() throws {
        var world = ModelWorld(ModelWorld.parameters([ModelWorld.entry("minimumDeltaGross", 0.3)]))
        world.index(ModelWorld.btc, 6_000_000)
        let perpetual = world.perpetual(1, ModelWorld.btc)
        let future = world.future(2, ModelWorld.btc, days: 45)
        world.mark(perpetual, 6_000_000)
        world.mark(future, 6_000_000)
        world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        var holdings = PoolHoldings()
        holdings.add(NetQuantity(-100), of: perpetual.id)
        holdings.add(Balance(-100_000_000), of: ModelWorld.btc.id)
        let line = ChangeLine.trade(future, .buy, price: Price(6_000_000))
        for cash in stride(from: 100_000 as Int64, through: 140_000, by: 1_000) {
            var funded = holdings
            funded.add(Balance(Int128(cash) * 1_000_000), of: ModelWorld.usd.id)
            var search = try #require(try MarginLine(line, from: funded, in: world.book))

            let found = search.largest(upTo: Self.most)
            #expect(try found == Self.largest(line, funded, world.book), "cash \(cash)")
        }
    }

    /// Counts that are tried.
    private static let most: Int64 = 300

    /// Holdings whose cash makes the question interesting: margin for a part of the line, or a little too little.
    private static func funded(
        _ books: inout GeneratedBooks, toward line: ChangeLine, _ share: ClosedRange<Double> = -0.5...1
    ) throws -> PoolHoldings {
        var holdings = books.holdings()
        let now = try #require(MarginExcess(books.world.book.margin(of: holdings)))
        let end = try #require(try excess(line, most, holdings, books.world.book))
        let span = max(abs(end.initial.quanta - now.initial.quanta), 1_000_000)
        let wanted = Int64(books.inputs.number(in: share) * Double(span))
        holdings.add(Balance(Int128(wanted - now.initial.quanta)), of: ModelWorld.usd.id)
        return holdings
    }

    private static func excess(
        _ line: ChangeLine, _ count: Int64, _ holdings: PoolHoldings, _ book: MarginBook
    ) throws -> MarginExcess? {
        var changed = holdings
        changed.add(try #require(line.change(count)))
        return MarginExcess(book.margin(of: changed))
    }

    private static func largest(_ line: ChangeLine, _ holdings: PoolHoldings, _ book: MarginBook) throws -> Int64 {
        let start = try #require(MarginExcess(book.margin(of: holdings)))
        for count in 1...most {
            guard let excess = try excess(line, count, holdings, book), excess.isAllowed(after: start) else {
                return count - 1
            }
        }
        return most
    }
}
