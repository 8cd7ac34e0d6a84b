import MarginDomain
import MarginModel

/// What a member has agreed to, and what became of it.
struct MutualMembership: Sendable {
    let member: MemberIndex
    /// `D_i`, locked until the member has left.
    var contribution: Value
    /// `A_i`, likewise.
    var lien: Value
    let joined: Timestamp
    /// When its notice ends; nil if it gave none.
    private(set) var leaves: Timestamp?
    /// When it is tried next whether it can leave.
    private(set) var nextTry = Timestamp.zero
    /// After how many seconds it is tried again if it cannot.
    private var waitSeconds: Int32 = 1
    /// Why its share changed since it joined.
    private(set) var change = ShareCauses()
    /// What it was given of its benefit in the last evaluation.
    private(set) var credit = Ratio.zero
    /// The last initial share.
    private var share: Value?
    /// A credit that was taken away at once, and until when it still keeps the member from being liquidated.
    private var spared: (credit: Ratio, until: Timestamp)?

    /// What each cause added to a share; they sum to its change.
    struct ShareCauses: Equatable, Sendable {
        var own = Value.zero
        var others = Value.zero
        var market = Value.zero
        var parameters = Value.zero
    }

    init(member: MemberIndex, contribution: Value, lien: Value, joined: Timestamp) {
        self.member = member
        self.contribution = contribution
        self.lien = lien
        self.joined = joined
    }

    /// Its notice, and when that ends.
    mutating func giveNotice(until end: Timestamp) {
        leaves = end
        nextTry = end
    }

    /// It could not leave: every wait is twice the one before, up to a bound.
    mutating func postpone(at now: Timestamp) {
        nextTry = now + .seconds(waitSeconds)
        waitSeconds = min(2 * waitSeconds, EngineLimits.mutualExitWaitSecondsMax)
    }

    /// The credit by which the member is liquidated; zero once nothing spares it any more.
    func grace(at now: Timestamp) -> Ratio {
        guard let spared, now < spared.until else { return .zero }
        return spared.credit
    }

    /// Takes the credit of an evaluation in.
    mutating func take(_ credit: Ratio, isGuarded: Bool, at now: Timestamp, until end: Timestamp) {
        let before = max(self.credit, grace(at: now))
        if isGuarded, credit < self.credit { spared = (before, end) }
        self.credit = credit
    }

    /// Books the change of the initial share on its cause.
    mutating func note(_ share: Value, isOwn: Bool, because cause: Cause) {
        defer { self.share = share }
        guard let before = self.share else { return }
        let difference = share - before
        switch cause {
        case .price, .volatility, .time: change.market = change.market + difference
        case .parameters: change.parameters = change.parameters + difference
        case .none, .trade, .cash, .order, .membership, .operator:
            if isOwn { change.own = change.own + difference } else { change.others = change.others + difference }
        }
    }
}
