import MarginDomain
import Testing

@testable import MarginModel

/// The identities of docs/margin-model.md §1 with everything that initial margin has besides positions: open orders, prices
/// in doubt, two prices, funding, and the size of the owner where the identity is true of it (§8, *Where the law ends*).
@Suite struct WholePropertyTests {
    private static let batches = 1...4 as ClosedRange<UInt64>
    private static let booksPerBatch = GeneratedBooksCount.value / 4 + 1
    private static let underlyings = [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol]
    private static let besides: [MarginComponent] = [
        .openOrders, .oracleUncertainty, .twoPrice, .funding, .liquidity, .concentration,
    ]

    /// How owners' sizes are charged.
    private enum Sizes {
        case none
        /// Rates reach their caps with ordinary books.
        case capped
        /// They rise with every lot, whatever is held.
        case rising
    }

    /// A market in which every charge is made.
    private static func books(_ seed: UInt64, _ sizes: Sizes) -> GeneratedBooks {
        var books = GeneratedBooks(seed: seed)
        var entries = [ModelWorld.entry("fundingCap", 0.0075)]
        if sizes != .none {
            let slope = sizes == .capped ? 0.02 : 0.000_01
            entries += [
                ModelWorld.entry("liquiditySlope", slope), ModelWorld.entry("liquidityCap", 0.9),
                ModelWorld.entry("concentrationFree", 0.1), ModelWorld.entry("concentrationFloor", 200_000),
                ModelWorld.entry("concentrationSlope", slope), ModelWorld.entry("concentrationCap", 0.9),
            ]
        }
        books.world.book = books.world.book.book(under: ModelWorld.parameters(entries))
        for (number, asset) in underlyings.enumerated() {
            let rates: [Int64] = [300_000, -200_000]
            for (rate, perpetual) in zip(rates, books.perpetuals(of: asset)) {
                books.world.book.apply(
                    FundingRate(instrument: perpetual.id, rate: Rate(rate), publishTime: ModelWorld.start))
            }
            books.world.book.apply(
                Depth(
                    underlying: asset.id, bid: Value(30_000_000_000), ask: Value(30_000_000_000),
                    publishTime: ModelWorld.start))
            // A jump of a twentieth, in doubt for the first of them: the slow price stays behind.
            let ticks = books.world.book.market(of: asset.id)?.index?.price.ticks ?? 0
            books.world.book.apply(
                IndexPrice(
                    underlying: asset.id, price: Price(ticks + ticks / 20),
                    confidence: Ratio(number == 0 ? 400_000_000 : 1_000_000_000), publishTime: ModelWorld.start))
            books.world.book.refresh(asset.id, at: ModelWorld.after(days: 0.000_01))
        }
        books.world.book.apply(
            CollateralPrice(
                asset: ModelWorld.gold.id, price: Price(200_000), confidence: Ratio(300_000_000),
                publishTime: ModelWorld.start))
        return books
    }

    /// Holdings with up to six orders, of an owner who may have something elsewhere.
    private static func holdings(_ books: inout GeneratedBooks, besides elsewhere: Bool = false) -> PoolHoldings {
        var held = books.holdings()
        for asset in underlyings {
            for order in books.orders(count: books.inputs.whole(0...2), of: asset) { held.add(order) }
        }
        return elsewhere ? held.besides(books.world.book.sizes(of: books.holdings()).magnitudes) : held
    }

