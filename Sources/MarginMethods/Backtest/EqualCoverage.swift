/// Brings models to the same coverage, so that their costs can be compared: one multiplier a model, chosen on the past.
public struct EqualCoverage: Equatable, Sendable {
    /// Largest share of days that any book may exceed.
    public var bookShare: Double
    /// Largest share of all book-days.
    public var poolShare: Double

    public init(bookShare: Double = 0.01, poolShare: Double = 0.005) {
        self.bookShare = bookShare
        self.poolShare = poolShare
    }

    /// The least multiplier of all margins under which both shares hold.
    public func multiplier(_ paths: [MarginPath]) -> Double {
        let ratios = paths.map { path in zip(path.margins, path.losses).map { $1 / $0 } }
        let least =
            ratios.map { Self.multiplier($0, share: bookShare) } + [
                Self.multiplier(ratios.flatMap { $0 }, share: poolShare)
            ]
        return least.max() ?? 1
    }

    /// With the `(k + 1)`-th largest ratio of loss to margin as multiplier, `k` losses exceed it.
    private static func multiplier(_ ratios: [Double], share: Double) -> Double {
        let allowed = Int(Double(ratios.count) * share)
        return TailMeasure.largest(allowed + 1, of: ratios).last ?? 0
    }
}
