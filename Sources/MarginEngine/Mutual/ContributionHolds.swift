import MarginDomain

/// Contributions of members that have left a mutual pool, which stay locked for as long as was agreed
/// (`MutualTerms.contributionHold`): late losses of the pool are still theirs.
///
/// What is held may be pledged in no other pool, and no checked withdrawal goes below it.
struct ContributionHolds: Sendable {
    private struct Hold {
        let amount: Value
        let until: Timestamp
    }

    private var holds: [MemberIndex: [Hold]] = [:]

    /// Takes in that a member left.
    mutating func hold(_ amount: Value, of member: MemberIndex, at now: Timestamp, until end: Timestamp) {
        guard amount > .zero, end > now else { return }
        holds[member] = (holds[member] ?? []).filter { now < $0.until } + [Hold(amount: amount, until: end)]
    }

    /// What of a member's money is held.
    func held(of member: MemberIndex, at now: Timestamp) -> Value {
        // SPEED: nearly nobody has left a mutual pool lately.
        guard let holds = holds[member] else { return .zero }
        return holds.reduce(.zero) { now < $1.until ? $0 + $1.amount : $0 }
    }
}
