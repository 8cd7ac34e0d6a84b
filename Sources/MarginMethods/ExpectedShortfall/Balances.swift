internal import MarginModel

/// What an account's balances are charged outside of scenarios, in dollars.
struct Balances {
    /// On collateral without a history of its own, and what a case states of coin that has one.
    private(set) var haircutInitial = 0.0
    private(set) var haircutMaintenance = 0.0
    /// On what is owned of coins that profit settles in; in place of their haircut, no netting across coins.
    private(set) var stablecoinInitial = 0.0
    private(set) var stablecoinMaintenance = 0.0

    init(_ account: Account, _ charges: ShortfallParameters.Charges) {
        // Units of each coin that linear profit settles in.
        var coins: [String: (units: Double, price: Double)] = [:]
        for position in account.marked where !position.terms.isInverse {
            guard let coin = position.terms.settlementAsset else { continue }
            coins[coin, default: (0, account.price(ofSettlement: position))].units += position.profit
        }
        for held in account.collateral {
            if held.underlying == nil, coins[held.asset] != nil {
                coins[held.asset]?.units += held.amount
                continue
            }
            let worth = abs(held.amount * account.price(of: held))
            // Coin that is a factor is simulated; anything else has the method's haircut unless the case states one.
            let isSimulated = held.underlying != nil
            let rate = held.maintenanceHaircut ?? (isSimulated ? 0 : charges.haircut)
            let isStated = held.maintenanceHaircut != nil || isSimulated
            haircutMaintenance += rate * worth
            haircutInitial += (rate + (isStated ? held.initialHaircut : charges.initialHaircut)) * worth
        }
        for coin in coins.keys.sorted() {
            guard let own = coins[coin] else { continue }
            let owned = max(0, own.units * own.price)
            stablecoinInitial += charges.stablecoinInitial * owned
            stablecoinMaintenance += charges.stablecoinMaintenance * owned
        }
    }
}
