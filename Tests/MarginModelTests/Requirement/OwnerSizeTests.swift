import MarginDomain
import Testing

@testable import MarginModel

/// Funding and the size of the owner: docs/margin-model.md §8.
@Suite struct OwnerSizeTests {
    private static let quanta: Int64 = 1_000_000

    /// BTC at 60,000 with so many dollars of depth, a linear and an inverse perpetual.
    private struct Market {
        var world = ModelWorld(ModelWorld.charging)
        let linear: Instrument
        let inverse: Instrument

        init(depth: Int64 = 8_000_000, funding: Int64 = 0) {
            linear = world.perpetual(1, ModelWorld.btc)
            inverse = world.perpetual(2, ModelWorld.btc, inverse: true, lot: 0)
            world.index(ModelWorld.btc, 6_000_000)
            for perpetual in [linear, inverse] {
                world.mark(perpetual, 6_000_000)
                world.book.apply(
                    FundingRate(instrument: perpetual.id, rate: Rate(funding), publishTime: ModelWorld.start))
            }
            world.book.apply(
                Depth(
                    underlying: ModelWorld.btc.id, bid: Value(depth * OwnerSizeTests.quanta),
                    ask: Value(2 * depth * OwnerSizeTests.quanta), publishTime: ModelWorld.start))
            cut()
        }

        mutating func cut() { world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start) }

        func held(_ bitcoins: Int64, of instrument: Instrument? = nil) -> PoolHoldings {
            var held = PoolHoldings()
            held.add(NetQuantity(Int128(bitcoins * 100)), of: (instrument ?? linear).id)
            return held
        }

