public import MarginDomain

/// The exchange's own side of every entry, so that the books close: the sum of all members' balances of an asset plus
/// the house's is zero at all times, custody holding the negative of what was paid in.
public struct HouseAccounts: Equatable, Sendable {
    private var balances: [HouseBalance: Balance] = [:]

    private struct HouseBalance: Hashable {
        var fund: Fund
        var asset: AssetID
    }

    /// What a fund holds of an asset.
    public func balance(of fund: Fund, in asset: AssetID) -> Balance {
        balances[HouseBalance(fund: fund, asset: asset)] ?? .zero
    }

    mutating func post(_ amount: Balance, to fund: Fund, in asset: AssetID) {
        balances[HouseBalance(fund: fund, asset: asset), default: .zero] += amount
    }

    /// The sum over all funds.
    public func total(of asset: AssetID) -> Balance {
        balances.reduce(into: Balance.zero) { sum, entry in
            if entry.key.asset == asset { sum += entry.value }
        }
    }
}
