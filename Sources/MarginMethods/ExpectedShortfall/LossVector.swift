/// Losses of something on every scenario date: the vector that portfolios add up.
///
/// The vector of a portfolio is the sum of its contracts' vectors times their quantities, and that of a pool the sum of
/// its members', so a trade changes it by one multiplication and addition a date (``add(_:times:)``) and no contract is
/// revalued. Shortfall is then read off the sum. Valid until the market or the history moves.
public struct LossVector: Equatable, Sendable {
    /// Place among the history's dates of the first loss; the last loss is on the last date.
    public private(set) var first: Int
    /// Dollars; positive = loss.
    public private(set) var losses: [Double]

    public init(first: Int, losses: [Double]) {
        self.first = first
        self.losses = losses
    }

    /// Adds a quantity of another vector. Dates that either lacks are dropped: a scenario is one date for all factors.
    ///
    /// - Precondition: both end with the same date.
    public mutating func add(_ other: LossVector, times quantity: Double = 1) {
        precondition(first + losses.count == other.first + other.losses.count, "vectors of the same history")
        let start = max(first, other.first)
        losses.removeFirst(start - first)
        first = start
        let skipped = start - other.first
        for place in losses.indices { losses[place] += quantity * other.losses[place + skipped] }
    }
}

/// The two vectors that a requirement is read from.
public struct LossVectors: Equatable, Sendable {
    /// On the look-back's dates, with returns brought to today's volatility.
    public var filtered: LossVector
    /// On every date, with returns as they were: for stress and the long run.
    public var plain: LossVector

    public init(filtered: LossVector, plain: LossVector) {
        self.filtered = filtered
        self.plain = plain
    }

    public mutating func add(_ other: LossVectors, times quantity: Double = 1) {
        filtered.add(other.filtered, times: quantity)
        plain.add(other.plain, times: quantity)
    }
}
