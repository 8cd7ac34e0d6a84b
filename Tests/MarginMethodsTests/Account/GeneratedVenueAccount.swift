import MarginMethods
import MarginModel

/// A random account on two underlyings, reproducible from its seed.
struct GeneratedVenueAccount {
    /// What a method can take.
    enum Contents {
        /// Linear perpetuals in dollars.
        case perpetuals
        /// Linear contracts of all kinds.
        case linear
        /// Everything.
        case all
    }

    private(set) var question = MarginCase(underlyings: [], members: [])
    private var state: UInt64

    init(seed: Int, _ contents: Contents) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        let symbols = ["BTC", "ETH"]
        var member = MarginCase.Member(id: "A")
        member.cash = Double(whole(-50_000...50_000))
        for symbol in symbols {
            let spot = symbol == "BTC" ? number(20_000...90_000) : number(800...5_000)
            var market = MarginCase.Underlying(symbol: symbol, spot: spot, perpetual: spot * number(0.99...1.01))
            for days in [2.0, 20, 200] {
                let forward = spot * number(0.95...1.1)
                market.expiries.append(
                    MarginCase.Expiry(
                        secondsToExpiry: days * 86_400, forward: forward, settledForward: 0, rate: number(0...0.1)))
            }
            let bets = Double(whole(1...4))
            for _ in 0..<whole(0...3) { member.marked.append(contract(market, contents, scale: bets)) }
            if contents != .perpetuals {
                for _ in 0..<whole(0...4) { member.options.append(option(market, contents, scale: bets)) }
                if whole(0...1) == 1 {
                    member.collateral.append(
                        MarginCase.Collateral(asset: symbol, underlying: symbol, amount: number(0...3), price: 0))
                }
            }
            question.underlyings.append(market)
        }
        question.members = [member]
    }

    private mutating func contract(
        _ market: MarginCase.Underlying, _ contents: Contents, scale: Double
    ) -> MarginCase.Marked {
        let isInverse = contents == .all && whole(0...1) == 1
        let coins = number(-5...5) * scale
        let entry = market.spot * number(0.8...1.2)
        var terms = MarginCase.Marked(
            underlying: market.symbol, isInverse: isInverse, size: isInverse ? coins * market.spot : coins,
            entryPrice: entry)
        if contents != .perpetuals, whole(0...2) == 0 {
            let expiry = market.expiries[whole(0...2)]
            terms.secondsToExpiry = expiry.secondsToExpiry
            terms.mark = expiry.forward
        }
        return terms
    }

    private mutating func option(
        _ market: MarginCase.Underlying, _ contents: Contents, scale: Double
    ) -> MarginCase.Option {
        MarginCase.Option(
            underlying: market.symbol, isInverse: contents == .all && whole(0...1) == 1, isCall: whole(0...1) == 1,
            secondsToExpiry: market.expiries[whole(0...2)].secondsToExpiry, strike: market.spot * number(0.5...2),
            impliedVolatility: number(0.2...1.5), size: number(-20...20) * scale)
    }

    /// Knuth's 64-bit linear congruence.
    private mutating func unit() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / 9_007_199_254_740_992
    }

    private mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    private mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }
}