    @Test(arguments: batches)
    func `with everything initial margin is at least maintenance margin, and components sum to both`(_ seed: UInt64) {
        var books = Self.books(100 + seed, .capped)
        var charged: Set<MarginComponent> = []
        for round in 0..<Self.booksPerBatch {
            let margin = books.world.book.margin(of: Self.holdings(&books, besides: true))
            let parts = margin.components.entries
            let isRight =
                margin.status == .margined && margin.initial >= margin.release && margin.release >= margin.maintenance
                && parts.reduce(Value.zero) { $0 + $1.initial } == margin.initial
                && parts.reduce(Value.zero) { $0 + $1.maintenance } == margin.maintenance
                && parts.allSatisfy { $0.initial >= .zero && $0.maintenance >= .zero }
                && Self.besides.allSatisfy { margin.components[$0].maintenance == .zero }
            #expect(isRight, "round \(round): \(margin)")
            charged.formUnion(parts.filter { $0.initial > .zero }.map(\.component))
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
        #expect(charged.isSuperset(of: Self.besides), "\(charged)")
    }

    /// Every charge is a function of sums, and orders are added up like positions.
    @Test(arguments: batches)
    func `with everything order does not matter, and cash adds exactly what it is`(_ seed: UInt64) {
        var books = Self.books(120 + seed, .capped)
        for round in 0..<Self.booksPerBatch {
            let held = Self.holdings(&books, besides: true)
            let margin = books.world.book.margin(of: held)
            let pool = books.world.openPool()
            books.world.book.setElsewhere(held.owner.elsewhere, of: pool)
            // Orders first, from the end; then what is held, in two parts.
            for order in held.orders.reversed() { books.world.book.add(order, to: pool) }
            for part in [3, -2] as [Int128] {
                for position in held.positions.reversed() {
                    let lots = NetQuantity(position.lots.lots * part)
                    books.world.book.add(lots, of: position.instrument, to: pool)
                }
                for balance in held.balances.reversed() {
                    books.world.book.add(Balance(balance.balance.units * part), of: balance.asset, to: pool)
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

    /// Without the size of the owner, which is of no pool by itself (`OwnerSizeTests` compares owners).
    @Test(arguments: batches)
    func `with orders, doubt, two prices and funding, pooling never costs more than standing alone`(_ seed: UInt64) {
        var books = Self.books(140 + seed, .none)
        for round in 0..<Self.booksPerBatch {
            let (left, right) = (Self.holdings(&books), Self.holdings(&books))
            var both = left
            both.add(right)
            let pooled = books.world.book.margin(of: both)
            let alone = [left, right].map { books.world.book.margin(of: $0) }
            let rounding = books.rounding(of: both)
            let isRight =
                pooled.initial.quanta <= alone[0].initial.quanta + alone[1].initial.quanta + rounding
                && pooled.maintenance.quanta <= alone[0].maintenance.quanta + alone[1].maintenance.quanta + rounding
            #expect(isRight, "round \(round)")
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
    }

    /// On the segment between `n` times one book and `n` times another, at a whole book `a·left + b·right`, `a + b = n`.
    /// Rates of the owner's size rise and have not reached their caps, where the slope of the charge would fall.
    @Test(arguments: batches)
    func `with everything, and rates below their caps, excess is concave along segments`(_ seed: UInt64) {
        var books = Self.books(160 + seed, .rising)
        var charged = 0
        for round in 0..<Self.booksPerBatch {
            let (left, right) = (Self.holdings(&books), Self.holdings(&books))
            let elsewhere = books.world.book.sizes(of: books.holdings()).magnitudes
            let (a, b) = (books.inputs.whole(1...3), books.inputs.whole(1...3))
            var between = left.times(a)
            between.add(right.times(b))
            let books3 = [left.times(a + b), right.times(a + b), between].map {
                books.world.book.margin(of: $0.besides(elsewhere))
            }
            let excess = books3.compactMap { MarginExcess($0) }
            guard excess.count == 3 else {
                Issue.record("round \(round) has no margin")
                continue
            }
            let rounding = Double(books.rounding(of: between))
            func isConcave(_ part: KeyPath<MarginExcess, Value>) -> Bool {
                let quanta = excess.map { Double($0[keyPath: part].quanta) }
                let chord = (Double(a) * quanta[0] + Double(b) * quanta[1]) / Double(a + b)
                return quanta[2] >= chord - rounding
            }
            #expect(isConcave(\.initial) && isConcave(\.maintenance), "round \(round)")
            if books3[2].components[.liquidity].initial > .zero { charged += 1 }
        }
        GeneratedBooksCount.note(Self.booksPerBatch)
        #expect(charged > Self.booksPerBatch / 4)
    }
}
