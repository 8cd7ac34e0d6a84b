public import MarginDomain
public import MarginModel

/// Why a membership of a mutual pool does not come about, or does not end.
public enum MutualRefusal: Hashable, Sendable {
    /// The agreement cannot hold.
    case terms(MutualTermsFault)
    /// Shares are computed under the default model only.
    case method
    /// The member is in a mutual pool, or the pool that it would join or leave is a member's own.
    case bound
    /// The member is not by itself in its own pool.
    case notAlone
    /// The agreement is one among affiliates, and the owner is none of theirs.
    case strangers
    /// The pool has as many members as it may have.
    case full
    /// More is pledged than the contribution allows for.
    case pledgeBeyondMultiple
    /// What is pledged already stays pledged.
    case pledgeLocked
    /// The member has no margin of its own at this moment.
    case withoutMargin
    /// By itself it must have more than its initial margin, and has this.
    case noStandAloneExcess(Value)
    /// The contribution is below what is needed.
    case contributionTooSmall(needed: Value)
    /// With the newcomer no contributions cover the worst default: there are none but the defaulter's.
    case coverImpossible
    /// So much of the member's money is still held by an agreement that it left.
    case contributionHeld(Value)
    /// More is contributed than the member has.
    case contributionBeyondEquity(Value)
    /// The member gave notice already.
    case noticeGiven
}

extension MutualRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .terms(let fault): "\(fault)"
        case .method: "members' shares are computed under the default model, not under another method"
        case .bound: "the member or the pool belongs to a mutual pool"
        case .notAlone: "a member must be by itself in its own pool"
        case .strangers: "the owner is no affiliate of the members"
        case .full: "there are \(EngineLimits.mutualMembersMax) members already"
        case .pledgeBeyondMultiple: "the lien is larger than the contribution allows"
        case .pledgeLocked: "contribution and lien may not become less"
        case .withoutMargin: "the member has no margin of its own at this moment"
        case .noStandAloneExcess(let excess): "stand-alone excess of \(excess.quanta) quanta is not positive"
        case .contributionTooSmall(let needed): "a contribution of \(needed.quanta) quanta is needed"
        case .coverImpossible: "no contributions would cover the worst default"
        case .contributionHeld(let held): "\(held.quanta) quanta of the member's are held by an agreement that it left"
        case .contributionBeyondEquity(let equity): "the member has \(equity.quanta) quanta only"
        case .noticeGiven: "the member gave notice already"
        }
    }
}
