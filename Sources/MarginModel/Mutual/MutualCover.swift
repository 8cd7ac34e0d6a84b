public import MarginDomain

/// Whether what members have locked covers the worst default, and what each must lock so that it does.
///
/// A default costs what a member's stressed loss exceeds its share by. The contributions without the largest must cover
/// the worst one: a defaulter's own is gone with it. Pools of more than `coverTwoAbove` members cover the worst two in
/// the same scenario, without the two largest. Cover-1 and Cover-2 are the standards of clearing houses (CPMI-IOSCO
/// Principles for financial market infrastructures, principle 4; from memory).
public struct MutualCover: Equatable, Sendable {
    /// The worst loss beyond the shares.
    public let stress: Value
    /// What is locked, without the largest one or two.
    public let funds: Value
    /// What each member must lock: enough for whole credit at `β_max`, so that more credit never asks for more. Empty
    /// if no amount suffices: there are no funds but those of the defaulters.
    public let contributionsNeeded: [Value]

    /// Whether the funds suffice at the credit in force.
    public var isCovered: Bool { funds >= stress }
}

extension MutualPool {
    /// Whether contributions cover the worst default; see ``MutualCover``.
    public var cover: MutualCover {
        MutualCover(
            stress: Value(quanta: stress.roundedUp), funds: Value(quanta: funds.roundedDown),
            contributionsNeeded: (contributionsNeeded ?? []).map { Value(quanta: $0.roundedUp) })
    }

    /// The worst default beyond the shares.
    var stress: Double { stress { share($0, .initial) } }

    /// Contributions without the largest.
    var funds: Double { withoutLargest(members.map { max(0, $0.contribution) }) }

    /// By member; nil if no amount suffices.
    var contributionsNeeded: [Double]? {
        let alone = members.map(\.standAlone.initial)
        let worst = stress { member in
            let benefit = members[member].wholeBenefit(components.initial[member], .initial)
            return alone[member] - terms.betaMax.fraction * benefit
        }
        let base = withoutLargest(alone)
        guard worst <= 0 || base > 0 else { return nil }
        let part = worst > 0 ? worst / base : 0
        return alone.map { alone in
            let needed = part * alone
            return max(contributionShare(of: alone), grain == .quanta ? needed.roundedUp : needed)
        }
    }

    /// The least part that the agreement asks for; of the ledger's quanta exactly, rounded up.
    private func contributionShare(of alone: Double) -> Double {
        guard grain == .quanta else { return terms.contributionShare.fraction * alone }
        let product = Int128(terms.contributionShare.billionths) * Int128(alone)
        return Double(Int64(clamping: Rounding.up(product, dividedBy: Int128(Ratio.scale))))
    }

    /// Defaults that contributions must cover.
    var defaultsCovered: Int { members.count > terms.coverTwoAbove ? 2 : 1 }

    /// The worst stressed loss beyond what so many defaulters put up, never negative.
    ///
    /// Of two defaulters it is that of both or of the worse one, since a member that stays above its share pays nothing.
    private func stress(beyond share: (Int) -> Double) -> Double {
        let left = members.indices.map { share($0) - members[$0].addOns.initial }
        var worst = 0.0
        for first in members.indices {
            worst = max(worst, factors.initial * scenarios.worst(members[first].losses) - left[first])
            guard defaultsCovered > 1 else { continue }
            for second in 0..<first {
                let both = zip(members[first].losses, members[second].losses).map { $0 + $1 }
                worst = max(worst, factors.initial * scenarios.worst(both) - left[first] - left[second])
            }
        }
        return worst
    }

    private func withoutLargest(_ amounts: [Double]) -> Double {
        amounts.sorted().dropLast(defaultsCovered).reduce(0, +)
    }
}
