import CMarginKernels
import MarginTestKit

/// Generated pools with a market inside its box.
struct CornerWorld {
    let style: CornerStyle
    var random: SplitMix64

    init(_ style: CornerStyle, seed: UInt64) {
        self.style = style
        random = SplitMix64(seed: seed)
    }

    /// One pool, the boxes of its underlyings, and the markets that it is at.
    mutating func scene() -> CornerScene {
        var scene = CornerScene(book: CornerBook(parts: []), boxes: [], markets: [])
        let count = style.underlyings.lowerBound + random.index(style.underlyings.count)
        var rules = style.rules
        rules.hasHalfSteps = random.chance(0.3)
        for _ in 0..<count {
            rules.range = random.pick(style.ranges)
            rules.window = random.pick([0, 1, 1, 2, 8])
            add(rules, to: &scene)
        }
        return scene
    }

    private mutating func add(_ rules: CornerRules, to scene: inout CornerScene) {
        let spot = mk_exponential(random.number(2, 11))
        let lot = 1e10 / spot * mk_exponential(random.number(-4, 4))
        var expiries = [CornerExpiry(forward: spot, years: 0, rate: 0)]
        for _ in 0..<1 + random.index(2) {
            let years = power(style.days) / 365
            let rate = random.chance(0.5) ? style.rate * random.number(-1, 1) : 0
            expiries.append(
                CornerExpiry(forward: spot * mk_exponential(0.05 * random.bell() * years), years: years, rate: rate))
        }
        var contracts: [CornerContract] = []
        var quotes: [Double] = []
        for _ in 0..<style.contracts.lowerBound + random.index(style.contracts.count) {
            let (contract, quote) = contract(random.pick(style.sorts), spot, lot, expiries)
            contracts.append(contract)
            quotes.append(quote)
        }
        if style.isHedged {
            let (contract, quote) = contract(.perpetual, spot, lot / 100, expiries)
            contracts.append(contract)
            quotes.append(quote)
        }
        let order = contracts.indices.sorted { (contracts[$0].expiry, $0) < (contracts[$1].expiry, $1) }
        let middle = CornerMarket(spot: spot, expiries: expiries, quotes: order.map { quotes[$0] })
        let table = CornerTable(rules: rules, contracts: order.map { contracts[$0] }, expiries: expiries.count)
        let carry = expiries.map { abs($0.rate) * $0.years }.max() ?? 0
        let box = CornerBox(
            middle: middle, depth: power(style.depth), width: power(style.width), basis: power(style.basis),
            carry: carry * random.number(0.2, 2))
        var part = CornerBook.Part(
            table: table,
            lots: order.map { _ in Double(1 + random.index(20)) * (random.chance(style.shorts) ? -1 : 1) }, coin: 0)
        if random.chance(style.coin) { part.coin = (lot / 1e6 * random.number(-5, 15)).rounded(.down) }
        let isAtEdge = random.chance(style.edge)
        let side = isAtEdge ? random.pick([-1.0, 1.0]) : random.number(-0.6, 0.6)
        var start = CornerMove(part: part, box: box, from: middle, &random)
        start.spot = mk_exponential(side * box.depth * 0.999_999) - 1
        start.width = box.width * (isAtEdge ? 0.3 * random.fraction() : 0.1)
        start.forget(style, &random)
        let market = start.market
        if style.isHedged { hedge(&part, market) }
        scene.book.parts.append(part)
        scene.boxes.append(box)
        scene.used.append(start.width)
        scene.markets.append(market)
    }

    private mutating func contract(
        _ sort: CornerStyle.Sort, _ spot: Double, _ lot: Double, _ expiries: [CornerExpiry]
    ) -> (CornerContract, Double) {
        let isPerpetual = sort == .perpetual || sort == .inversePerpetual
        let isInverse = [.inverseOption, .inversePerpetual, .inverseFuture].contains(sort)
        let expiry = isPerpetual ? 0 : 1 + random.index(expiries.count - 1)
        let at = expiries[expiry]
        var contract = CornerContract(
            kind: .future, isInverse: isInverse, expiry: expiry, strike: 0, scale: isInverse ? lot * spot : lot,
            funding: isPerpetual ? style.funding * random.number(-1, 1) : 0)
        guard sort == .option || sort == .inverseOption else {
            return (contract, at.forward * mk_exponential(0.01 * random.bell()))
        }
        let volatility = mk_exponential(
            random.number(mk_logarithm(style.volatility.lowerBound), mk_logarithm(style.volatility.upperBound)))
        let deviation = volatility * at.years.squareRoot()
        contract.kind = random.chance(0.5) ? .call : .put
        let side = contract.kind == .call ? -1.0 : 1.0
        let away = min(1.5, deviation) * random.number(style.moneyness.lowerBound, style.moneyness.upperBound)
        contract.strike = at.forward * mk_exponential(side * away)
        contract.scale = lot
        return (contract, volatility)
    }

    /// Lots of the last perpetual that take the delta out.
    private func hedge(_ part: inout CornerBook.Part, _ market: CornerMarket) {
        guard
            let place = part.table.contracts.firstIndex(where: { $0.kind == .future && $0.expiry == 0 && !$0.isInverse }
            )
        else { return }
        part.table.price(market)
        func delta(_ at: Int) -> Double { part.table.rows[at * 80 + 56 + Int(mk_centre_delta)] }
        var sum = 0.0
        for other in part.lots.indices where other != place { sum += part.lots[other] * delta(other) }
        part.lots[place] = -(sum / delta(place)).rounded()
    }

    mutating func power(_ exponents: ClosedRange<Double>) -> Double {
        mk_exponential(2.302585092994046 * random.number(exponents.lowerBound, exponents.upperBound))
    }
}

/// A pool at markets inside its boxes, of whose widths something is used already.
struct CornerScene {
    var book: CornerBook
    var boxes: [CornerBox]
    var used: [Double] = []
    var markets: [CornerMarket]
}
