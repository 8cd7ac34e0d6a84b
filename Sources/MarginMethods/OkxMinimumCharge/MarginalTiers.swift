/// A schedule in which each rate holds for a slice of a value alone, like a tax: `Σ rate_k · (min(V, bound_k) − bound_{k−1})⁺`.
///
/// So charges grow faster than what they charge, and credits slower.
public struct MarginalTiers: Equatable, Sendable {
    /// A slice, up to its bound.
    public struct Tier: Equatable, Sendable {
        /// Infinite in the last tier.
        public var bound: Double
        public var rate: Double

        public init(upTo bound: Double, rate: Double) {
            self.bound = bound
            self.rate = rate
        }
    }

    /// Bounds rise.
    public private(set) var tiers: [Tier]

    /// - Precondition: bounds are positive and rise.
    public init(_ tiers: [Tier]) {
        precondition(zip([0] + tiers.map(\.bound), tiers.map(\.bound)).allSatisfy(<), "bounds of tiers rise")
        self.tiers = tiers
    }

    /// What the schedule makes of a value; nothing of a negative one, and nothing of what lies beyond the last bound.
    public func amount(of value: Double) -> Double {
        var (sum, from) = (0.0, 0.0)
        for tier in tiers {
            sum += tier.rate * max(0, min(value, tier.bound) - from)
            from = tier.bound
        }
        return sum
    }

    /// From a list of pairs `[bound, rate]`; the last bound may be left out: `[rate]` holds without end.
    public init(_ list: [ParameterTree], at path: String, rates: ClosedRange<Double>) throws(MethodFault) {
        var read: [Tier] = []
        for (place, element) in list.enumerated() {
            let own = "\(path)[\(place)]"
            guard case .list(let pair) = element, let last = pair.last, (1...2).contains(pair.count) else {
                throw .badParameter(own, "expected [bound, rate], or [rate] at the end")
            }
            let isOpen = pair.count == 1
            guard !isOpen || place == list.count - 1 else {
                throw .badParameter(own, "only the last tier has no bound")
            }
            let bound = isOpen ? Double.infinity : try pair[0].number(at: own, within: 0...1e15)
            guard bound > read.last?.bound ?? 0 else { throw .badParameter(own, "bounds of tiers rise") }
            read.append(Tier(upTo: bound, rate: try last.number(at: own, within: rates)))
        }
        guard !read.isEmpty else { throw .badParameter(path, "a schedule has a tier") }
        self.init(read)
    }
}
