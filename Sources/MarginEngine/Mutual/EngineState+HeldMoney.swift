import MarginDomain
import MarginModel

extension EngineState {
    /// What may not leave of a member's money: its contribution, and beside it what agreements that it has left hold.
    func locked(of membership: MutualMembership) -> Value {
        membership.contribution + holds.held(of: membership.member, at: now)
    }

    /// How far a withdrawal, with those that passed before it, would take a pool's equity below what agreements hold of
    /// its members' money.
    func heldShortfall(
        of wanted: Reservation, beside standing: [Reservation], in place: PoolIndex, _ slot: PoolSlot
    ) -> Value {
        let held = pools[place.number].members.reduce(Value.zero) { $0 + holds.held(of: $1, at: now) }
        // SPEED: nearly nobody has left a mutual pool lately.
        guard held > .zero, wanted.lots == 0 else { return .zero }
        var holdings = book.holdings(of: slot)
        for reservation in standing + [wanted] where reservation.amount != .zero {
            holdings.add(Balance(reservation.amount), of: reservation.asset)
        }
        return max(.zero, held - book.margin(of: holdings).equity)
    }
}
