import MarginDomain

/// Volatilities on which something could be earned.
extension GeneratedWorld {
    /// Now and then one volatility of a surface is far off, or those of a whole expiry are.
    ///
    /// In one stream of three, with random numbers of its own, so that a stream is otherwise what it would be.
    mutating func spoil(_ points: inout [VolatilityPoint]) {
        guard var spoiling = spoilingRandom else { return }
        defer { spoilingRandom = spoiling }
        guard let victim = points.isEmpty ? nil : Optional(spoiling.pick(points)), spoiling.chance(0.4) else { return }
        let factor = spoiling.pick([0.2, 0.5, 0.8, 1.3, 2.5])
        let isAlone = spoiling.chance(0.5)
        for place in points.indices where points[place].expiry == victim.expiry {
            guard !isAlone || points[place].strike == victim.strike else { continue }
            points[place].volatility = Volatility(Int64(Double(points[place].volatility.billionths) * factor))
        }
    }
}
