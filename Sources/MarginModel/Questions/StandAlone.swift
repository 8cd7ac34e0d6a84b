import CMarginKernels
import MarginDomain

/// What holdings are by themselves: the excess they have, and how much of the range of exact sums they take.
///
/// Excess is concave and homogeneous (docs/margin-model.md, §1), so holdings together have at least the excess that
/// they have apart, but for roundings, while the sums of all of them are exact.
public struct StandAlone: Sendable {
    public private(set) var excess: MarginExcess
    /// At least `Σ |q_i|·max|x_i| + Σ |C_u|` of docs/margin-model.md, §8.
    private var reach: Double

    /// Nothing at all.
    public static let nothing = StandAlone(excess: MarginExcess(initial: .zero, maintenance: .zero), reach: 0)

    fileprivate init?(_ margin: PoolMargin, reach: Double) {
        guard let excess = MarginExcess(margin) else { return nil }
        self.init(excess: excess, reach: reach)
    }

    private init(excess: MarginExcess, reach: Double) {
        self.excess = excess
        self.reach = reach
    }

    /// Whether sums are exact with all of it.
    public var isExact: Bool { reach < EngineLimits.exactSumMax }

    /// Both, without what they would save together.
    public static func + (left: StandAlone, right: StandAlone) -> StandAlone {
        StandAlone(excess: left.excess + right.excess, reach: left.reach + right.reach)
    }

    /// Of two ends one of which comes about: the worse of each kind, and at worst nothing.
    public static func worse(_ left: StandAlone, _ right: StandAlone) -> StandAlone {
        StandAlone(
            excess: MarginExcess(
                initial: min(left.excess.initial, right.excess.initial, .zero),
                maintenance: min(left.excess.maintenance, right.excess.maintenance, .zero)),
            reach: max(left.reach, right.reach))
    }
}

extension MarginBook {
    /// A pool by itself, as it is; nil if it has no margin.
    public mutating func standAlone(_ pool: PoolSlot) -> StandAlone? {
        let margin = margin(of: pool)
        let reach = pools[pool.index].sections.reduce(0.0) { sum, place in
            sum + underlyings[place.underlying].arena.sums[place.section].bound
        }
        return StandAlone(margin, reach: reach)
    }

    /// Holdings by themselves; nil if they have no margin.
    public func standAlone(_ holdings: PoolHoldings) -> StandAlone? {
        // SPEED: nothing needs no scan, and half of what is asked for is nothing.
        if holdings == PoolHoldings() { return .nothing }
        let trial = Trial(holdings, book: self)
        let reach = trial.record.sections.reduce(0.0) { sum, place in sum + trial.sums(place, self).bound }
        return StandAlone(assemble(trial.record, trial), reach: reach)
    }
}
