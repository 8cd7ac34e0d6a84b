/// What the worst of a list of losses say. Losses are positive; equal weights.
///
/// With `n` losses and confidence `α` the tail has `n(1 − α)` of them.
public enum TailMeasure: String, CaseIterable, Sendable {
    /// Whole: value at risk is the `⌈n(1−α)⌉`-th largest loss, shortfall the mean of all losses at least as large.
    ///
    /// Open Source Risk Engine's convention (quantile `p` = order statistic `⌈np⌉` ascending, no interpolation).
    case whole
    /// Fractional: the loss on the boundary counts with the fraction that is left, so that nothing jumps with `n`.
    ///
    /// Value at risk is as for ``whole``. Source: C. Acerbi, D. Tasche, *On the coherence of expected shortfall* (2002),
    /// whose boundary has the weight that is left.
    case fractional

    /// The loss that is exceeded in a share `1 − α` of cases; 0 of no losses.
    public static func valueAtRisk(_ losses: [Double], confidence: Double) -> Double {
        largest(rank(losses.count, confidence), of: losses).last ?? 0
    }

    /// The mean loss in the tail; 0 of no losses.
    public func shortfall(_ losses: [Double], confidence: Double) -> Double {
        guard !losses.isEmpty else { return 0 }
        switch self {
        case .whole:
            let bound = Self.valueAtRisk(losses, confidence: confidence)
            let tail = losses.filter { $0 >= bound }
            return tail.reduce(0, +) / Double(tail.count)
        case .fractional:
            let mass = Self.mass(losses.count, confidence)
            let worst = Self.largest(Self.rank(losses.count, confidence), of: losses)
            let whole = min(Int(mass), worst.count)
            var sum = worst.prefix(whole).reduce(0, +)
            if whole < worst.count { sum += (mass - Double(whole)) * worst[whole] }
            return sum / mass
        }
    }

    /// `n(1 − α)`, to the whole number it stands for: 1 − 0.99 is not 0.01 in binary.
    static func mass(_ count: Int, _ confidence: Double) -> Double {
        let exact = Double(count) * (1 - confidence)
        let whole = exact.rounded()
        return abs(exact - whole) <= 1e-9 * max(1, whole) ? whole : exact
    }

    /// `⌈n(1 − α)⌉`, at least 1.
    public static func rank(_ count: Int, _ confidence: Double) -> Int {
        min(count, max(1, Int(mass(count, confidence).rounded(.up))))
    }

    /// The `rank` largest, descending.
    static func largest(_ rank: Int, of losses: [Double]) -> [Double] {
        guard rank <= 64 else { return Array(losses.sorted(by: >).prefix(rank)) }
        // SPEED: a short tail is found in one pass, without sorting hundreds of losses for a handful of them.
        var worst: [Double] = []
        worst.reserveCapacity(rank + 1)
        for loss in losses {
            if worst.count == rank, let last = worst.last, loss <= last { continue }
            var place = worst.count
            while place > 0, worst[place - 1] < loss { place -= 1 }
            worst.insert(loss, at: place)
            if worst.count > rank { worst.removeLast() }
        }
        return worst
    }
}
