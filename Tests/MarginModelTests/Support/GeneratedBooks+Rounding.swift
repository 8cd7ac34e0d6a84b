import MarginDomain

@testable import MarginModel

extension GeneratedBooks {
    /// By how many quanta roundings may turn an inequality of the law (docs/margin-model.md §1) at holdings that are put
    /// together of others.
    ///
    /// Every charge is rounded up by itself: less than a quantum, or where the unrounded sides are equal one by the
    /// product's rounding. What is exact rounds nothing: skew, fee, funding, and orders, each of which brings the same
    /// money wherever it lies.
    func rounding(of held: PoolHoldings) -> Int64 {
        // The scan, `κ` having been multiplied before, and the two halves of the minimum delta.
        var quanta: Int64 = 2 + 2
        let contracts = held.positions.compactMap { position in instruments.first { $0.id == position.instrument } }
        // Oracle uncertainty, two prices, liquidity, concentration.
        let coins = held.balances.filter { world.book.market(of: $0.asset) != nil }
        quanta += 4 * Int64(Set(contracts.map(\.underlying)).union(coins.map(\.asset)).count)
        for expiry in Set(contracts.map { Expiry(underlying: $0.underlying, time: $0.expiry) }) {
            let hasOptions = contracts.contains {
                guard case .option = $0.contract else { return false }
                return $0.underlying == expiry.underlying && $0.expiry == expiry.time
            }
            // Basis; naked calls and puts.
            quanta += hasOptions ? 3 : 1
        }
        for balance in held.balances where balance.asset != ModelWorld.usd.id {
            // Coin is cut to a quantum, which every charge above sees as less than one, and the scan and the two prices
            // round what it gains in three books to the nearest: 1 + 4 + 2·1.5. Other assets: the worth is cut, which
            // its two charges see, and these are rounded up.
            quanta += coins.contains { $0.asset == balance.asset } ? 8 : 5
        }
        return quanta
    }

    private struct Expiry: Hashable {
        let underlying: AssetID
        let time: Timestamp?
    }
}
