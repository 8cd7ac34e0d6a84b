public import MarginDomain

/// The terms that the members of a mutual pool agree on: docs/margin-model.md §12.
///
/// Defaults are those of that section; a term sheet (`config/agreements`) or a `PoolAgreement` event says otherwise.
/// What could not hold cannot be made: see ``MutualTermsFault``.
public struct MutualTerms: Hashable, Sendable {
    /// `β_max`: the largest part of a member's benefit from pooling that it is credited.
    public private(set) var betaMax: Ratio
    /// Whether all members belong to one owner or its affiliates. Others need a signed text.
    public private(set) var affiliates: Bool
    /// Smallest contribution as a part of the stand-alone initial margin.
    public private(set) var contributionShare: Ratio
    /// Largest pledge that counts, as a multiple of the contribution, for one default.
    public private(set) var pledgeMultiple: Ratio
    /// A member whose stand-alone maintenance margin exceeds this part of its equity is ring-fenced.
    public private(set) var ringFenceUtilisation: Ratio
    /// A member that bears more than this part of the pool's tail is ring-fenced, in pools of five members or more.
    public private(set) var ringFenceTail: Ratio
    /// Contributions of pools with more members than this cover two defaults at once.
    public private(set) var coverTwoAbove: Int
    /// How long a new member's credit takes to grow from nothing to whole.
    public private(set) var ramp: Duration64
    /// How long before it leaves a member says so.
    public private(set) var exitNotice: Duration64
    /// How long after it left a member's contribution stays locked.
    public private(set) var contributionHold: Duration64

    /// `β_max` of agreements that do not say: 0.5, among affiliates 0.8.
    public static func betaMax(affiliates: Bool) -> Ratio { Ratio(affiliates ? 800_000_000 : 500_000_000) }

    /// A tenth, where an agreement does not say.
    public static let contributionShare = Ratio(100_000_000)
    /// Once, where an agreement does not say; likewise the others.
    public static let pledgeMultiple = Ratio(Ratio.scale)
    public static let ringFenceUtilisation = Ratio(900_000_000)
    public static let ringFenceTail = Ratio(400_000_000)
    public static let coverTwoAbove = 5
    public static let ramp = Duration64.seconds(86_400)
    public static let exitNotice = Duration64.seconds(86_400)
    public static let contributionHold = Duration64.seconds(172_800)

    /// - Throws: the first term that cannot hold.
    public init(
        betaMax: Ratio? = nil, affiliates: Bool = false, contributionShare: Ratio = contributionShare,
        pledgeMultiple: Ratio = pledgeMultiple, ringFenceUtilisation: Ratio = ringFenceUtilisation,
        ringFenceTail: Ratio = ringFenceTail, coverTwoAbove: Int = coverTwoAbove, ramp: Duration64 = ramp,
        exitNotice: Duration64 = exitNotice, contributionHold: Duration64 = contributionHold
    ) throws(MutualTermsFault) {
        self.betaMax = betaMax ?? Self.betaMax(affiliates: affiliates)
        self.affiliates = affiliates
        self.contributionShare = contributionShare
        self.pledgeMultiple = pledgeMultiple
        self.ringFenceUtilisation = ringFenceUtilisation
        self.ringFenceTail = ringFenceTail
        self.coverTwoAbove = coverTwoAbove
        self.ramp = ramp
        self.exitNotice = exitNotice
        self.contributionHold = contributionHold
        try check()
    }

    /// The terms that an event carries.
    ///
    /// - Throws: the first term that cannot hold, or that members who are strangers signed nothing.
    public init(_ agreement: PoolAgreement) throws(MutualTermsFault) {
        guard agreement.kind == .mutual else { throw .notMutual }
        guard agreement.affiliates || !agreement.termsDigest.isEmpty else { throw .unsigned }
        try self.init(
            betaMax: agreement.betaMax, affiliates: agreement.affiliates,
            contributionShare: agreement.contributionShare, pledgeMultiple: agreement.pledgeMultiple,
            ringFenceUtilisation: agreement.ringFenceUtilisation, ringFenceTail: agreement.ringFenceTail,
            coverTwoAbove: Int(clamping: agreement.coverTwoAbove), ramp: agreement.ramp,
            exitNotice: agreement.exitNotice, contributionHold: agreement.contributionHold)
    }

    private func check() throws(MutualTermsFault) {
        func need(_ value: Ratio, _ term: MutualTermsFault.Term, in range: ClosedRange<Int64>) throws(MutualTermsFault)
        {
            guard range.contains(value.billionths) else { throw .outOfRange(term, value) }
        }
        let one = Ratio.scale
        try need(betaMax, .betaMax, in: 0...one)
        try need(contributionShare, .contributionShare, in: 0...one)
        try need(pledgeMultiple, .pledgeMultiple, in: 0...10 * one)
        try need(ringFenceUtilisation, .ringFenceUtilisation, in: 1...one)
        try need(ringFenceTail, .ringFenceTail, in: 1...one)
        guard coverTwoAbove >= 2 else { throw .coverTwoAbove(coverTwoAbove) }
        for (term, time) in [
            (MutualTermsFault.Term.ramp, ramp), (.exitNotice, exitNotice), (.contributionHold, contributionHold),
        ] where time < .zero { throw .negativeTime(term) }
    }
}

extension MutualTerms {
    /// The part of `β` that a member is credited so long after it joined, rounded down to a billionth.
    public func creditWeight(after membership: Duration64) -> Ratio {
        guard membership < ramp else { return Ratio(Ratio.scale) }
        guard membership > .zero else { return .zero }
        return Ratio(Int64(Int128(membership.nanoseconds) * Int128(Ratio.scale) / Int128(ramp.nanoseconds)))
    }

    /// When a member that gives notice leaves, and when it gets its contribution back.
    public func exit(noticeAt notice: Timestamp) -> (leaves: Timestamp, contributionFree: Timestamp) {
        let leaves = notice + exitNotice
        return (leaves, leaves + contributionHold)
    }
}
