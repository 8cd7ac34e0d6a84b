public import MarginDomain

/// A mutual pool at one moment: paragraph 12 of the page, with every set of members tried.
public struct NaiveMutualPool: Sendable {
    /// Someone who takes part.
    struct Party {
        let member: Member
        let holdings: NaiveHoldings
        /// What its owner has in other pools.
        let elsewhere: [AssetID: NaiveSize]
        /// `D_i` and `A_i`.
        let contribution: Value
        let lien: Value
        /// `ρ_i` before ring-fencing, in billionths.
        let weight: Int64
    }

    /// A level of the requirement by the name of its factor.
    private static let levels = ["initial", "maintenance", "release"]

    /// Stand-alone margins, of those too who have none.
    public private(set) var alone: [Member: NaiveMargin] = [:]
    /// `c_i` by level.
    private var components: [String: [Member: Double]] = [:]
    /// In billionths.
    public private(set) var beta: Int64 = 0
    /// Those who have margin, in order.
    public private(set) var counted: [Member] = []
    /// Those among them without credit.
    public private(set) var fenced: Set<Member> = []
    private var parties: [Member: Party] = [:]
    var scans: [Member: NaiveScan] = [:]
    let terms: PoolAgreement
    let parameters: NaiveParameters
    let underlyings: [AssetID]

    init(_ parties: [Party], _ terms: PoolAgreement, in market: inout NaiveMarket) {
        self.terms = terms
        parameters = market.parameters
        for party in parties {
            let margin = NaiveMargin(of: party.holdings, besides: party.elsewhere, in: &market)
            alone[party.member] = margin
            guard margin.status == .margined, let book = NaiveBook(party.holdings, in: &market) else { continue }
            self.parties[party.member] = party
            scans[party.member] = NaiveScan(book)
        }
        counted = self.parties.keys.sorted()
        underlyings = Set(scans.values.flatMap(\.underlyings)).sorted()
        split()
        beta = largestCredit()
    }

    func factor(_ level: String) -> Double { parameters[level] }

    /// `S_i`.
    func S(_ member: Member, _ level: String) -> Double {
        guard let margin = alone[member] else { return 0 }
        switch level {
        case "initial": return Double(margin.initialMargin.quanta)
        case "maintenance": return Double(margin.maintenanceMargin.quanta)
        default: return Double(margin.releaseMargin.quanta)
        }
    }

    /// `a_i`: everything but scan and minimum delta.
    func a(_ member: Member, _ level: String) -> Double {
        let parts = alone[member]?.components.values.filter { $0.component != .scan && $0.component != .minimumDelta }
        return Double((parts ?? []).map { level == "initial" ? $0.initial.quanta : $0.maintenance.quanta }.reduce(0, +))
    }

    private func E(_ member: Member) -> Double { Double(alone[member]?.equity.quanta ?? 0) }

    /// `K_i`.
    private func K(_ member: Member) -> Double {
        guard let party = parties[member] else { return 0 }
        let D = Double(party.contribution.quanta)
        return D + max(0, min(Double(party.lien.quanta), terms.pledgeMultiple.fraction * D))
    }

    /// Components and ring-fences.
    private mutating func split() {
        let together = NaiveScan(adding: counted.compactMap { scans[$0] }, over: underlyings, parameters)
        var average: [Member: Double] = [:]
        for (u, pi) in NaiveWeights(together, parameters).pi {
            for member in counted {
                for (weight, gain) in zip(pi, scans[member]?.g[u] ?? []) {
                    average[member, default: 0] += weight * Double(quanta: -gain)
                }
            }
        }
        for level in Self.levels {
            let f = factor(level)
            let own = counted.map { f * (average[$0] ?? 0) + a($0, level) }
            let whole = (f * together.scan).rounded(.up) + counted.map { a($0, level) }.reduce(0, +)
            let parts = NaiveShares.spread(
                total: Value(Int64(whole)), components: own, standAlone: counted.map { S($0, level) })
            for (member, part) in zip(counted, parts) { components[level, default: [:]][member] = Double(part) }
        }
        let losers = counted.map { max(0, average[$0] ?? 0) }.reduce(0, +)
        for member in counted {
            let tail = losers > 0 ? max(0, average[member] ?? 0) / losers : 0
            let isLarge = tail > max(terms.ringFenceTail.fraction, 2 / Double(counted.count))
            let isThin = S(member, "maintenance") > terms.ringFenceUtilisation.fraction * max(0, E(member))
            if isLarge || isThin { fenced.insert(member) }
        }
    }

