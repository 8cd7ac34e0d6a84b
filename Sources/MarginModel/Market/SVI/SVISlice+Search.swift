import CMarginKernels

extension SVISlice {
    /// Log-moneynesses at which a slice is looked at, ascending: `m + ℓ·sinh(v)` on an even grid of `v`.
    ///
    /// Everything about a slice happens at distances from `m` that are comparable to `σ`, to `m` itself, or to `w/b`; so
    /// the grid is dense at the smallest of these and its steps grow with the distance.
    var strikes: [Double] {
        let reach = 1e4 * (1 + sigma + abs(m))
        // sinh(v)·σ = reach, nearly.
        let widest = mk_logarithm(2 * reach / sigma)
        let half = 384
        return (-half...half).map { place in
            let v = widest * Double(place) / Double(half)
            return m + sigma * 0.5 * (mk_exponential(v) - mk_exponential(-v))
        }
    }

    /// Where a function is least between neighbours of a grid, found by golden sections, and the grid's ends.
    ///
    /// - Precondition: the grid ascends and has at least three points.
    func dips(on grid: [Double], _ value: (Double) -> Double) -> [Double] {
        let values = grid.map(value)
        var found = [grid[0], grid[grid.count - 1]]
        for place in 1..<(grid.count - 1)
        where values[place] <= values[place - 1] && values[place] <= values[place + 1] {
            found.append(Self.least(between: grid[place - 1], grid[place + 1], value))
            found.append(grid[place])
        }
        return found
    }

    /// Golden sections: a function with one dip between two points is least here.
    private static func least(between low: Double, _ high: Double, _ value: (Double) -> Double) -> Double {
        let golden = 0.6180339887498949
        var (low, high) = (low, high)
        for _ in 0..<60 {
            let left = high - golden * (high - low)
            let right = low + golden * (high - low)
            if value(left) < value(right) { high = right } else { low = left }
        }
        return 0.5 * (low + high)
    }
}
