internal import CMarginKernels

/// Whether exceedances are as many, and as scattered, as a confidence promises.
public struct ExceedanceTest: Equatable, Sendable {
    public let days: Int
    public let count: Int
    /// Promised share of days with an exceedance.
    public let probability: Double
    /// Days by what the day before and the day itself were.
    private let transitions: [[Int]]

    public init(_ exceedances: [Bool], probability: Double) {
        days = exceedances.count
        count = exceedances.count { $0 }
        self.probability = probability
        var transitions = [[0, 0], [0, 0]]
        for (before, now) in zip(exceedances, exceedances.dropFirst()) { transitions[before ? 1 : 0][now ? 1 : 0] += 1 }
        self.transitions = transitions
    }

    /// Likelihood ratio of the proportion of failures; χ² of one degree where the promise is kept.
    ///
    /// Source: Kupiec, "Techniques for verifying the accuracy of risk measurement models", J. of Derivatives 3 (1995).
    public var kupiec: Double {
        let share = Double(count) / Double(max(1, days))
        return 2
            * (Self.likelihood(days - count, count, share) - Self.likelihood(days - count, count, probability))
    }

    /// Chance of a ratio as large as Kupiec's where the promise is kept, either side.
    public var kupiecTwoSided: Double { Self.chiSquareTail(kupiec) }

    /// The same for too many exceedances alone, by the signed root of the ratio: small = margin is too low.
    public var kupiecOneSided: Double {
        let root = max(0, kupiec).squareRoot()
        return mk_normal(Double(count) > probability * Double(days) ? -root : root)
    }

    /// Chance of at least as many exceedances where the promise is kept: the exact binomial tail.
    public var binomialTail: Double {
        guard count > 0 else { return 1 }
        var term = mk_exponential(Double(days) * mk_logarithm(1 - probability))
        var tail = 0.0
        for hits in stride(from: 1, through: days, by: 1) {
            term *= Double(days - hits + 1) / Double(hits) * probability / (1 - probability)
            if hits >= count { tail += term }
        }
        return min(1, tail)
    }

    /// Likelihood ratio of independence from the day before; χ² of one degree where exceedances are scattered.
    ///
    /// Source: Christoffersen, "Evaluating interval forecasts", International Economic Review 39 (1998).
    public var christoffersen: Double {
        let (calm, after) = (transitions[0], transitions[1])
        let hits = calm[1] + after[1]
        let pairs = calm[0] + calm[1] + after[0] + after[1]
        guard hits > 0, pairs > 0 else { return 0 }
        let share = Double(hits) / Double(pairs)
        let apart =
            Self.likelihood(calm[0], calm[1], Self.share(calm)) + Self.likelihood(after[0], after[1], Self.share(after))
        return 2 * (apart - Self.likelihood(pairs - hits, hits, share))
    }

    public var christoffersenTail: Double { Self.chiSquareTail(christoffersen) }

    private static func share(_ pair: [Int]) -> Double {
        pair[0] + pair[1] == 0 ? 0 : Double(pair[1]) / Double(pair[0] + pair[1])
    }

    /// `misses·ln(1−p) + hits·ln p`, where nothing times the logarithm of nothing is nothing.
    private static func likelihood(_ misses: Int, _ hits: Int, _ share: Double) -> Double {
        (misses == 0 ? 0 : Double(misses) * mk_logarithm(1 - share))
            + (hits == 0 ? 0 : Double(hits) * mk_logarithm(share))
    }

    /// Of one degree: `2·(1 − Φ(√x))`.
    private static func chiSquareTail(_ ratio: Double) -> Double { 2 * mk_normal(-max(0, ratio).squareRoot()) }
}
