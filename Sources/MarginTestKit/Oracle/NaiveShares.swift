public import MarginDomain

/// How a one-owner pool's requirement is shared among its members: paragraph 10 of the page.
public struct NaiveShares: Equatable, Sendable {
    /// One member's part.
    public struct Share: Equatable, Sendable {
        /// Whose.
        public let member: Member
        /// `S_i`: the requirement of the member alone.
        public let standAlone: Value
        /// `c_i`, rounded down.
        public let component: Value
        /// In quanta; the shares sum to the requirement.
        public let share: Value
    }

    /// In order of member.
    public let shares: [Share]

    /// The shares in one requirement; nil where the pool or a member has no margin.
    public init?(
        of requirement: NaiveRequirement, among members: [Member: NaiveHoldings],
        besides elsewhere: [AssetID: NaiveSize] = [:], in market: inout NaiveMarket
    ) {
        let ordered = members.sorted { $0.key < $1.key }
        let whole = NaiveHoldings(adding: ordered.map(\.value))
        guard var pool = NaiveBook(whole, in: &market), pool.isExact else { return nil }
        // Everyone is charged at the rates of the whole.
        pool.ownerRates = NaiveOwners.rates(pool, besides: elsewhere)
        var components: [Double] = []
        var standAlone: [Double] = []
        for (_, holdings) in ordered {
            guard var own = NaiveBook(holdings, in: &market), own.isExact else { return nil }
            own.ownerRates = pool.ownerRates
            let c = Self.component(of: own, in: pool, requirement)
            let S = Self.total(NaiveMargin(of: own), requirement)
            components.append(c)
            standAlone.append(Double(S.quanta))
        }
        let total = Self.total(NaiveMargin(of: pool), requirement)
        if ordered.count == 1 { components = standAlone }
        let parts = Self.spread(total: total, components: components, standAlone: standAlone)
        shares = ordered.indices.map { place in
            Share(
                member: ordered[place].key, standAlone: Value(Int64(standAlone[place])),
                component: Value(Int64(components[place].rounded(.down))), share: Value(parts[place]))
        }
    }

    private static func total(_ margin: NaiveMargin, _ requirement: NaiveRequirement) -> Value {
        requirement == .initial ? margin.initialMargin : margin.maintenanceMargin
    }

    /// `c_i`.
    private static func component(
        of own: NaiveBook, in pool: NaiveBook, _ requirement: NaiveRequirement
    ) -> Double {
        // Orders without a sum leave the split as it is without them.
        let level = pool.ordersHaveSums ? requirement : .maintenance
        let scan = NaiveScan(pool, level)
        let f = pool.parameters[requirement == .initial ? "initial" : "maintenance"]
        var average = 0.0
        for (u, pi) in NaiveWeights(scan, pool.parameters).pi {
            let gains = NaiveScan.gains(of: u, own, level)
            for (weight, gain) in zip(pi, gains) { average += weight * Double(quanta: -gain) }
        }
        return f * average + netted(own, in: pool, requirement) + Double(quanta: flat(own, requirement))
    }

    /// The member's Euler part of each netted charge.
    private static func netted(_ own: NaiveBook, in pool: NaiveBook, _ requirement: NaiveRequirement) -> Double {
        var basis = 0.0
        var skew = 0.0
        var naked = 0.0
        let nakedRate = NaiveAddOns.nakedRate(pool.parameters, requirement)
        for group in pool.groups {
            let e = group.lines.first?.instrument.expiry
            let mine = own.lines.filter { $0.instrument.underlying == group.u && $0.instrument.expiry == e }
            let net = group.lines.map { $0.q * $0.row.phi }.reduce(0, +)
            let ownPhi = mine.map { $0.q * $0.row.phi }.reduce(0, +)
            basis += NaiveAddOns.basisRate(group, pool.parameters) * Double(quanta: ownPhi * net.signum())
            for type in [OptionType.call, .put] where NaiveAddOns.sold(group.lines, type) > 0 {
                naked += nakedRate * Double(quanta: NaiveAddOns.sold(mine, type))
            }
            let rotations = NaiveAddOns.rotations(group)
            if let least = rotations.min(), least < 0, let rotation = rotations.firstIndex(of: least) {
                let options = mine.filter { !$0.row.skew.isEmpty }
                skew += Double(quanta: -options.map { $0.q * $0.row.skew[rotation] }.reduce(0, +))
            }
        }
        return basis + skew + naked
    }

    /// The member's own fee, stablecoin and haircut charges.
    private static func flat(_ own: NaiveBook, _ requirement: NaiveRequirement) -> Int128 {
        NaiveAddOns.liquidationFee(own) + NaiveAddOns.stablecoins(own, requirement)
            + NaiveAddOns.haircut(own, requirement)
    }

    /// The remainder in proportion to `S_i − c_i`, cut to quanta by largest remainder, ties by member.
    static func spread(total: Value, components: [Double], standAlone: [Double]) -> [Int64] {
        let count = components.count
        let rooms = zip(standAlone, components).map { max(0, $0 - $1) }
        let room = rooms.reduce(0, +)
        let remainder = Double(total.quanta) - components.reduce(0, +)
        let exact = (0..<count).map { place in
            components[place] + remainder * (room > 0 ? rooms[place] / room : 1 / Double(count))
        }
        var parts = exact.map { Int64($0.rounded(.down)) }
        let byFraction = (0..<count).sorted { left, right in
            let (a, b) = (exact[left] - exact[left].rounded(.down), exact[right] - exact[right].rounded(.down))
            return a == b ? left < right : a > b
        }
        // Less than one quantum per member is missing, give or take the rounding of the sums.
        var missing = total.quanta - parts.reduce(0, +)
        var place = 0
        while missing != 0, count > 0 {
            let turn = place % count
            parts[byFraction[missing > 0 ? turn : count - 1 - turn]] += missing.signum()
            missing -= missing.signum()
            place += 1
        }
        return parts
    }
}

extension Int128 {
    /// −1, 0 or 1.
    fileprivate func signum() -> Int128 { self < 0 ? -1 : (self > 0 ? 1 : 0) }
}