    /// `S_i − max(0, c_i)`, at least 0.
    func wholeBenefit(_ member: Member, _ level: String) -> Double {
        max(0, S(member, level) - max(0, components[level]?[member] ?? 0))
    }

    /// `ρ_i` of it.
    private func benefit(_ member: Member, _ level: String) -> Double {
        let weight = fenced.contains(member) ? 0 : parties[member]?.weight ?? 0
        return Ratio(weight).fraction * wholeBenefit(member, level)
    }

    /// `Σ_{i∉T} K_i + Σ_{i∈T} (money_i − a_i) − f·scan(T)` for every set `T`.
    private func sets(_ money: (Member) -> Double) -> [(T: [Member], value: Double)] {
        (0..<(1 << counted.count)).map { bits in
            var fixed = 0.0
            for (place, member) in counted.enumerated() {
                fixed += bits >> place & 1 == 1 ? money(member) - a(member, "initial") : K(member)
            }
            let T = counted.indices.filter { bits >> $0 & 1 == 1 }.map { counted[$0] }
            let scan = NaiveScan(adding: T.compactMap { scans[$0] }, over: underlyings, parameters).scan
            return (T, fixed - factor("initial") * scan)
        }
    }

    /// The largest number of billionths at which every set passes.
    private func largestCredit() -> Int64 {
        let slack = Double(counted.count) + counted.map { S($0, "initial") }.reduce(0, +) * 0x1p-44
        var least = Double(terms.betaMax.billionths)
        for (T, value) in sets({ S($0, "initial") }) {
            let slope = T.map { benefit($0, "initial") }.reduce(0, +)
            let start = value + slack
            let root = slope > 0 ? (start / slope * 1e9).rounded(.down) : (start >= 0 ? 1e9 : 0)
            least = min(least, max(0, root))
        }
        return Int64(least)
    }

    /// `⌊β·ρ_i⌋` in billionths.
    func credit(_ member: Member) -> Int64 {
        guard let party = parties[member], !fenced.contains(member) else { return 0 }
        return Int64(Int128(beta) * Int128(party.weight) / 1_000_000_000)
    }

    /// `S_i − ⌊β·ρ_i·(S_i − max(0, c_i))⌋`.
    private func credited(_ member: Member, _ level: String) -> Double {
        S(member, level) - (Ratio(beta).fraction * benefit(member, level)).rounded(.down)
    }

    /// `m_i` in initial margin.
    func share(_ member: Member) -> Double { credited(member, "initial") }

    /// The margin that decides about a member, with the credit that still spares it.
    func margin(_ member: Member, spared: Int64) -> NaiveMargin {
        guard var margin = alone[member], parties[member] != nil else { return alone[member] ?? NaiveMargin() }
        let m = share(member)
        let own = min(m, credited(member, "maintenance"))
        let release = min(m, max(credited(member, "release"), credited(member, "maintenance")))
        let gentle =
            S(member, "maintenance")
            - (Ratio(spared).fraction * wholeBenefit(member, "maintenance")).rounded(.down)
        let maintenance = min(own, gentle)
        margin.components[.credit] = Component(
            component: .credit, initial: Value(Int64(m)) - margin.initialMargin,
            maintenance: Value(Int64(maintenance)) - margin.maintenanceMargin)
        margin.initialMargin = Value(Int64(m))
        margin.maintenanceMargin = Value(Int64(maintenance))
        margin.releaseMargin = Value(Int64(release))
        margin.utilisation = NaiveMargin.utilisation(MM: margin.maintenanceMargin, E: margin.equity)
        return margin
    }

    /// Whether someone has less than its share and the members together less than nothing in some scenario.
    var fails: Bool { counted.contains { E($0) < share($0) } && excess < 0 }

    /// What members have left together in the worst joint scenario.
    public var excess: Double { (sets(E).map(\.value).min() ?? 0).rounded(.down) }

    /// Whether everyone has its share, and together enough.
    var isWhole: Bool { counted.allSatisfy { E($0) >= share($0) } && excess >= 0 }

    /// Whether a member has what it needs by itself.
    func standsAlone(_ member: Member) -> Bool { parties[member] != nil && E(member) >= S(member, "initial") }

    /// The shares as an explanation names them.
    public var shares: [MemberShare] {
        counted.map { member in
            let m = share(member)
            return MemberShare(
                account: member.account, instrument: member.instrument,
                standAlone: Value(Int64(S(member, "initial"))),
                component: Value(Int64(components["initial"]?[member] ?? 0)), share: Value(Int64(m)),
                maintenanceShare: Value(Int64(min(m, credited(member, "maintenance")))))
        }
    }
}
