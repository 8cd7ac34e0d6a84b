import MarginDomain

extension ParameterSet {
    /// How ranges follow the market: docs/margin-model.md §14. All 0 = they do not.
    public struct Dynamics: Equatable, Sendable {
        /// A range is so many deviations of a day; 0 = ranges do not move.
        public internal(set) var multiple = 0.0
        /// `λ`: how much of the variance stays from day to day.
        public internal(set) var decay = 0.0
        /// Largest return that counts, in deviations known before it; 0 = no limit.
        public internal(set) var limit = 0.0
        /// The most by which a range may rise in a day, of itself.
        public internal(set) var rise = 0.0
        /// The most by which a dynamic range may fall in a day, of itself.
        public internal(set) var fall = 0.0
        /// The part of a dynamic range that does not follow the market.
        public internal(set) var stressedWeight = 0.0

        public init() {}

        /// Whether ranges move at all.
        public var isOn: Bool { multiple > 0 }

        func validate() throws(ParameterFault) {
            guard isOn else { return }
            if decay == 0 { throw .missing(.dynamicDecay, AssetID(0)) }
            if rise == 0 { throw .missing(.dynamicRise, AssetID(0)) }
            if fall == 0 { throw .missing(.dynamicFall, AssetID(0)) }
        }
    }

    /// The same set with the larger of its own and other ranges, in billionths.
    func widened(to ranges: [AssetID: Int64], version: ParameterVersion) -> ParameterSet {
        var set = self
        set.version = version
        for place in set.underlyings.indices {
            guard let range = ranges[set.underlyings[place].asset] else { continue }
            set.underlyings[place].range = max(set.underlyings[place].range, Ratio(range).fraction)
        }
        return set
    }
}
