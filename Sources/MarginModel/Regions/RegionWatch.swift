/// Between which levels a pool's equity must stay for nothing to happen.
///
/// The engine knows the levels; the model turns them into regions.
public struct RegionWatch: Sendable {
    /// Which requirement a level is a multiple of.
    public enum Requirement: Sendable { case nothing, maintenance, release, initial }

    /// One level.
    public struct Level: Sendable {
        public let requirement: Requirement
        public let factor: Double
        /// How far equity is from it, in quanta; not negative.
        public let slack: Double

        public init(_ requirement: Requirement, factor: Double = 1, slack: Double) {
            self.requirement = requirement
            self.factor = factor
            self.slack = slack
        }
    }

    /// Below which equity must not fall, and which it must not reach from below.
    public let lower: Level?
    public let upper: Level?

    public init(lower: Level?, upper: Level?) {
        self.lower = lower
        self.upper = upper
    }
}

/// Why a pool is evaluated in every cut.
public enum ExactReason: String, CaseIterable, Sendable {
    /// Its life cycle, its model or its mutual pool has no regions.
    case lifeCycle, method, mutual
    /// It has open orders, or positions that settle in a stablecoin.
    case orders, settlementCoin
    /// It is in more underlyings than a region may have.
    case underlyings
    /// Its owner has other pools, or comes near the size that is charged.
    case ownerSize
    /// Something it holds has no price, no bounds (too near expiry, being settled), or is too large.
    case unpriced, unbounded, size
}

/// What came of looking for a region.
public enum RegionOutcome: Equatable, Sendable {
    /// The pool is looked at when the market leaves it.
    case found
    case exact(ExactReason)
    /// The market is not fit for regions now.
    case later
}

/// What a cut has to evaluate.
public enum CutScope: Sendable {
    /// Every pool that is exposed.
    case all
    /// These, in ascending order of pool id; no other can have reached a level.
    case some([PoolSlot])
}
