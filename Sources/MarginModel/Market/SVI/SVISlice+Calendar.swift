extension SVISlice {
    /// Where an earlier slice has more total variance than this one, nil if nowhere.
    ///
    /// At equal log-moneyness total variance may not fall with time (G&J, Lemma 2.1): else the later option is bought and
    /// the earlier sold for a profit. The wings are compared by their slopes; in between the difference is looked at on the
    /// grids of both slices and followed into its dips. Less than 1e-12 of the variance counts as rounding.
    public func calendarArbitrage(after earlier: SVISlice) -> SVIFault? {
        guard years > earlier.years else { return .order(earlier: earlier.years, later: years) }
        for wing in Wing.allCases {
            let (before, after) = (earlier.slope(of: wing), slope(of: wing))
            guard after >= before - 1e-12 * before else { return .calendarWing(wing, earlier: before, later: after) }
        }
        var worst: (k: Double, difference: Double)?
        let grid = (strikes + earlier.strikes).sorted()
        for k in dips(on: grid, { totalVariance($0) - earlier.totalVariance($0) }) {
            let (before, after) = (earlier.totalVariance(k), totalVariance(k))
            let difference = after - before
            if difference < -1e-12 * before, difference < worst?.difference ?? 0 { worst = (k, difference) }
        }
        return worst.map {
            .calendar(logMoneyness: $0.k, earlier: earlier.totalVariance($0.k), later: totalVariance($0.k))
        }
    }

    /// Checks the slices of a surface, in order of time: each for butterflies, each pair of neighbours for calendars.
    ///
    /// - Throws: the first arbitrage found.
    public static func check(_ slices: [SVISlice]) throws(SVIFault) {
        for (place, slice) in slices.enumerated() {
            if let fault = slice.butterflyArbitrage { throw fault }
            guard place > 0 else { continue }
            if let fault = slice.calendarArbitrage(after: slices[place - 1]) { throw fault }
        }
    }
}
