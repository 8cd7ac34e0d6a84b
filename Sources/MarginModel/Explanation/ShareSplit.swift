import CMarginKernels
import MarginDomain

/// The split of a one-owner pool's requirement over its members: docs/margin-model.md §10.
///
/// Works on what a pool and its members lose under the same columns, whatever the quantum.
struct ShareSplit {
    let pool: Part
    let members: [Part]
    let parameters: ParameterSet
    /// The pool's scan.
    let scan: Double
    /// `ρ·Σ_u (Σ_col w·ℓ_{i,u} / Σ_col w)` of each member.
    private let scanLosses: [Double]

    /// What a pool or a member loses, and what it is charged.
    struct Part {
        /// Ascending by underlying.
        let sections: [Section]
        /// Stand-alone requirement.
        let alone: PerLevel
        /// Charges that do not net: stablecoins, liquidation fee, haircuts.
        let flat: PerLevel
    }

    /// One underlying of a part.
    struct Section {
        let underlying: AssetID
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

    /// A number for each of the two requirements that are split.
    struct PerLevel {
        let initial: Double
        let maintenance: Double

        subscript(level: Level) -> Double { level == .initial ? initial : maintenance }
    }

    /// Which requirement.
    enum Level {
        case initial
        case maintenance
    }

    init(pool: Part, members: [Part], scan: Double, _ parameters: ParameterSet) {
        self.pool = pool
        self.members = members
        self.scan = scan
        self.parameters = parameters
        var largest = 0.0
        var sums = [Double](repeating: 0, count: members.count)
        for section in pool.sections {
            guard let worst = section.losses.max() else { continue }
            largest += worst
            let weights = section.losses.map { loss in
                let weight = loss - worst + 0.05 * scan
                return weight > 0 ? weight : 0
            }
            let total = weights.reduce(0, +)
            guard total > 0 else { continue }
            for (index, member) in members.enumerated() {
                guard let own = member.section(of: section.underlying) else { continue }
                sums[index] += zip(weights, own.losses).reduce(0.0) { $0 + $1.0 * $1.1 } / total
            }
        }
        let rho = largest > 0 ? scan / largest : 0
        scanLosses = sums.map { rho * $0 }
    }

    /// `c_i`: what each member adds to the pool, which can be negative.
    func components(_ level: Level) -> [Double] {
        let factor = level == .initial ? parameters.factors.initial : parameters.factors.maintenance
        return members.indices.map { index in
            factor * scanLosses[index] + netted(members[index], level) + members[index].flat[level]
        }
    }

    /// Shares that sum to `requirement`, up to rounding.
    func shares(_ level: Level, of requirement: Double) -> [Double] {
        let components = components(level)
        let room = members.indices.map { index in
            let own = members[index].alone[level] - components[index]
            return own > 0 ? own : 0
        }
        let remainder = requirement - components.reduce(0, +)
        let whole = room.reduce(0, +)
        return members.indices.map { index in
            components[index] + remainder * (whole > 0 ? room[index] / whole : 1 / Double(members.count))
        }
    }

    /// A member's Euler parts of the pool's netted charges: basis, skew, naked shorts.
    private func netted(_ member: Part, _ level: Level) -> Double {
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

    /// Largest remainder: everyone's floor, then the quanta left over by falling fraction, the earlier first.
    static func cut(_ shares: [Double], toSum sum: Int64) -> [Int64] {
        guard !shares.isEmpty else { return [] }
        var cut = shares.map { Int64($0.roundedDown) }
        let order = shares.indices.sorted { left, right in
            let (a, b) = (shares[left] - shares[left].roundedDown, shares[right] - shares[right].roundedDown)
            return a > b || (a == b && left < right)
        }
        var leftOver = sum - cut.reduce(0, +)
        var turn = 0
        // Rounding of the shares themselves can leave a quantum or two either way.
        while leftOver != 0 {
            let step: Int64 = leftOver > 0 ? 1 : -1
            cut[order[leftOver > 0 ? turn % order.count : order.count - 1 - turn % order.count]] += step
            leftOver -= step
            turn += 1
        }
        return cut
    }
}

extension ShareSplit.Part {
    func section(of underlying: AssetID) -> ShareSplit.Section? { sections.first { $0.underlying == underlying } }
}
