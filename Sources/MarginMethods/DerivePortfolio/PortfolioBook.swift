internal import MarginModel

/// An account's positions in the one underlying of a ``DerivePortfolio``, with its collateral.
struct PortfolioBook {
    /// Nil for an account that holds nothing of any underlying.
    let market: MarginCase.Underlying?
    let expiries: [PortfolioExpiry]
    let collateral: [Held]
    /// Signed, in units of the underlying.
    let perpetualSize: Double
    let perpetualProfit: Double

    /// A collateral's value in dollars of the numeraire.
    struct Held {
        let asset: String
        let value: Double
        /// Moves with the underlying.
        let isCancelling: Bool
        let maintenanceHaircut: Double
        let initialHaircut: Double
        let confidence: Double
    }

    init(_ account: DeriveAccount, _ question: MarginCase, _ method: DerivePortfolio) throws(MethodFault) {
        market = try Self.market(account, question)
        if let market {
            expiries = try account.expiries(in: market).map { PortfolioExpiry($0.market, $0.options, method) }
            perpetualSize = account.perpetualSize(of: market.symbol)
            perpetualProfit = try account.perpetualProfit(in: market)
        } else {
            expiries = []
            perpetualSize = 0
            perpetualProfit = 0
        }
        var collateral: [Held] = []
        for held in account.collateral {
            // Coin that moves with the underlying may come without a haircut, other collateral may not.
            guard let haircut = held.maintenanceHaircut ?? (held.underlying == nil ? nil : 0) else {
                throw .missing("the maintenanceHaircut of \(held.asset)", of: held.asset)
            }
            collateral.append(
                Held(
                    asset: held.asset, value: held.amount * held.price / question.stablecoinPrice,
                    isCancelling: held.underlying != nil, maintenanceHaircut: haircut,
                    initialHaircut: held.initialHaircut,
                    confidence: min(held.confidence, market?.spotConfidence ?? 1)))
        }
        self.collateral = collateral
    }

    /// The only underlying that the account names, or else the only one there is.
    private static func market(
        _ account: DeriveAccount, _ question: MarginCase
    ) throws(MethodFault) -> MarginCase.Underlying? {
        let names = Set(
            account.options.map(\.underlying) + account.perpetuals.map(\.underlying)
                + account.collateral.compactMap(\.underlying))
        guard names.count <= 1 else {
            throw .unsupported("more than one underlying (\(names.sorted().joined(separator: ", ")))")
        }
        if let name = names.first { return try question.market(of: name) }
        return question.underlyings.count == 1 ? question.underlyings.first : nil
    }

    /// Gain of everything under a scenario, negative = loss.
    func gain(_ scenario: PortfolioScenario) -> Double {
        let move = (scenario.spotFactor - 1) * scenario.weight
        let perpetuals = perpetualSize * move * (market?.perpetual ?? 0)
        let coin = collateral.reduce(0) { $1.isCancelling ? $0 + $1.value * move : $0 }
        return expiries.reduce(perpetuals + coin) { $0 + $1.gain(scenario) }
    }

    var optionsValue: Double { expiries.reduce(0) { $0 + $1.value } }

    var collateralValue: Double { collateral.reduce(0) { $0 + $1.value } }

    var basisLoss: Double { expiries.reduce(0) { $0 + $1.basisLoss } }
}
