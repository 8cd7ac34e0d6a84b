import MarginDomain

/// `β`: the largest part of their benefit, in billionths, that members can be credited so that their shares and pledges
/// cover every joint scenario: docs/margin-model.md §12.
///
/// For each set `T` of members that count in full the test is linear in `β`, so their minimum is concave and falls from
/// `β = 0`, where it holds. From `β_max` on, the root of the line that binds is the next value: each is at least the
/// largest that passes, and there are finitely many lines. Bisection would end at the same number.
///
/// All searches together may take ``PledgeSearch/stepsMax`` branches; once they are spent there is no credit at all, which
/// passes whatever the members hold.
struct Credit: Equatable {
    let beta: Ratio
    /// Whether no larger value passes; false once the search was given up, and then `β` is 0.
    let isExact: Bool

    /// - Parameters:
    ///   - components: `c_i` in initial margin.
    ///   - stepsMax: branches that all searches together may follow.
    init(
        _ members: [MutualMember], _ components: [Double], _ scenarios: JointScenarios, factor: Double,
        terms: MutualTerms, stepsMax: Int = PledgeSearch.stepsMax
    ) {
        let benefits = members.indices.map { members[$0].benefit(components[$0], .initial) }
        var question = PledgedExcess.Question(
            scenarios: scenarios, factor: factor, money: [], pledges: members.map { $0.pledge(terms) },
            losses: members.map(\.losses))
        let slack = Self.slack(members)
        var whole = question
        whole.money = members.map { $0.standAlone.initial - $0.addOns.initial }
        var billionths = terms.betaMax.billionths
        var guess: [Bool]?
        var steps = stepsMax
        for _ in 0..<Self.linesMax where billionths > 0 {
            question.money = members.indices.map { index in
                whole.money[index] - Double(billionths) / 1e9 * benefits[index]
            }
            let left = PledgedExcess(question, guess: guess, steps: &steps)
            // A bound has no line that leads to its root.
            guard left.isExact else { break }
            guess = left.countsInFull
            // By the line alone, not by the value: so the answer does not depend on the way to it.
            let root = Self.root(of: left.countsInFull, whole, benefits, slack)
            if root >= billionths {
                self.init(beta: Ratio(billionths), isExact: true)
                return
            }
            billionths = root
        }
        self.init(beta: .zero, isExact: billionths == 0)
    }

    /// Two or three lines bind in practice; after so many the search is given up.
    private static let linesMax = 64

    private init(beta: Ratio, isExact: Bool) {
        self.beta = beta
        self.isExact = isExact
    }

    /// The largest number of billionths at which the line of a set passes, at least 0.
    ///
    /// - Parameter whole: with the members' money before any credit.
    private static func root(
        of chosen: [Bool], _ whole: PledgedExcess.Question, _ benefits: [Double], _ slack: Double
    ) -> Int64 {
        let start = whole.value(countingInFull: chosen) + slack
        let slope = benefits.indices.reduce(0.0) { chosen[$1] ? $0 + benefits[$1] : $0 }
        guard slope > 0 else { return start >= 0 ? Ratio.scale : 0 }
        let root = (start / slope * 1e9).roundedDown
        return root > 0 ? Int64(min(root, 1e9)) : 0
    }

    /// A quantum for each member, since every scan is rounded up by itself, and the rounding of large sums.
    static func slack(_ members: [MutualMember]) -> Double {
        let size = members.reduce(0.0) { $0 + $1.standAlone.initial }
        return Double(members.count) + size * 0x1p-44
    }
}

extension MutualMember {
    /// `ρ·(S − max(0, c))`: what the member would be credited at `β = 1`.
    func benefit(_ component: Double, _ level: RequirementLevel) -> Double {
        creditWeight * wholeBenefit(component, level)
    }

    /// `S − max(0, c)`, never negative.
    func wholeBenefit(_ component: Double, _ level: RequirementLevel) -> Double {
        max(0, standAlone[level] - max(0, component))
    }
}
