import CMarginKernels
import MarginDomain

/// The split of a one-owner pool's requirement over its members: docs/margin-model.md §10.
///
/// Works on what a pool and its members lose under the same columns, whatever the quantum.
struct ShareSplit {
    let pool: Part
    let members: [Part]
    let parameters: ParameterSet
    /// What each member loses on average in the pool's worst scenarios.
    private let averages: [Double]

    /// What a pool or a member loses, and what it is charged.
    struct Part {
        /// Ascending by underlying.
        let sections: [Section]
        /// Stand-alone requirement.
        let alone: PerRequirement<Double>
        /// Charges that do not net: stablecoins, liquidation fee, haircuts.
        let flat: PerRequirement<Double>
    }

    /// One underlying of a part.
    struct Section {
        let underlying: AssetID
        let grid: ScenarioGrid
        /// `ℓ_u = −g_u` in canonical order.
        let losses: [Double]
        /// Ascending by group.
        let expiries: [Expiry]
    }

    /// The charged sums of one expiry.
    struct Expiry {
        let group: Int
        let basisRate: Double
        /// The kernel's expiry vector, net of lots.
        let sums: SIMD8<Double>
    }

    /// - Parameter scan: the pool's.
    init(pool: Part, members: [Part], scan: Double, _ parameters: ParameterSet) {
        self.pool = pool
        self.members = members
        self.parameters = parameters
        let worst = WorstScenarios(pool.sections.flatMap(\.losses), pool.sections.scenarios(parameters), scan: scan)
        averages = members.map { worst.average($0.losses(over: pool.sections)) }
    }

    /// `c_i`: what each member adds to the pool, which can be negative.
    func components(_ level: RequirementLevel) -> [Double] {
        // A member by itself bears it all, what no scenario says included.
        if members.count == 1 { return [pool.alone[level]] }
        let factor = PerRequirement(parameters.factors)[level]
        return members.indices.map { index in
            factor * averages[index] + netted(members[index], level) + members[index].flat[level]
        }
    }

    /// Shares that sum to `requirement`, up to rounding.
    func shares(_ level: RequirementLevel, of requirement: Double) -> [Double] {
        Self.spread(requirement, over: components(level), standAlone: members.map { $0.alone[level] })
    }

    /// Components and the rest of a sum, which members bear in proportion to what is left to what they need alone.
    static func spread(_ sum: Double, over components: [Double], standAlone: [Double]) -> [Double] {
        let room = zip(standAlone, components).map { max(0, $0 - $1) }
        let remainder = sum - components.reduce(0, +)
        let whole = room.reduce(0, +)
        return components.indices.map { index in
            components[index] + remainder * (whole > 0 ? room[index] / whole : 1 / Double(components.count))
        }
    }

    /// A member's Euler parts of the pool's netted charges: basis, skew, naked shorts.
    private func netted(_ member: Part, _ level: RequirementLevel) -> Double {
        let rates = parameters.addOns
        let naked = level == .initial ? rates.nakedShort + rates.nakedShortInitialExtra : rates.nakedShort
        var (basis, skew, shorts) = (0.0, 0.0, 0.0)
        for section in member.sections {
            let nets = pool.section(of: section.underlying)?.expiries ?? []
            for expiry in section.expiries {
                guard let net = nets.first(where: { $0.group == expiry.group })?.sums else { continue }
                let own = expiry.sums
                let phi = net[mk_expiry_phi]
                basis += expiry.basisRate * ((phi > 0 ? 1 : phi < 0 ? -1 : 0) * own[mk_expiry_phi])
                let rotation = (0..<4).reduce(0) { net[$1] < net[$0] ? $1 : $0 }
                if net[rotation] < 0 { skew -= own[rotation] }
                if net[mk_expiry_calls] < 0 { shorts -= naked * own[mk_expiry_calls] }
                if net[mk_expiry_puts] < 0 { shorts -= naked * own[mk_expiry_puts] }
            }
        }
        return basis + skew + shorts
    }

    /// Whole quanta by largest remainder.
    static func cut(_ shares: [Double], toSum sum: Value) -> [Value] {
        LargestRemainder.cut(
            floors: shares.map { Int128(saturating: $0.roundedDown) },
            remainders: shares.map { $0 - $0.roundedDown }, toSum: Int128(sum.quanta)
        ).map { Value(saturating: $0) }
    }
}

extension Int128 {
    /// A whole number, or the nearest that sums of a pool's members still fit.
    fileprivate init(saturating whole: Double) { self = Int128(Swift.max(-0x1p100, Swift.min(0x1p100, whole))) }
}

extension ShareSplit.Part {
    func section(of underlying: AssetID) -> ShareSplit.Section? { sections.first { $0.underlying == underlying } }

    /// Losses in the flat columns of a pool's sections: none where the part has no such underlying.
    func losses(over sections: [ShareSplit.Section]) -> [Double] {
        sections.flatMap { pooled in
            section(of: pooled.underlying)?.losses ?? [Double](repeating: 0, count: pooled.losses.count)
        }
    }
}

extension [ShareSplit.Section] {
    /// The joint scenarios of these underlyings.
    func scenarios(_ parameters: ParameterSet) -> JointScenarios {
        JointScenarios(
            map { section in
                (section.grid, parameters.underlying(section.underlying)?.window ?? UnderlyingParameters.wholeWindow)
            }, kappa: parameters.scan.kappa)
    }
}
