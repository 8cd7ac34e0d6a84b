public import MarginModel

extension DerivePortfolio {
    /// Losses up to this many dollars do not bind.
    private static let lossMin = 1e-9

    /// Answers for the account, whose positions are all in one underlying.
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try DeriveAccount(question)
        let book = try PortfolioBook(account, question, self)
        let worst = try worst(of: book)
        let markToMarket = book.optionsValue + book.perpetualProfit
        var components = [
            MethodAnswer.Component(
                worst.isBasis ? "basis" : "scan", initial: worst.loss * initialFactor,
                maintenance: worst.loss * maintenanceFactor),
            MethodAnswer.Component("stablecoin peg", initial: worst.loss * pegFactor(question), maintenance: 0),
        ]
        components += contingencies(book)
        components.removeAll { $0.initial == 0 && $0.maintenance == 0 }
        return try MethodAnswer(
            equity: account.cash + book.collateralValue + markToMarket, markToMarket: markToMarket,
            initialMargin: components.reduce(0) { $0 + $1.initial },
            maintenanceMargin: components.reduce(0) { $0 + $1.maintenance },
            bindings: worst.loss > Self.lossMin ? [worst.binding] : [], components: components
        ).finite()
    }

    /// What a stablecoin below its peg adds to the initial factor.
    private func pegFactor(_ question: MarginCase) -> Double {
        max(0, peg.threshold - question.stablecoinPrice) * peg.lossFactor
    }

    /// The largest loss: that of the basis unless a scenario loses more.
    private func worst(
        of book: PortfolioBook
    ) throws(MethodFault) -> (loss: Double, isBasis: Bool, binding: MethodAnswer.Binding) {
        var binding = MethodAnswer.Binding(
            underlying: book.market?.symbol ?? "", index: scenarios.count, spotMove: 0, volatility: "basis",
            loss: book.basisLoss)
        var isBasis = true
        for (index, scenario) in scenarios.enumerated() {
            let loss = -book.gain(scenario)
            guard loss.isFinite else { throw .overflow }
            guard loss > binding.loss || (isBasis && loss == binding.loss) else { continue }
            isBasis = false
            binding = MethodAnswer.Binding(
                underlying: binding.underlying, index: index, spotMove: scenario.spotFactor - 1,
                volatility: scenario.volatility.rawValue, loss: loss)
        }
        return (binding.loss, isBasis, binding)
    }

    /// What is charged beside the worst loss; initial margin has all of maintenance margin's and more.
    private func contingencies(_ book: PortfolioBook) -> [MethodAnswer.Component] {
        let spot = book.market?.spot ?? 0
        let perpetuals = abs(book.perpetualSize) * spot
        let shorts = book.expiries.reduce(0) { $0 + $1.nakedShorts } * spot
        let haircut = book.collateral.reduce(0) { $0 + $1.value * $1.maintenanceHaircut }
        let extra = book.collateral.reduce(0) { $0 + $1.value * $1.initialHaircut }
        return [
            MethodAnswer.Component(
                "perpetuals", initial: perpetuals * (charges.perpetual + charges.perpetualInitialExtra),
                maintenance: perpetuals * charges.perpetual),
            MethodAnswer.Component(
                "naked shorts", initial: shorts * (charges.option + charges.optionInitialExtra),
                maintenance: shorts * charges.option),
            MethodAnswer.Component("collateral", initial: haircut + extra, maintenance: haircut),
            MethodAnswer.Component("confidence", initial: uncertainty(book), maintenance: 0),
        ]
    }

    /// The charge for prices of low confidence, each on its notional:
    /// `(1 − confidence)·factor·notional` where confidence is below the threshold.
    private func uncertainty(_ book: PortfolioBook) -> Double {
        func charge(_ sureness: Double, _ notional: Double) -> Double {
            sureness < confidence.threshold ? (1 - sureness) * confidence.factor * notional : 0
        }
        var sum = book.collateral.reduce(0) { $0 + charge($1.confidence, $1.value) }
        guard let market = book.market else { return sum }
        // A perpetual's price matters to the options only of an account that holds perpetuals.
        let holdsPerpetuals = book.perpetualSize != 0
        let sureness = holdsPerpetuals ? min(market.spotConfidence, market.perpetualConfidence) : market.spotConfidence
        sum += charge(sureness, abs(book.perpetualSize) * market.spot)
        for expiry in book.expiries {
            let terms = expiry.market
            let least = min(sureness, terms.forwardConfidence, terms.rateConfidence, terms.volatilityConfidence)
            sum += charge(least, expiry.gross * market.spot)
        }
        return sum
    }
}
