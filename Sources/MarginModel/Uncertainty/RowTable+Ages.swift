import CMarginKernels
import MarginDomain

/// What options are charged while their volatilities are too old: docs/margin-model.md §8.
extension RowTable {
    /// Takes over which options are valued on volatilities that nobody renewed for longer than `limit` nanoseconds.
    mutating func noteAges(_ contracts: ContractTable, _ market: UnderlyingMarket, at time: Timestamp, limit: Int64) {
        isAgedRow = []
        guard limit > 0 else { return }
        for group in contracts.groups where group.expiry > time && !group.optionRows.isEmpty {
            guard let newest = market.volatilityTime(of: group.expiry), (time - newest).nanoseconds > limit else {
                continue
            }
            if isAgedRow.isEmpty { isAgedRow = [Bool](repeating: false, count: contracts.instruments.count) }
            for row in group.optionRows { isAgedRow[row] = true }
        }
    }

    /// `⌈volatilityAgeMargin·Σ |q_i|·short_i⌉` over the options whose volatilities are too old.
    func ages(of positions: [(row: Int, lots: Double)], _ addOns: ParameterSet.AddOns) -> Double {
        guard !isAgedRow.isEmpty else { return 0 }
        // A row that came since the cut has no numbers.
        let notional = positions.reduce(0.0) { sum, position in
            guard position.row < isAgedRow.count, isAgedRow[position.row] else { return sum }
            return sum + abs(position.lots) * self.notional(row: position.row)
        }
        return (addOns.volatilityAgeMargin * notional).roundedUp
    }
}
