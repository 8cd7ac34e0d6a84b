import MarginDomain

/// A member of a mutual pool as the agreement sees it. Amounts are quanta.
struct MutualMember: Equatable, Sendable {
    /// `E_i`: the member's own equity, its contribution included.
    var equity: Double
    /// `D_i`: what it has locked.
    var contribution = 0.0
    /// `A_i`: the lien on its own excess that it has granted.
    var lien = 0.0
    /// `ρ_i`: the part of `β` that it is credited. Less than one while its membership is new, zero while ring-fenced.
    var creditWeight = 1.0
    /// What it loses in each flat column of the pool's ``JointScenarios``.
    var losses: [Double]
    /// `S_i`: what it would need by itself.
    var standAlone: PerRequirement<Double>
    /// `a_i`: its own charges beside the scan, in full.
    var addOns: PerRequirement<Double>

    /// `K_i = D_i + min(A_i, multiple·D_i)`, never negative: the most that it can lose to others.
    func pledge(_ terms: MutualTerms) -> Double {
        let locked = max(0, contribution)
        return locked + max(0, min(lien, terms.pledgeMultiple.fraction * locked))
    }
}
