import MarginMethods
import MarginModel
import Testing

/// One of the cases that Derive publishes with its own figures: `StandardManager/test-cases.json` of derivexyz/v2-core,
/// rounded to six decimals. Ether stands at 1,500 and bitcoin at 28,000 in all of them.
struct PublishedStandardCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Of ether; bitcoin's is 1.
    var spotConfidence = 1.0
    var perpetualConfidence = 1.0
    var stablecoinPrice = 1.0
    var cash = 0.0
    var perpetuals: [MarginCase.Marked] = []
    /// Units held as collateral.
    var ether = 0.0
    var bitcoin = 0.0
    var options: [MarginCase.Option] = []
    var feeds: [Feed] = []
    /// Published balance.
    let initial: Double
    let maintenance: Double

    var testDescription: String { name }

    struct Feed: Sendable {
        let symbol: String
        let seconds: Double
        let forward: Double
        let confidence: Double
        let volatilityConfidence: Double

        init(
            _ symbol: String, _ seconds: Double, _ forward: Double, confidence: Double = 1,
            volatilityConfidence: Double = 1
        ) {
            self.symbol = symbol
            self.seconds = seconds
            self.forward = forward
            self.confidence = confidence
            self.volatilityConfidence = volatilityConfidence
        }
    }

    var published: PublishedCase {
        var account = MarginCase.Member()
        account.cash = cash
        account.marked = perpetuals
        account.options = options
        for (symbol, amount, spot) in [("ETH", ether, 1_500.0), ("BTC", bitcoin, 28_000.0)] where amount != 0 {
            account.collateral.append(
                MarginCase.Collateral(asset: symbol, underlying: symbol, amount: amount, price: spot))
        }
        var ether = market("ETH", spot: 1_500, perpetual: 1_505)
        ether.spotConfidence = spotConfidence
        ether.perpetualConfidence = perpetualConfidence
        return PublishedCase(
            name: name,
            question: MarginCase(
                name: name, underlyings: [ether, market("BTC", spot: 28_000, perpetual: 27_990)],
                stablecoinPrice: stablecoinPrice, members: [account]),
            initialBalance: initial, maintenanceBalance: maintenance)
    }

    private func market(_ symbol: String, spot: Double, perpetual: Double) -> MarginCase.Underlying {
        var market = MarginCase.Underlying(symbol: symbol, spot: spot, perpetual: perpetual)
        for feed in feeds where feed.symbol == symbol {
            var expiry = MarginCase.Expiry(secondsToExpiry: feed.seconds, forward: feed.forward)
            expiry.forwardConfidence = feed.confidence
            expiry.volatilityConfidence = feed.volatilityConfidence
            market.expiries.append(expiry)
        }
        return market
    }
}

extension MarginCase.Option {
    static func call(
        _ symbol: String, _ seconds: Double, _ strike: Double, _ volatility: Double, _ size: Double
    ) -> Self {
        MarginCase.Option(
            underlying: symbol, isCall: true, secondsToExpiry: seconds, strike: strike, impliedVolatility: volatility,
            size: size)
    }

    static func put(
        _ symbol: String, _ seconds: Double, _ strike: Double, _ volatility: Double, _ size: Double
    ) -> Self {
        MarginCase.Option(
            underlying: symbol, isCall: false, secondsToExpiry: seconds, strike: strike, impliedVolatility: volatility,
            size: size)
    }
}

extension MarginCase.Marked {
    static func entered(_ size: Double, at price: Double, funding: Double, of symbol: String = "ETH") -> Self {
        MarginCase.Marked(underlying: symbol, size: size, entryPrice: price, unsettledFunding: funding)
    }
}