        func charge(_ held: PoolHoldings, _ component: MarginComponent) -> Value {
            let part = world.book.margin(of: held).components[component]
            #expect(part.maintenance == .zero)
            return part.initial
        }
    }

    @Test func `an owner's accounts are charged at the rate of its whole size`() {
        let market = Market()
        let (long, short) = (market.held(100), market.held(-50))
        let besides = (
            long.besides(market.world.book.sizes(of: short).magnitudes),
            short.besides(market.world.book.sizes(of: long).magnitudes)
        )
        var both = long
        both.add(short)

        #expect(market.charge(besides.0, .liquidity) == Value(150_000 * Self.quanta))
        #expect(market.charge(besides.1, .liquidity) == Value(75_000 * Self.quanta))
        #expect(market.charge(both, .liquidity) == .zero)
        // Alone 100 BTC are half as much again as the depth.
        #expect(market.charge(long, .liquidity) == Value(60_000 * Self.quanta))
        #expect(market.charge(market.held(1000), .liquidity) == Value(12_000_000 * Self.quanta))
    }

    @Test func `without a depth there is no charge, and an open interest below the floor counts as the floor`() {
        var market = Market()
        var quiet = ModelWorld(ModelWorld.charging)
        let perpetual = quiet.perpetual(1, ModelWorld.btc)
        quiet.index(ModelWorld.btc, 6_000_000)
        quiet.mark(perpetual, 6_000_000)
        quiet.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)
        let held = market.held(150)

        #expect(quiet.book.margin(of: held).components[.liquidity].initial == .zero)
        // 9 of 50 million: 8 % too many, 2 % of 9 million.
        #expect(market.charge(held, .concentration) == Value(180_000 * Self.quanta))
        market.world.book.addOpenLots(500_000, of: market.linear.id)
        #expect(market.charge(held, .concentration) == Value(180_000 * Self.quanta))
        market.cut()
        #expect(market.charge(held, .concentration) == .zero)
        market.world.book.addOpenLots(-450_000, of: market.linear.id)
        market.cut()
        #expect(market.charge(held, .concentration) == Value(180_000 * Self.quanta))
    }

    @Test func `funding is what the pool pays net, as far as the cap`() {
        func charge(_ rate: Int64, _ linear: Int64, _ dollars: Int64) -> Value {
            let market = Market(funding: rate)
            var held = market.held(linear)
            held.add(NetQuantity(Int128(dollars)), of: market.inverse.id)
            return market.charge(held, .funding)
        }

        #expect(charge(100_000, 2, -60_000) == Value(6 * Self.quanta))
        #expect(charge(20_000_000, 2, -60_000) == Value(450 * Self.quanta))
        #expect(charge(-100_000, 2, -60_000) == .zero)
        #expect(charge(-100_000, -1, 0) == Value(6 * Self.quanta))
        #expect(charge(0, 5, 0) == .zero)
    }

    @Test func `a live pool is charged as its holdings are`() {
        var market = Market(depth: 100_000, funding: 300_000)
        for lots in [10, 90, 900, 90_000] as [Int128] {
            let pool = market.world.openPool()
            market.world.add(lots, of: market.linear, to: pool)
            market.world.add(5_000_000_000, of: ModelWorld.usd, to: pool)

            let book = market.world.book

            #expect(market.world.book.margin(of: pool) == book.margin(of: book.holdings(of: pool)))
            market.world.book.evaluate(exposedTo: ModelWorld.btc.id) { slot, margin in
                #expect(margin == book.margin(of: book.holdings(of: slot)))
            }
        }
    }

    /// A market as deep as a few positions, so that nearly every book is charged.
    private static func books(_ seed: UInt64) -> GeneratedBooks {
        var books = GeneratedBooks(seed: seed)
        books.world.book = books.world.book.book(
            under: ModelWorld.parameters([
                ModelWorld.entry("liquiditySlope", 0.02), ModelWorld.entry("liquidityCap", 0.2),
                ModelWorld.entry("concentrationFree", 0.1), ModelWorld.entry("concentrationFloor", 200_000),
                ModelWorld.entry("concentrationSlope", 0.25), ModelWorld.entry("concentrationCap", 0.2),
                ModelWorld.entry("fundingCap", 0.0075),
            ]))
        for asset in [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol] {
            books.world.book.apply(
                Depth(
                    underlying: asset.id, bid: Value(30_000 * quanta), ask: Value(30_000 * quanta),
                    publishTime: ModelWorld.start))
            books.world.book.refresh(asset.id, at: ModelWorld.start)
        }
        return books
    }

    @Test func `pooling an owner's accounts never costs more than keeping them apart, and shares add up`() {
        var books = Self.books(21)
        var charged = 0
        for _ in 0..<60 {
            let (left, right) = (books.holdings(), books.holdings())
            let book = books.world.book
            var both = left
            both.add(right)

            let pooled = book.margin(of: both)
            let apart =
                book.margin(of: left.besides(book.sizes(of: right).magnitudes)).initial
                + book.margin(of: right.besides(book.sizes(of: left).magnitudes)).initial
            let shares = book.shares(of: [
                MemberHoldings(member: Member(AccountID(1)), holdings: left),
                MemberHoldings(member: Member(AccountID(2)), holdings: right),
            ])

            #expect(pooled.initial.quanta <= apart.quanta + 60)
            #expect(shares.reduce(.zero) { $0 + $1.share } == pooled.initial)
            #expect(shares.allSatisfy { $0.share.quanta <= $0.standAlone.quanta + 60 })
            if pooled.components[.liquidity].initial > .zero { charged += 1 }
        }
        #expect(charged > 30)
    }

    /// The rates reach their caps on the way, where the excess is not concave.
    @Test func `the largest trade fits, with every part of it, and one lot more does not`() throws {
        var books = Self.books(22)
        var found = 0
        for _ in 0..<60 {
            var held = books.holdings(of: ModelWorld.btc)
            held.add(Balance(Int128(books.inputs.whole(100_000...900_000)) * 1_000_000), of: ModelWorld.usd.id)
            let perpetual = books.perpetuals(of: ModelWorld.btc)[0]
            let price = Price(Int64(books.inputs.number(in: 4_500_000...7_500_000)))
            let side: TradeSide = books.inputs.unit() < 0.5 ? .buy : .sell
            guard var line = try MarginLine(.trade(perpetual, side, price: price), from: held, in: books.world.book),
                line.start.initial >= .zero
            else { continue }

            let most = line.largest(upTo: 1 << 20)

            for part in [most, most / 2, most / 3, most / 7, most / 50, most - most / 9] {
                #expect(try line.excess(at: part)?.initial ?? .min >= Value(-100), "\(part) of \(most)")
            }
            guard most < 1 << 20 else { continue }
            #expect(try line.excess(at: most + 1)?.initial ?? .zero < .zero)
            found += 1
        }
        #expect(found > 15)
    }
}
