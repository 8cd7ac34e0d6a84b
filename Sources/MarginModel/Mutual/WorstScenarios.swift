/// A pool's worst joint scenarios, smoothly weighted: docs/margin-model.md §10.
///
/// Columns count by how close a scenario with them comes to the pool's worst when everything else stays at its worst,
/// over the last 5 % of the loss. So a member's average over them is an average over joint scenarios, never more than
/// its own worst, and moves smoothly when another column takes over.
struct WorstScenarios: Equatable, Sendable {
    /// By flat column. Each underlying's sum to one; all are zero for a pool that cannot lose.
    let weights: [Double]

    /// Scenarios within this part of the worst loss count.
    static let depth = 0.05

    /// - Parameters:
    ///   - losses: the pool's.
    ///   - scan: their worst under `scenarios`.
    init(_ losses: [Double], _ scenarios: JointScenarios, scan: Double) {
        guard scan > 0 else {
            weights = [Double](repeating: 0, count: losses.count)
            return
        }
        let slack = Self.depth * scan
        let first = Self.apart(losses, scenarios, slack)
        guard !scenarios.isSingle else {
            weights = first
            return
        }
        let second = Self.together(losses, scenarios, slack)
        let kappa = scenarios.kappa
        weights = first.indices.map { (1 - kappa) * first[$0] + kappa * second[$0] }
    }

    /// What a member loses on average in these scenarios, negative = gains.
    func average(_ own: [Double]) -> Double {
        var sum = 0.0
        for column in weights.indices { sum += weights[column] * own[column] }
        return sum
    }

    /// Weights of the first choices, free in each underlying.
    private static func apart(_ losses: [Double], _ scenarios: JointScenarios, _ slack: Double) -> [Double] {
        var weights = [Double](repeating: 0, count: losses.count)
        for section in scenarios.sections {
            add(1, losses, Array(section.columns), lead: 0, slack, to: &weights)
        }
        return weights
    }

    /// Weights of the second choices: a mixture over common nodes of free choices in their windows.
    private static func together(_ losses: [Double], _ scenarios: JointScenarios, _ slack: Double) -> [Double] {
        let worst = scenarios.commonWeights.indices.map { common in
            scenarios.sections.reduce(0.0) { sum, section in
                sum + (section.columns(near: common).map { losses[$0] }.max() ?? 0)
            }
        }
        let largest = worst.max() ?? 0
        let shares = zip(scenarios.commonWeights, worst).map { weight, worst in
            weight * max(0, worst - largest + slack)
        }
        let whole = shares.reduce(0, +)
        var weights = [Double](repeating: 0, count: losses.count)
        for common in shares.indices where shares[common] > 0 {
            for section in scenarios.sections {
                add(
                    shares[common] / whole, losses, section.columns(near: common), lead: largest - worst[common], slack,
                    to: &weights)
            }
        }
        return weights
    }

    /// Adds a share, spread over columns by their nearness to the largest of them; `lead` is what the worst scenario
    /// of all is ahead of that.
    private static func add(
        _ share: Double, _ losses: [Double], _ columns: [Int], lead: Double, _ slack: Double,
        to weights: inout [Double]
    ) {
        let largest = columns.map { losses[$0] }.max() ?? 0
        let near = columns.map { max(0, losses[$0] - largest - lead + slack) }
        let whole = near.reduce(0, +)
        for (column, weight) in zip(columns, near) { weights[column] += share * (weight / whole) }
    }
}
