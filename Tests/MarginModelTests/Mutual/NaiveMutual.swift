@testable import MarginModel

/// Mutual pools by enumeration: every joint scenario one after another, with no idea behind it.
enum NaiveMutual {
    /// Every joint scenario, as the flat columns of its two choices; some more than once.
    static func choices(_ scenarios: JointScenarios) -> [JointScenarios.Choice] {
        let first = tuples(scenarios.sections.map { Array($0.columns) })
        if scenarios.sections.count < 2 { return first.map { JointScenarios.Choice(first: $0, second: $0) } }
        var second: [[Int]] = []
        for common in scenarios.commonWeights.indices {
            second += tuples(
                scenarios.sections.map { section in section.windows[common].flatMap { Array(section.nodes[$0]) } })
        }
        return first.flatMap { first in second.map { JointScenarios.Choice(first: first, second: $0) } }
    }

    /// `L_i(s)`.
    static func loss(_ losses: [Double], _ choice: JointScenarios.Choice, _ scenarios: JointScenarios) -> Double {
        let first = choice.first.map { losses[$0] }.reduce(0, +)
        if scenarios.sections.count < 2 { return first }
        return (1 - scenarios.kappa) * first + scenarios.kappa * choice.second.map { losses[$0] }.reduce(0, +)
    }

    /// `min_s Σ_i min(b_i − f·L_i(s), K_i)`.
    static func excess(_ question: PledgedExcess.Question, _ choices: [JointScenarios.Choice]) -> Double {
        choices.map { choice in
            question.money.indices.map { member in
                let loss = loss(question.losses[member], choice, question.scenarios)
                return min(question.money[member] - question.factor * loss, question.pledges[member])
            }.reduce(0, +)
        }.min() ?? 0
    }

    /// The largest `β ≤ betaMax` that passes, by bisection down to a tenth of a billionth.
    static func beta(_ pool: MutualPool, betaMax: Double, slack: Double = 1e-9) -> Double {
        let choices = choices(pool.scenarios)
        func passes(_ beta: Double) -> Bool {
            let money = pool.members.indices.map { index in
                let (member, component) = (pool.members[index], pool.components.initial[index])
                let benefit = member.standAlone.initial - max(0, component)
                return member.standAlone.initial - beta * benefit - member.addOns.initial
            }
            let question = PledgedExcess.Question(
                scenarios: pool.scenarios, factor: pool.factors.initial, money: money,
                pledges: pool.members.map { $0.pledge(pool.terms) }, losses: pool.members.map(\.losses))
            return excess(question, choices) >= -slack
        }
        if passes(betaMax) { return betaMax }
        var (low, high) = (0.0, betaMax)
        for _ in 0..<34 {
            let middle = (low + high) / 2
            if passes(middle) { low = middle } else { high = middle }
        }
        return low
    }

    private static func tuples(_ lists: [[Int]]) -> [[Int]] {
        lists.reduce([[]]) { tuples, list in tuples.flatMap { tuple in list.map { tuple + [$0] } } }
    }
}
