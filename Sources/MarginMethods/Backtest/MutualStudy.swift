internal import MarginModel

/// What a mutual pool asked for through history, and whether it sufficed.
///
/// A pool covers its losses if `Σ_i min(money_i − loss_i, K_i) ≥ 0`: each member loses its own money first, and what is
/// left of it pays for others up to its pledge. That is the test which `β` passes in every joint scenario
/// (docs/margin-model.md §12), here asked of the days that came.
public struct MutualStudy: Equatable, Sendable {
    public let name: String
    public let days: Int
    /// Sum of shares over sum of stand-alone requirements: mean, least and most over the days.
    public let ratio: Double
    public let ratioRange: ClosedRange<Double>
    /// The same of the least money with which no member is ring-fenced for utilisation and every contribution is
    /// locked: what the credit needs in truth.
    public let moneyRatio: Double
    /// Sum of pledges over sum of stand-alone requirements, mean.
    public let pledgeRatio: Double
    public let beta: Double
    public let betaRange: ClosedRange<Double>
    /// Days on which the search for `β` was given up.
    public let inexactDays: Int
    /// Parts of the members' days on which the terms would ring-fence a member that had exactly its share.
    public let fencedForUtilisation: Double
    public let fencedForConcentration: Double
    /// The largest relative rise in a day, of books not struck anew, of a share and of a stand-alone requirement.
    public let shareRise: Double
    public let standAloneRise: Double
    /// By ``MutualDays/horizons``.
    public let horizons: [Horizon]

    /// Losses of so many days against what covers them.
    public struct Horizon: Equatable, Sendable {
        /// Days on which a member lost more than its share, and more than its stand-alone requirement.
        public let beyondShare: Int
        public let beyondStandAlone: Int
        /// Days that were not covered if members had exactly their shares, and the least that keeps their credit.
        public let uncovered: Int
        public let uncoveredWithMoney: Int
        /// The worst of what was missing beyond pledges, over that day's sum of stand-alone requirements.
        public let worstShortfall: Double
        /// The same of members alone: the sum of losses beyond their own requirements.
        public let worstShortfallAlone: Double
    }

    /// - Precondition: at least one day.
    public init(_ name: String, _ history: MutualDays) {
        let days = history.days
        precondition(!days.isEmpty, "a study needs days")
        self.name = name
        self.days = days.count
        let count = Double(days.count)
        let ratios = days.map { $0.sum(\.share) / $0.sum(\.standAlone) }
        ratio = ratios.reduce(0, +) / count
        ratioRange = (ratios.min() ?? 0)...(ratios.max() ?? 0)
        moneyRatio =
            days.reduce(0.0) { sum, day in
                sum + day.sum { $0.money(history.utilisation) } / day.sum(\.standAlone)
            } / count
        pledgeRatio = days.reduce(0.0) { $0 + $1.sum(\.pledge) / $1.sum(\.standAlone) } / count
        let betas = days.map(\.beta)
        beta = betas.reduce(0, +) / count
        betaRange = (betas.min() ?? 0)...(betas.max() ?? 0)
        inexactDays = days.count { !$0.isExact }
        let members = days.flatMap(\.members)
        fencedForUtilisation = Double(members.count { $0.ringFence == .utilisation }) / Double(members.count)
        fencedForConcentration = Double(members.count { $0.ringFence == .concentration }) / Double(members.count)
        shareRise = Self.largestRise(days, \.share)
        standAloneRise = Self.largestRise(days, \.standAlone)
        horizons = MutualDays.horizons.indices.map { Horizon(history, $0) }
    }

    private static func largestRise(_ days: [MutualDays.Day], _ figure: (MutualDays.Member) -> Double) -> Double {
        zip(days, days.dropFirst()).reduce(0.0) { largest, pair in
            guard !pair.1.isStruck else { return largest }
            return zip(pair.0.members, pair.1.members).reduce(largest) { max($0, figure($1.1) / figure($1.0) - 1) }
        }
    }
}

extension MutualStudy.Horizon {
    init(_ history: MutualDays, _ place: Int) {
        let days = history.days
        beyondShare = days.count { day in day.members.contains { $0.losses[place] > $0.share } }
        beyondStandAlone = days.count { day in day.members.contains { $0.losses[place] > $0.standAlone } }
        let left = days.map { $0.left(\.share, place) }
        uncovered = left.count { $0 < 0 }
        uncoveredWithMoney = days.count { day in day.left({ $0.money(history.utilisation) }, place) < 0 }
        worstShortfall = zip(left, days).reduce(0.0) { max($0, -$1.0 / $1.1.sum(\.standAlone)) }
        worstShortfallAlone = days.reduce(0.0) { worst, day in
            max(worst, day.sum { max(0, $0.losses[place] - $0.standAlone) } / day.sum(\.standAlone))
        }
    }
}

extension MutualDays.Day {
    func sum(_ figure: (MutualDays.Member) -> Double) -> Double { members.reduce(0) { $0 + figure($1) } }

    /// What members have left together, gains paying for others up to pledges; negative = not covered.
    func left(_ money: (MutualDays.Member) -> Double, _ place: Int) -> Double {
        sum { min(money($0) - $0.losses[place], $0.pledge) }
    }
}

extension MutualDays.Member {
    /// The least with which it has its share, its contribution and no ring-fence for utilisation.
    func money(_ utilisation: Double) -> Double { max(share, contribution, maintenanceAlone / utilisation) }
}
