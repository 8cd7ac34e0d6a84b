@testable import MarginModel

/// Small pools of made-up losses: few columns, so that enumeration is possible.
struct GeneratedPools {
    var inputs: Inputs

    init(seed: UInt64) { inputs = Inputs(seed: seed) }

    /// Underlyings of three to five nodes of one to two columns, of which the middle one is the null move.
    mutating func scenarios(underlyings: Int) -> JointScenarios {
        var start = 0
        let count = inputs.whole(3...4)
        let sections = (0..<underlyings).map { _ in
            let widths = (0..<count).map { _ in inputs.whole(1...2) }
            var nodes: [Range<Int>] = []
            for width in widths {
                let first = nodes.last?.upperBound ?? start
                nodes.append(first..<first + width)
            }
            let reach = inputs.whole(0...3)
            let windows = (0..<count).map { common in (0..<count).filter { reach == 3 || abs($0 - common) <= reach } }
            let section = JointScenarios.Section(
                columns: start..<(nodes.last?.upperBound ?? start), nodes: nodes, windows: windows)
            start = section.columns.upperBound
            return section
        }
        return JointScenarios(
            sections: sections, kappa: inputs.number(in: 0...1), commonWeights: (0..<count).map { _ in 1 })
    }

    /// Whole losses, none in the second node's first column of each underlying.
    mutating func losses(_ scenarios: JointScenarios) -> [Double] {
        let size = inputs.number(in: 1...1000)
        var losses = (0..<scenarios.columnCount).map { _ in inputs.number(in: -size...size).rounded() }
        for section in scenarios.sections {
            if inputs.whole(0...3) == 0 { for column in section.columns { losses[column] = 0 } }
            losses[section.nodes[1].lowerBound] = 0
        }
        return losses
    }

    mutating func member(_ scenarios: JointScenarios, factors: PerRequirement<Double>) -> MutualMember {
        let losses = losses(scenarios)
        let addOns = inputs.number(in: 0...100).rounded()
        let worst = scenarios.worst(losses)
        let floor = inputs.whole(0...4) == 0 ? inputs.number(in: 0...500) : 0
        let alone = PerRequirement { level in (factors[level] * max(worst, floor)).rounded(.up) + addOns }
        let contribution = inputs.whole(0...3) == 0 ? 0 : (inputs.number(in: 0...0.6) * alone.initial).rounded()
        return MutualMember(
            equity: (inputs.number(in: 0.2...2) * alone.initial).rounded(), contribution: contribution,
            lien: (inputs.number(in: 0...2) * contribution).rounded(), losses: losses, standAlone: alone,
            addOns: PerRequirement { _ in addOns })
    }

    /// A pool of so many members and underlyings.
    mutating func pool(
        members: Int, underlyings: Int, terms: MutualTerms, grain: MutualPool.Grain = .quanta
    ) -> MutualPool {
        let factors = PerRequirement(initial: 1.0, maintenance: 0.8, release: 0.9)
        let scenarios = scenarios(underlyings: underlyings)
        let members = (0..<members).map { _ in member(scenarios, factors: factors) }
        return MutualPool(members, scenarios, factors: factors, terms: terms, grain: grain)
    }
}
