import MarginDomain
import MarginModel

/// Checks where the default model's promises do not hold: every corner is an evaluation of what decides.
extension EngineState {
    /// How much initial margin a pool under a published method would lack with a quarter, half, three quarters or all of
    /// what is wanted, in the worst corner of what is reserved; nothing if none of these lacks any or is worse than
    /// without it.
    ///
    /// At most 5·2⁴ evaluations. A method's requirement may bend between them as it likes.
    func triedShortfall(
        of wanted: Reservation, _ fills: Fills, in place: PoolIndex
    ) throws(QuestionFault) -> Value {
        try needJoint(fills)
        let parts = try parts(of: wanted, fills)
        var holdings = holdings(before: fills)
        holdings.add(fills.corners.first)
        var worst = Value.zero
        for step in [PoolHoldings()] + fills.corners.steps {
            holdings.add(step)
            var before: MarginExcess?
            for part in parts {
                let after = try excess(of: holdings, with: part, in: place)
                if after.initial >= .zero { continue }
                if before == nil { before = try excess(of: holdings, with: PoolHoldings(), in: place) }
                guard let now = before else { throw withoutMargin(place) }
                if !after.isNoWorse(than: now) { worst = max(worst, .zero - after.initial) }
            }
        }
        return worst
    }

    /// Refuses where not everything reserved fits the corners that are tried: a part that stands alone is no bound where
    /// pooling may cost.
    func needJoint(_ fills: Fills) throws(QuestionFault) {
        guard fills.corners.isJoint else {
            throw QuestionFault(.busy, field: "account", "too many instruments are reserved; release some of them")
        }
    }

    private func excess(
        of holdings: PoolHoldings, with change: PoolHoldings, in place: PoolIndex
    ) throws(QuestionFault) -> MarginExcess {
        var changed = holdings
        changed.add(change)
        guard let excess = MarginExcess(margin(of: changed, in: place)) else { throw withoutMargin(place, changed) }
        return excess
    }

    /// Quarters of an order; a withdrawal is whole.
    private func parts(of wanted: Reservation, _ fills: Fills) throws(QuestionFault) -> [PoolHoldings] {
        guard let instrument = reference.instruments[wanted.instrument], let mark = markTicks(of: instrument) else {
            return [fills.wanted]
        }
        let lost = try FillCorners.parts(of: wanted, instrument, mark: mark).lost
        var parts: [PoolHoldings] = []
        for quarters in 1...3 as ClosedRange<Int128> {
            var part = wanted
            part.lots = Int64(Int128(wanted.lots) * quarters / 4)
            var holdings = try FillCorners.parts(of: part, instrument, mark: mark).traded
            holdings.add(lost)
            parts.append(holdings)
        }
        return parts + [fills.wanted]
    }
}

/// Withdrawals of members of a mutual pool.
extension EngineState {
    /// How much is missing for a member of a mutual pool to take something out, in the worst corner of its own reserved
    /// orders, with everything that the other members have reserved for leaving gone: of the member's share or what
    /// is locked of its money, or of the pool test (docs/margin-model.md, §12, *Withdrawal*).
    ///
    /// At most 2⁴ evaluations of all members.
    func withdrawalShortfall(of fills: Fills, in place: PoolIndex) throws(QuestionFault) -> Value {
        guard let group = pools[place.number].group,
            let number = groups[group].memberships.firstIndex(where: {
                members[$0.member.number].pool == place
            })
        else { throw withoutMargin(place) }
        try needJoint(fills)
        var holdings = book.holdings(of: fills.slot)
        holdings.add(fills.wanted)
        holdings.add(fills.corners.first)
        var worst = Value.zero
        for step in [PoolHoldings()] + fills.corners.steps {
            holdings.add(step)
            let figures = figures(of: groups[group].memberships, under: groups[group].terms, in: book) { member in
                member == groups[group].memberships[number].member ? holdings : self.leaving(member)
            }
            guard let lack = figures.lack(of: number) else { throw withoutMargin(place) }
            let locked = locked(of: groups[group].memberships[number])
            worst = max(worst, lack, locked - (figures.share(number)?.equity ?? .zero))
        }
        return worst
    }

    /// What a member holds without what it has reserved for leaving.
    private func leaving(_ member: MemberIndex) -> PoolHoldings {
        var holdings = holdings(of: member, in: book)
        for reservation in reservations.reservations(of: members[member.number].member)
        where reservation.expires > now && reservation.amount != .zero {
            holdings.add(Balance(reservation.amount), of: reservation.asset)
        }
        return holdings
    }
}
