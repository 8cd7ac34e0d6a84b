public import MarginModel

extension DeriveStandard {
    /// Answers for the account, over any number of underlyings.
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try DeriveAccount(question)
        var components: [MethodAnswer.Component] = []
        var markToMarket = 0.0
        for market in question.underlyings.sorted(by: { $0.symbol < $1.symbol }) {
            let expiries = try account.expiries(in: market).map {
                StandardExpiry(market: market, terms: $0.market, options: $0.options, rules: options)
            }
            markToMarket += expiries.reduce(try account.perpetualProfit(in: market)) { $0 + $1.value }
            components += expiries.flatMap(optionMargin)
            let size = abs(account.perpetualSize(of: market.symbol))
            components += [
                perpetualMargin(size, market), uncertainty(size, expiries, market),
                depeg(size, expiries, market, stablecoinPrice: question.stablecoinPrice),
            ]
        }
        var equity = account.cash + markToMarket
        for held in account.collateral {
            equity += held.amount * held.price
            components += try coinMargin(held, question)
        }
        components = Self.merged(components)
        return try MethodAnswer(
            equity: equity, markToMarket: markToMarket, initialMargin: components.reduce(0) { $0 + $1.initial },
            maintenanceMargin: components.reduce(0) { $0 + $1.maintenance }, components: components
        ).finite()
    }

    /// One of each name, such as of a collateral that is held twice, and none of nothing.
    private static func merged(_ parts: [MethodAnswer.Component]) -> [MethodAnswer.Component] {
        var merged: [MethodAnswer.Component] = []
        for part in parts where part.initial != 0 || part.maintenance != 0 {
            if let place = merged.firstIndex(where: { $0.name == part.name }) {
                merged[place].initial += part.initial
                merged[place].maintenance += part.maintenance
            } else {
                merged.append(part)
            }
        }
        return merged
    }

    /// The better of the two balances of an expiry, as what its value falls short of; named by which it was.
    private func optionMargin(_ expiry: StandardExpiry) -> [MethodAnswer.Component] {
        let (value, isolated, loss) = (expiry.value, expiry.isolated, expiry.largestLoss)
        let place = "options \(expiry.market.symbol) \(MethodText.seconds(expiry.terms.secondsToExpiry))"
        let isInitialIsolated = isolated.initial >= loss.initial
        let isMaintenanceIsolated = isolated.maintenance >= loss.maintenance
        return [
            MethodAnswer.Component(
                "isolated \(place)", initial: isInitialIsolated ? value - isolated.initial : 0,
                maintenance: isMaintenanceIsolated ? value - isolated.maintenance : 0),
            MethodAnswer.Component(
                "largest loss of \(place)", initial: isInitialIsolated ? 0 : value - loss.initial,
                maintenance: isMaintenanceIsolated ? 0 : value - loss.maintenance),
        ]
    }

    private func perpetualMargin(_ size: Double, _ market: MarginCase.Underlying) -> MethodAnswer.Component {
        let notional = size * (market.perpetual ?? 0)
        return MethodAnswer.Component(
            "perpetuals \(market.symbol)", initial: notional * perpetuals.initial,
            maintenance: notional * perpetuals.maintenance)
    }

    /// `(1 − confidence)·factor·notional` where confidence is below the threshold.
    private func charge(_ sureness: Double, _ notional: Double) -> Double {
        sureness < confidence.threshold ? (1 - sureness) * confidence.factor * notional : 0
    }

    private func uncertainty(
        _ size: Double, _ expiries: [StandardExpiry], _ market: MarginCase.Underlying
    ) -> MethodAnswer.Component {
        let own = charge(min(market.spotConfidence, market.perpetualConfidence), size * market.spot)
        let sum = expiries.reduce(own) { $0 + charge($1.confidence, $1.shorts * market.spot) }
        return MethodAnswer.Component("confidence \(market.symbol)", initial: sum, maintenance: 0)
    }

    private func depeg(
        _ size: Double, _ expiries: [StandardExpiry], _ market: MarginCase.Underlying, stablecoinPrice: Double
    ) -> MethodAnswer.Component {
        let contracts = expiries.reduce(size) { $0 + $1.shorts }
        let rate = max(0, peg.threshold - stablecoinPrice) * peg.factor
        return MethodAnswer.Component(
            "stablecoin peg \(market.symbol)", initial: rate * market.spot * contracts, maintenance: 0)
    }

    /// The share of a collateral's value that does not count, and in initial margin a charge for a price that is unsure.
    private func coinMargin(
        _ held: MarginCase.Collateral, _ question: MarginCase
    ) throws(MethodFault) -> [MethodAnswer.Component] {
        let value = held.amount * held.price
        var share = coin.factor
        var sureness = held.confidence
        if let haircut = held.maintenanceHaircut {
            share = 1 - haircut
        } else if held.underlying == nil {
            throw .missing("the maintenanceHaircut of \(held.asset)", of: held.asset)
        }
        // The price of coin is the spot price of its underlying.
        if let symbol = held.underlying { sureness = min(sureness, try question.market(of: symbol).spotConfidence) }
        let initialShare = (share - held.initialHaircut) * coin.initialScale
        return [
            MethodAnswer.Component(
                "collateral \(held.asset)", initial: value - value * initialShare, maintenance: value - value * share),
            MethodAnswer.Component(
                "confidence of collateral \(held.asset)", initial: charge(sureness, value), maintenance: 0),
        ]
    }
}
