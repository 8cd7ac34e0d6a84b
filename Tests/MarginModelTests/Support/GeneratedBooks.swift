import MarginDomain

@testable import MarginModel

/// Three underlyings with perpetuals, a future and option chains, and holdings drawn from them.
struct GeneratedBooks {
    var world: ModelWorld
    var inputs: Inputs
    private(set) var instruments: [Instrument] = []

    init(seed: UInt64, _ parameters: ParameterSet = ModelWorld.parameters()) {
        world = ModelWorld(parameters)
        inputs = Inputs(seed: seed)
        var id: UInt32 = 1
        for (asset, ticks) in [(ModelWorld.btc, Int64(6_000_000)), (ModelWorld.eth, 250_000), (ModelWorld.sol, 15_000)]
        {
            world.index(asset, ticks)
            for inverse in [false, true] {
                let perpetual = world.perpetual(id, asset, inverse: inverse, lot: inverse ? 0 : -2)
                world.mark(perpetual, ticks + ticks / 1000)
                instruments.append(perpetual)
                id += 1
            }
            let future = world.future(id, asset, days: 45)
            world.mark(future, ticks + ticks / 200)
            instruments.append(future)
            id += 1
            for days in asset == ModelWorld.eth ? [2.0, 21, 90] : [9, 21, 90] {
                world.forward(asset, days: days, ticks + Int64(Double(ticks) * days / 8000))
                for step in -3...3 {
                    let strike = ticks + Int64(step) * ticks / 12
                    world.volatility(asset, days: days, strike: strike, 0.5 + 0.01 * Double(step * step))
                    for type in [OptionType.call, .put] {
                        instruments.append(
                            world.option(id, asset, type, strike: strike, days: days, inverse: step % 2 == 0))
                        id += 1
                    }
                }
            }
            world.book.refresh(asset.id, at: ModelWorld.start)
        }
        world.book.apply(
            CollateralPrice(
                asset: ModelWorld.gold.id, price: Price(200_000), confidence: Ratio(Ratio.scale),
                publishTime: ModelWorld.start))
    }

    /// One to eight positions, mostly of one underlying, and often some balances.
    mutating func holdings(withBalances: Bool = true) -> PoolHoldings {
        var held = PoolHoldings()
        for _ in 0..<inputs.whole(1...8) {
            let instrument = instruments[inputs.whole(0...instruments.count - 1)]
            held.add(NetQuantity(Int128(inputs.whole(-500...500))), of: instrument.id)
        }
        guard withBalances else { return held }
        held.add(Balance(Int128(inputs.whole(-1_000_000...50_000_000_000))), of: ModelWorld.usd.id)
        let others = [ModelWorld.btc, ModelWorld.eth, ModelWorld.usdc, ModelWorld.gold]
        let other = others[inputs.whole(0...3)]
        held.add(Balance(Int128(inputs.whole(-20_000_000...100_000_000))), of: other.id)
        return held
    }

    /// One to eight positions of one underlying.
    mutating func holdings(of asset: Asset) -> PoolHoldings {
        let own = instruments.filter { $0.underlying == asset.id }
        var held = PoolHoldings()
        for _ in 0..<inputs.whole(1...8) {
            held.add(NetQuantity(Int128(inputs.whole(-500...500))), of: own[inputs.whole(0...own.count - 1)].id)
        }
        return held
    }

    /// Orders within a few per cent of the market, options' premiums within a factor of two.
    mutating func orders(count: Int, of asset: Asset) -> [RestingOrder] {
        let own = instruments.filter { $0.underlying == asset.id }
        return (0..<count).map { number in
            let instrument = own[inputs.whole(0...own.count - 1)]
            let spot = world.book.market(of: asset.id)?.spot ?? 1
            let value = world.book.value(of: instrument.id) ?? 1
            let isCoin = instrument.contract.settlement == .inverse
            // An inverse future trades at its mark, an inverse option at its value in coin.
            let fair = instrument.isInverseFuture ? spot : isCoin ? value / spot : value
            let price = fair * inputs.number(in: instrument.carriesCost ? 0.95...1.05 : 0.5...2)
            let lots = Int64(inputs.whole(1...400)) * (inputs.unit() < 0.5 ? 1 : -1)
            return RestingOrder(
                order: OrderID(UInt64(inputs.whole(1...1_000_000))), instrument: instrument.id,
                price: Price(max(1, Int64(price / instrument.priceExponent.scale))), remaining: Quantity(lots))
        }
    }

    /// What holdings become when an order fills.
    func fill(_ order: RestingOrder, in held: inout PoolHoldings) {
        guard let instrument = instruments.first(where: { $0.id == order.instrument }) else { return }
        guard let cost = instrument.cost(of: order.remaining, at: order.price) else { return }
        held.add(NetQuantity(Int128(order.remaining.lots)), of: order.instrument)
        held.add(.zero - cost, of: instrument.settlementAsset)
    }

    /// The linear and the inverse one.
    func perpetuals(of asset: Asset) -> [Instrument] {
        instruments.filter { $0.underlying == asset.id && $0.expiry == nil }
    }

    /// One of the instruments.
    mutating func instrument() -> Instrument { instruments[inputs.whole(0...instruments.count - 1)] }

    /// Within a few percent of what an instrument is worth, in its own ticks.
    mutating func price(near instrument: Instrument) -> Price {
        guard let dollars = world.book.value(of: instrument.id),
            let market = world.book.market(of: instrument.underlying),
            let spot = market.spot
        else { return .zero }
        if instrument.carriesCost, let mark = market.mark(of: instrument.id)?.price.ticks {
            return Price(Int64(Double(mark) * inputs.number(in: 0.97...1.03)))
        }
        let value = instrument.contract.settlement == .inverse ? dollars / spot : dollars
        return Price(Int64(value * 100 * inputs.number(in: 0.8...1.2)))
    }

    /// A new index price, and a cut.
    mutating func move(_ asset: Asset) {
        guard let price = world.book.market(of: asset.id)?.index?.price else { return }
        world.index(asset, Int64(Double(price.ticks) * inputs.number(in: 0.9...1.1)))
        world.book.refresh(asset.id, at: ModelWorld.start)
    }
}
