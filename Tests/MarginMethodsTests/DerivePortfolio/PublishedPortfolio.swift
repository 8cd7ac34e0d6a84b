import MarginMethods
import MarginModel
import Testing

/// One of the portfolios that Derive publishes with its own figures: `PMRM_2/portfolio_cases` of derivexyz/v2-core at
/// 7736900d, rounded to six decimals. Settlement averages begin half an hour before expiry.
struct PublishedPortfolio: Sendable, CustomTestStringConvertible {
    /// Number and name as published.
    let name: String
    let market: Market
    var cash = 0.0
    var perpetual: Perpetual?
    var collateral: [MarginCase.Collateral] = []
    var options: [MarginCase.Option] = []
    var feeds: [Feed] = []
    /// What is not as in the other portfolios.
    var changed: [String: Double] = [:]
    /// Published balance.
    let initial: Double
    let maintenance: Double

    var testDescription: String { name }

    struct Market: Sendable {
        let spot: Double
        var confidence = 1.0
        var stablecoin = 1.00019088635

        static let eth = Market(spot: 2681.6029850999994)
        static let btc = Market(spot: 95663.50604855)
    }

    struct Perpetual: Sendable {
        let size: Double
        let price: Double
        var confidence = 1.0
        var profit = 0.0
        var funding = 0.0
    }

    struct Feed: Sendable {
        let seconds: Double
        let forward: Double
        let rate: Double
        var forwardConfidence = 1.0
        var rateConfidence = 1.0
        var volatilityConfidence = 0.95

        init(_ seconds: Double, _ forward: Double, rate: Double, volatilityConfidence: Double = 0.95) {
            self.seconds = seconds
            self.forward = forward
            self.rate = rate
            self.volatilityConfidence = volatilityConfidence
        }
    }

    var published: PublishedCase {
        var underlying = MarginCase.Underlying(
            symbol: Self.symbol, spot: market.spot, perpetual: perpetual?.price ?? market.spot)
        underlying.spotConfidence = market.confidence
        underlying.perpetualConfidence = perpetual?.confidence ?? 1
        for feed in feeds {
            var expiry = MarginCase.Expiry(
                secondsToExpiry: feed.seconds, forward: feed.forward,
                settledForward: feed.forward * max(0, 1800 - feed.seconds) / 1800, rate: feed.rate)
            expiry.forwardConfidence = feed.forwardConfidence
            expiry.rateConfidence = feed.rateConfidence
            expiry.volatilityConfidence = feed.volatilityConfidence
            underlying.expiries.append(expiry)
        }
        var account = MarginCase.Member()
        account.cash = cash
        account.collateral = collateral
        account.options = options
        if let perpetual {
            account.marked = [
                MarginCase.Marked(
                    underlying: Self.symbol, size: perpetual.size, entryPrice: perpetual.price,
                    unsettledFunding: perpetual.profit + perpetual.funding)
            ]
        }
        return PublishedCase(
            name: name,
            question: MarginCase(
                name: name, underlyings: [underlying], stablecoinPrice: market.stablecoin, members: [account]),
            parameters: .table(changed.mapValues { .number($0) }), initialBalance: initial,
            maintenanceBalance: maintenance)
    }

    static let symbol = "BASE"
}

extension MarginCase.Option {
    static func call(_ seconds: Double, _ strike: Double, _ volatility: Double, _ size: Double) -> Self {
        MarginCase.Option(
            underlying: PublishedPortfolio.symbol, isCall: true, secondsToExpiry: seconds, strike: strike,
            impliedVolatility: volatility, size: size)
    }

    static func put(_ seconds: Double, _ strike: Double, _ volatility: Double, _ size: Double) -> Self {
        MarginCase.Option(
            underlying: PublishedPortfolio.symbol, isCall: false, secondsToExpiry: seconds, strike: strike,
            impliedVolatility: volatility, size: size)
    }
}

extension MarginCase.Collateral {
    /// A balance with its haircut of maintenance margin and what initial margin adds to it.
    static func lent(
        _ asset: String, _ amount: Double, at price: Double, haircut: Double, extra: Double, isCancelling: Bool = false,
        confidence: Double = 1
    ) -> Self {
        var held = MarginCase.Collateral(
            asset: asset, underlying: isCancelling ? PublishedPortfolio.symbol : nil, amount: amount, price: price,
            maintenanceHaircut: haircut, initialHaircut: extra)
        held.confidence = confidence
        return held
    }
}
