import MarginDomain

/// What an evaluation of a mutual pool took credit away by, and whom that gives time for calls: docs/event-rules.md §10.
struct CreditFall {
    let cause: Cause
    /// Whether somebody who had credit has none: no margin, or a ring-fence.
    let hasGuard: Bool
    /// Whether the search for the credit was given up.
    let isSearchSpent: Bool
    /// Members of the groups of affiliates whose own entry caused it.
    let kin: Set<MemberIndex>

    /// Whether a member whose credit fell is liquidated by the old one for a while.
    ///
    /// A search that was given up spares those who did not bring it about, or a member could have others liquidated by
    /// positions that bound badly; and only those, or it could have another hour at will.
    func spares(_ member: MemberIndex) -> Bool {
        cause == .parameters || cause == .membership || hasGuard || isSearchSpent && !kin.contains(member)
    }
}
