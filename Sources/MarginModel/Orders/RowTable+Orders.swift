import CMarginKernels
import MarginDomain

extension RowTable {
    /// `Σ_o min(0, h_o)` under every column, in canonical order, and the bound of these sums.
    ///
    /// A buyer of what falls, or a seller of what rises, will find the order filled; the others will not. So every
    /// order counts in the columns in which its fill loses, by itself: the worst over all subsets of fills.
    ///
    /// - Parameter cash: `K_o` in quanta.
    /// - Returns: nil where an order's row has no numbers, or a sum would not be exact.
    func fillLosses(_ orders: [OpenOrder], cash: (OpenOrder) -> Double) -> (losses: [Int64], bound: Int64)? {
        var losses = [Int64](repeating: 0, count: columns.count)
        var bound: Int64 = 0
        for order in orders {
            let paid = cash(order)
            // Twice, because the value and its gain add up.
            let own = 2 * (abs(order.lots) * largest(row: order.row) + abs(paid))
            guard own < EngineLimits.exactSumMax else { return nil }
            bound += Int64(own)
            let atOnce = order.lots * value(row: order.row) + paid
            for (index, column) in columns.enumerated() {
                var gain = atOnce + order.lots * self.gain(row: order.row, at: column.place)
                if case .coin = order.cash { gain += ((paid * column.damping) * column.move).nearestInteger }
                // BOUNDS: `gain` is a whole number within `own`, so that the sums stay within `bound`.
                if gain < 0 { losses[index] += Int64(gain) }
            }
            guard bound < Self.fillBoundMax else { return nil }
        }
        return (losses, bound)
    }

    /// Bounds of all orders of a pool together stay below this, so that their sums fit 64 bits.
    static let fillBoundMax: Int64 = 1 << 61

    /// The largest magnitude in a row; infinite without a price.
    func largest(row: Int) -> Double { rows[row * Self.rowVectors + mk_absolute, mk_absolute_largest] }
}
