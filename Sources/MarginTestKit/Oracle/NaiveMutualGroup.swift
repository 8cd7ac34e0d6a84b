public import MarginDomain

/// Who is in a mutual pool, and what the oracle remembers of it between evaluations.
public struct NaiveMutualGroup: Sendable {
    /// What a member has agreed to, and how its share moved.
    public struct Stake: Sendable {
        var contribution: Value
        var lien: Value
        let joined: Timestamp
        /// When its notice ends.
        public internal(set) var leaves: Timestamp?
        var nextTry = Timestamp.zero
        /// How often it was tried and could not leave.
        var failures = 0
        /// `⌊β·ρ⌋` of the last evaluation.
        public internal(set) var credit: Int64 = 0
        /// What spares it from liquidation, and until when.
        var spared: Int64 = 0
        var sparedUntil = Timestamp.zero
        var lastShare: Value?
        /// What each cause added to its share since it joined.
        public internal(set) var causes: [String: Int64] = [:]

        init(contribution: Value, lien: Value, joined: Timestamp) {
            self.contribution = contribution
            self.lien = lien
            self.joined = joined
        }
    }

    /// The terms under which it came into being.
    let terms: PoolAgreement
    /// By member.
    public internal(set) var stakes: [Member: Stake] = [:]
    /// Whether the pool test failed in the last evaluation.
    public internal(set) var fails = false
    var credited: Set<Member> = []
    /// Of the last evaluation.
    public internal(set) var pool: NaiveMutualPool?

    init(terms: PoolAgreement) { self.terms = terms }

    /// `ρ`, in billionths, rounded down.
    func weight(_ stake: Stake, at now: Timestamp) -> Int64 {
        let age = (now - stake.joined).nanoseconds
        let ramp = terms.ramp.nanoseconds
        if age >= ramp { return 1_000_000_000 }
        return age <= 0 ? 0 : Int64(Int128(age) * 1_000_000_000 / Int128(ramp))
    }
}

extension PoolAgreement {
    /// Whether a mutual agreement can hold.
    var holdsMutually: Bool {
        let one: Int64 = 1_000_000_000
        return (affiliates || !termsDigest.isEmpty) && (0...one).contains(betaMax.billionths)
            && (0...one).contains(contributionShare.billionths) && (0...10 * one).contains(pledgeMultiple.billionths)
            && (1...one).contains(ringFenceUtilisation.billionths) && (1...one).contains(ringFenceTail.billionths)
            && coverTwoAbove >= 2 && ramp >= .zero && exitNotice >= .zero && contributionHold >= .zero
    }
}
