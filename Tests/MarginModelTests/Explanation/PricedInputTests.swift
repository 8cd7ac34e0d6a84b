import MarginDomain
import Testing

@testable import MarginModel

/// Which published inputs a margin depends on.
@Suite struct PricedInputTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a margin is that of a book to which nothing but its inputs was published`(_ seed: UInt64) throws {
        let aged = [ModelWorld.entry("volatilityAge", 3600), ModelWorld.entry("volatilityAgeMargin", 0.02)]
        var books = GeneratedBooks(
            seed: 70 + seed, try ModelWorld.charging.applying(aged, version: ParameterVersion(1)))
        try Self.publishMore(&books)
        var seen: [InputKind: Int] = [:]
        for round in 0..<100 {
            var held = books.holdings()
            for order in books.orders(count: books.inputs.whole(0...2), of: ModelWorld.eth) { held.add(order) }
            let margin = books.world.book.margin(of: held)
            let inputs = books.world.book.inputs(of: [held])

            let again = Self.book(publishing: inputs, like: books).margin(of: held)

            #expect(margin.status == .margined && again == margin, "round \(round)")
            for input in inputs { seen[input.kind, default: 0] += 1 }
        }
        // The default model does not read volatility indices.
        let kinds = InputKind.allCases.filter { $0 != .volatilityIndex }
        #expect(kinds.allSatisfy { seen[$0, default: 0] > 5 }, "\(seen)")
    }

    @Test func `inputs come by underlying and expiry, volatilities from where they are read and the newest`() {
        var world = ModelWorld()
        let pool = world.openPool()
        world.index(ModelWorld.btc, 6_000_000)
        world.forward(ModelWorld.btc, days: 20, 6_040_000)
        world.forward(ModelWorld.btc, days: 50, 6_140_000)
        for strike in [5_000_000, 5_900_000, 6_100_000, 7_000_000] as [Int64] {
            world.volatility(ModelWorld.btc, days: 20, strike: strike, 0.5)
        }
        world.book.apply(
            VolatilityPoint(
                underlying: ModelWorld.btc.id, expiry: ModelWorld.after(days: 20), strike: Price(8_000_000),
                volatility: Volatility(1), last: true, publishTime: ModelWorld.after(days: 1)))
        let perpetual = world.perpetual(1, ModelWorld.btc)
        world.mark(perpetual, 6_003_000)
        world.add(1, of: perpetual, to: pool)
        world.add(1, of: world.option(2, ModelWorld.btc, .call, strike: 6_000_000, days: 20), to: pool)

        let inputs = world.book.inputs(of: [world.book.holdings(of: pool)])

        #expect(inputs.map(\.kind) == [.index, .forward, .volatility, .volatility, .volatility, .mark])
        let strikes = inputs.compactMap { input in
            if case .volatility(let point)? = input.content { point.strike.ticks } else { nil }
        }
        #expect(strikes == [5_900_000, 6_100_000, 8_000_000])
        #expect(inputs.map(\.expiry) == [.zero] + Array(repeating: ModelWorld.after(days: 20), count: 4) + [.zero])
        #expect(inputs.last?.instrument == perpetual.id)
        #expect(world.book.oldestInput(of: pool) == ModelWorld.start)
    }

    @Test func `what is needed and was never published is there without content`() {
        var world = ModelWorld()
        var held = PoolHoldings()
        held.add(Balance(Int128(1)), of: ModelWorld.usd.id)
        held.add(Balance(Int128(1)), of: ModelWorld.usdc.id)
        held.add(Balance(Int128(1)), of: ModelWorld.gold.id)
        held.add(NetQuantity(1), of: world.perpetual(1, ModelWorld.btc).id)
        held.add(NetQuantity(1), of: world.option(2, ModelWorld.eth, .put, strike: 250_000, days: 9).id)

        let inputs = world.book.inputs(of: [held])

        #expect(inputs.map(\.kind) == [.index, .mark, .index, .forward, .volatility, .collateral])
        #expect(inputs.allSatisfy { $0.content == nil })
    }

    /// Everything that the generated books do not have: rates, a slice, old volatilities, settled futures, funding,
    /// depths, doubt, a stablecoin off its par, and an index that moved since the forwards came.
    private static func publishMore(_ books: inout GeneratedBooks) throws {
        let btc = ModelWorld.btc.id
        for days in [9.0, 21, 90] { books.world.rate(ModelWorld.btc, days: days, 0.04) }
        for asset in [ModelWorld.btc, ModelWorld.eth] {
            books.world.forward(asset, days: 45, 400_000, settled: 100_000)
            books.world.book.apply(
                Depth(
                    underlying: asset.id, bid: Value(90_000_000_000), ask: Value(80_000_000_000),
                    publishTime: ModelWorld.start))
            for perpetual in books.perpetuals(of: asset) {
                books.world.book.apply(
                    FundingRate(instrument: perpetual.id, rate: Rate(2_000_000), publishTime: ModelWorld.start))
            }
        }
        // Only a far strike is young enough.
        for (step, age) in [(-3, 0.5), (-2, 2), (-1, 2), (0, 2), (1, 2), (2, 2), (3, 2)] as [(Int64, Double)] {
            books.world.book.apply(
                VolatilityPoint(
                    underlying: btc, expiry: ModelWorld.after(days: 21), strike: Price(6_000_000 + step * 500_000),
                    volatility: Volatility(600_000_000), last: true, publishTime: ModelWorld.after(days: -age / 24)))
        }
        let slice = SviSlice(
            underlying: ModelWorld.eth.id, expiry: ModelWorld.after(days: 21), a: Ratio(10_000_000),
            b: Ratio(40_000_000), rho: Ratio(-300_000_000), m: Ratio(20_000_000), s: Ratio(200_000_000),
            referenceYears: Ratio(57_534_247), last: true, publishTime: ModelWorld.start)
        let curve = try #require(try books.world.book.market(of: slice.underlying)?.curve(of: slice))
        books.world.book.apply(curve, of: slice)
        for (asset, ticks) in [(ModelWorld.usdc, 99), (ModelWorld.gold, 200_000)] as [(Asset, Int64)] {
            books.world.book.apply(
                CollateralPrice(
                    asset: asset.id, price: Price(ticks), confidence: Ratio(400_000_000),
                    publishTime: ModelWorld.start))
        }
        books.world.book.apply(
            IndexPrice(
                underlying: btc, price: Price(6_024_000), confidence: Ratio(500_000_000),
                publishTime: ModelWorld.start))
        for asset in [ModelWorld.btc, ModelWorld.eth] { books.world.book.refresh(asset.id, at: ModelWorld.start) }
    }

    private static func book(publishing inputs: [PricedInput], like books: GeneratedBooks) -> MarginBook {
        var copy = MarginBook(parameters: books.world.book.parameters)
        for asset in books.world.book.assets.values { copy.list(asset) }
        for instrument in books.instruments { copy.list(instrument) }
        // The index that forwards are seen against, then their forwards, then the index of now.
        for input in inputs.sorted(by: { ($0.kind == .index ? 1 : 0) < ($1.kind == .index ? 1 : 0) }) {
            publish(input, to: &copy)
        }
        for asset in Set(inputs.map(\.underlying)) { copy.refresh(asset, at: ModelWorld.start) }
        return copy
    }

    private static func publish(_ input: PricedInput, to book: inout MarginBook) {
        let (asset, expiry) = (input.underlying, input.expiry)
        switch input.content {
        case nil: return
        case .price(let published):
            let (price, sure, time) = (published.price, published.confidence, published.publishTime)
            switch input.kind {
            case .index:
                book.apply(IndexPrice(underlying: asset, price: price, confidence: sure, publishTime: time))
            case .mark: book.apply(MarkPrice(instrument: input.instrument, price: price, publishTime: time))
            default: book.apply(CollateralPrice(asset: asset, price: price, confidence: sure, publishTime: time))
            }
        case .forward(let published):
            if let then = published.indexThen {
                book.apply(
                    IndexPrice(
                        underlying: asset, price: then, confidence: .zero, publishTime: published.publishTime))
            }
            book.apply(
                ForwardPoint(
                    underlying: asset, expiry: expiry, forward: published.forward,
                    settledForward: published.settledForward, publishTime: published.publishTime))
        case .rate(let published) where input.kind == .rate:
            book.apply(
                RatePoint(
                    underlying: asset, expiry: expiry, rate: published.rate, publishTime: published.publishTime))
        case .rate(let published):
            book.apply(
                FundingRate(
                    instrument: input.instrument, rate: published.rate, publishTime: published.publishTime))
        case .volatility(let point):
            book.apply(
                VolatilityPoint(
                    underlying: asset, expiry: expiry, strike: point.strike, volatility: point.volatility,
                    last: true, publishTime: point.publishTime))
        case .slice(let published): book.apply(published.curve, of: published.slice)
        case .depth(let value, let time):
            book.apply(Depth(underlying: asset, bid: value, ask: value, publishTime: time))
        }
    }
}
