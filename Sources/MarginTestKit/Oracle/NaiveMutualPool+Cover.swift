public import MarginDomain

/// Contributions that cover the worst default: paragraph 12 of the page.
extension NaiveMutualPool {
    /// What a member must lock, in quanta; nil if no contribution suffices.
    public func contributionNeeded(_ member: Member) -> Int128? {
        let base = counted.map { S($0, "initial") }.sorted().dropLast(defaults).reduce(0, +)
        let X = stress
        if X > 0, base <= 0 { return nil }
        let least = Rounding.up(
            Int128(terms.contributionShare.billionths) * Int128(S(member, "initial")), dividedBy: 1_000_000_000)
        let scaled = X > 0 ? Int128(((X / base) * S(member, "initial")).rounded(.up)) : 0
        return max(least, scaled)
    }

    /// `E_i`.
    func equity(_ member: Member) -> Double { Double(alone[member]?.equity.quanta ?? 0) }

    /// How many default at once.
    private var defaults: Int { counted.count > Int(terms.coverTwoAbove) ? 2 : 1 }

    /// The worst of all defaults beyond the shares at the largest credit.
    private var stress: Double {
        var worst = 0.0
        for (place, later) in counted.enumerated() {
            worst = max(worst, loss([later]) - left(later))
            if defaults < 2 { continue }
            for earlier in counted[..<place] {
                worst = max(worst, loss([earlier, later]) - left(later) - left(earlier))
            }
        }
        return worst
    }

    private func loss(_ T: [Member]) -> Double {
        factor("initial") * NaiveScan(adding: T.compactMap { scans[$0] }, over: underlyings, parameters).scan
    }

    /// `m_i − a_i` at `β_max`.
    private func left(_ member: Member) -> Double {
        S(member, "initial") - terms.betaMax.fraction * wholeBenefit(member, "initial") - a(member, "initial")
    }
}
