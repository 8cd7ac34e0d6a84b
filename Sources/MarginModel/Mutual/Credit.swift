import MarginDomain

/// `β`: the largest part of their benefit, in billionths, that members can be credited so that their shares and pledges
/// cover every joint scenario: docs/margin-model.md §12.
///
/// For each set `T` of members that count in full the test is linear in `β`, so their minimum is concave and falls from
/// `β = 0`, where it holds. From `β_max` on, the root of the line that binds is the next value: each is at least the
/// largest that passes, and there are finitely many lines. Bisection would end at the same number.
struct Credit: Equatable {
    let beta: Ratio
    /// Whether no larger value passes.
    let isExact: Bool

    /// - Parameter components: `c_i` in initial margin.
    init(
        _ members: [MutualMember], _ components: [Double], _ scenarios: JointScenarios, factor: Double,
        terms: MutualTerms
    ) {
        let benefits = members.indices.map { members[$0].benefit(components[$0], .initial) }
        var question = PledgedExcess.Question(
            scenarios: scenarios, factor: factor, money: [], pledges: members.map { $0.pledge(terms) },
            losses: members.map(\.losses))
        let slack = Self.slack(members)
        var billionths = terms.betaMax.billionths
        var isExact = true
        var guess: [Bool]?
        var attempts = 0
        while billionths > 0 {
            question.money = members.indices.map { index in
                let member = members[index]
                return member.standAlone.initial - Double(billionths) / 1e9 * benefits[index] - member.addOns.initial
            }
            let left = PledgedExcess(question, guess: guess)
            if left.value >= -slack { break }
            guess = left.countsInFull
            let slope = members.indices.reduce(0.0) { $0 + (left.countsInFull[$1] ? benefits[$1] : 0) }
            billionths = Self.root(left.value + slack, slope: slope, from: billionths)
            attempts += 1
            // A bound has no line that leads to its root; halving ends, wherever it lands is certain to pass.
            if !left.isExact || attempts > Self.linesMax {
                isExact = false
                billionths /= 2
            }
        }
        self.init(beta: Ratio(billionths), isExact: isExact)
    }

    /// Two or three lines bind in practice; after so many the search for the largest `β` is given up.
    private static let linesMax = 64

    private init(beta: Ratio, isExact: Bool) {
        self.beta = beta
        self.isExact = isExact
    }

    /// Where the line of `slope` per unit of `β` through a negative value is zero, rounded down, below `billionths`.
    private static func root(_ value: Double, slope: Double, from billionths: Int64) -> Int64 {
        guard slope > 0 else { return 0 }
        let root = (Double(billionths) + value / slope * 1e9).roundedDown
        return root > 0 ? min(Int64(root), billionths - 1) : 0
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
