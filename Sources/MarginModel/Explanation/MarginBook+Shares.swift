import CMarginKernels
public import MarginDomain

extension MarginBook {
    /// Each member's share of a one-owner pool's requirement, in the order given: docs/margin-model.md §10.
    ///
    /// Shares sum to the pool's initial margin, maintenance shares to its maintenance margin. Empty if the pool has no
    /// margin. Members must come in ascending order: leftover quanta go to the earlier ones.
    public func shares(of members: [MemberHoldings]) -> [MemberShare] {
        var whole = PoolHoldings()
        for member in members { whole.add(member.holdings) }
        let pool = Trial(whole, book: self)
        guard let required = requirement(pool.record, pool) else { return [] }
        let parts = members.map { Trial($0.holdings, book: self) }
        let alone = parts.map { assemble($0.record, $0) }
        let losses = scanLosses(pool, parts, required)

        let initial = split(
            parameters.factors.initial, .initial, required.initial(parameters.factors), losses, pool, parts, alone)
        let maintenance = split(
            parameters.factors.maintenance, .maintenance, required.maintenance(parameters.factors), losses, pool, parts,
            alone)
        return members.indices.map { index in
            MemberShare(
                account: members[index].member.account, instrument: members[index].member.instrument,
                standAlone: alone[index].initial, component: Value(Int64(initial.components[index].roundedDown)),
                share: Value(initial.shares[index]), maintenanceShare: Value(maintenance.shares[index]))
        }
    }

    /// Which rates a charge has.
    enum Level {
        case initial
        case maintenance
    }

    /// Each member's `ρ·Σ_u (Σ_col w·ℓ_{i,u} / Σ_col w)`.
    private func scanLosses(_ pool: Trial, _ parts: [Trial], _ required: Requirement) -> [Double] {
        var largest = 0.0
        var sums = [Double](repeating: 0, count: parts.count)
        for place in pool.record.sections {
            let losses = gains(of: place, pool).gains.map { -$0 }
            guard let worst = losses.max() else { continue }
            largest += worst
            let weights = losses.map { loss in
                let weight = loss - worst + 0.05 * required.scan
                return weight > 0 ? weight : 0
            }
            let total = weights.reduce(0, +)
            guard total > 0 else { continue }
            for (index, part) in parts.enumerated() {
                guard let own = part.record.sections.first(where: { $0.asset == place.asset }) else { continue }
                let ownLosses = gains(of: own, part).gains.map { -$0 }
                let weighted = zip(weights, ownLosses).reduce(0.0) { $0 + $1.0 * $1.1 }
                sums[index] += weighted / total
            }
        }
        let rho = largest > 0 ? required.scan / largest : 0
        return sums.map { rho * $0 }
    }

    private func split(
        _ factor: Double, _ level: Level, _ requirement: Double, _ losses: [Double], _ pool: Trial, _ parts: [Trial],
        _ alone: [PoolMargin]
    ) -> (components: [Double], shares: [Int64]) {
        let components = parts.indices.map { index in
            factor * losses[index] + ownCharges(parts[index], of: pool, level) + flatCharges(alone[index], level)
        }
        let capped = parts.indices.map { index in
            let own = Double((level == .initial ? alone[index].initial : alone[index].maintenance).quanta)
            return own > components[index] ? own : components[index]
        }
        let remainder = requirement - components.reduce(0, +)
        let room = zip(capped, components).reduce(0.0) { $0 + ($1.0 - $1.1) }
        let shares = parts.indices.map { index in
            let part = room > 0 ? (capped[index] - components[index]) / room : 1 / Double(parts.count)
            return components[index] + remainder * part
        }
        return (components, Self.cut(shares, toSum: Int64(requirement)))
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

    /// A member's Euler parts of the pool's netted charges: basis, skew, naked shorts.
    private func ownCharges(_ part: Trial, of pool: Trial, _ level: Level) -> Double {
        let rates = parameters.addOns
        let naked = level == .initial ? rates.nakedShort + rates.nakedShortInitialExtra : rates.nakedShort
        var basis = 0.0
        var skew = 0.0
        var shorts = 0.0
        for place in part.record.sections {
            guard let whole = pool.record.sections.first(where: { $0.asset == place.asset }) else { continue }
            let nets = expirySums(whole, pool)
            for (group, own) in expirySums(place, part) {
                guard let net = nets.first(where: { $0.group == group })?.sums else { continue }
                let rate = underlyings[place.underlying].table.charges[group][mk_expiry_phi]
                let phi = net[mk_expiry_phi]
                basis += rate * ((phi > 0 ? 1 : phi < 0 ? -1 : 0) * own[mk_expiry_phi])
                let rotation = (0..<4).reduce(0) { net[$1] < net[$0] ? $1 : $0 }
                if net[rotation] < 0 { skew -= own[rotation] }
                if net[mk_expiry_calls] < 0 { shorts -= naked * own[mk_expiry_calls] }
                if net[mk_expiry_puts] < 0 { shorts -= naked * own[mk_expiry_puts] }
            }
        }
        return basis + skew + shorts
    }

    /// A member's own charges that do not net.
    private func flatCharges(_ alone: PoolMargin, _ level: Level) -> Double {
        let parts = [alone.components.stablecoin, alone.components.liquidationFee, alone.components.haircut]
        return parts.reduce(0.0) { $0 + Double((level == .initial ? $1.initial : $1.maintenance).quanta) }
    }

    /// Sums of the expiry vector by expiry group, ascending by group.
    private func expirySums(
        _ place: PoolRecord.SectionPlace, _ trial: Trial
    ) -> [(group: Int, sums: SIMD8<Double>)] {
        let table = underlyings[place.underlying].table
        var sums: [Int: SIMD8<Double>] = [:]
        for position in trial.positions(place) {
            sums[Int(table.groupOfRow[position.row]), default: .zero] +=
                position.lots * table.vector(position.row, mk_expiry_sums)
        }
        return sums.sorted { $0.key < $1.key }.map { (group: $0.key, sums: $0.value) }
    }
}
