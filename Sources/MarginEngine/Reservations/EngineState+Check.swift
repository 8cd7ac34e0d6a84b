import MarginDomain
import MarginModel

/// Pre-trade checks: whether an order or withdrawal fits beside everything that passed before it.
extension EngineState {
    /// Checks, and reserves what passes for as long as was asked.
    ///
    /// - Returns: nil if another shard must answer.
    mutating func check(_ query: CheckQuery) throws(QuestionFault) -> CheckAnswer? {
        guard let account = accounts[query.account] else { return nil }
        if query.quantity == .zero && query.amount == .zero { return try release(query) }
        let member = Member(query.account, mode: query.mode, trading: query.instrument)
        guard let place = memberPlaces[member].map({ members[$0.number].pool }) else {
            throw QuestionFault(
                .unknownAccount, field: "mode", "the account has no isolated position in the instrument; fund it first")
        }
        guard let slot = pools[place.number].slot else { return nil }
        guard !account.isFrozen else {
            throw QuestionFault(.notAvailable, field: "account", "the account is frozen; AccountFrozen ends that")
        }
        guard now >= reservations.opensAt else {
            throw QuestionFault(
                .notAvailable, field: "account",
                "after a restart earlier reservations may stand; ask again at \(reservations.opensAt.nanoseconds)")
        }
        let wanted = try wanted(query, of: member)
        let standing = try standing(beside: wanted, in: place)
        let missing = try shortfall(of: wanted, beside: standing, in: place, slot)
        let shortfall = max(missing, heldShortfall(of: wanted, beside: standing, in: place, slot))
        let isReserved = shortfall == .zero && query.reserveFor > .zero
        if isReserved { reservations.add(wanted) }
        return CheckAnswer(
            record: lastRecord, account: query.account, accepted: shortfall == .zero,
            token: isReserved ? wanted.token : Reference(0), expires: isReserved ? wanted.expires : .zero,
            shortfall: shortfall)
    }

    /// How much is missing for what is wanted beside what is reserved; nothing if it passes.
    private mutating func shortfall(
        of wanted: Reservation, beside standing: [Reservation], in place: PoolIndex, _ slot: PoolSlot
    ) throws(QuestionFault) -> Value {
        let isOrder = wanted.instrument.isPresent
        let isMember = pools[place.number].group != nil
        noteElsewhere(askedAbout: place, slot)
        let fills = try fills(of: wanted, beside: standing, in: slot)
        if isMember && !isOrder { return try withdrawalShortfall(of: fills, in: place) }
        if !isMember && pools[place.number].model != nil { return try triedShortfall(of: wanted, fills, in: place) }
        // A member's order is checked by what it needs alone; one that is ring-fenced may only reduce.
        if isMember && isRingFenced(place) {
            try needJoint(fills)
            return try shortfall(of: fills, .reducing)
        }
        let apart = apart(fills)
        return apart?.hasRoom ?? false ? .zero : try shortfall(of: fills, apart: apart)
    }

    /// Takes over what another shard reserved, so that the books of all shards stay the same.
    mutating func keep(_ query: CheckQuery, _ answer: CheckAnswer) {
        guard answer.accepted, answer.token != Reference(0), query.reserveFor > .zero else { return }
        let price = reference.instruments[query.instrument].flatMap { markTicks(of: $0) }
        reservations.add(
            reservation(query, token: answer.token, price: query.price == .zero ? price ?? .zero : query.price))
    }

    /// From now on no check is answered until whatever was reserved before a restart has lapsed.
    ///
    /// A second more than the longest reservation: records that were not durable when the engine stopped had moved its
    /// time, too.
    mutating func holdChecks() {
        reservations.opensAt = now + .seconds(EngineLimits.reservationSecondsMax + 1)
    }

    /// Ends a reservation by its token, in every shard; the pool's own one says so.
    private mutating func release(_ query: CheckQuery) throws(QuestionFault) -> CheckAnswer? {
        guard query.token != Reference(0) else {
            throw QuestionFault(.outOfRange, field: "quantity", "nothing to check; a quantity, an amount or a token")
        }
        guard let reservation = reservations[query.token], reservation.member.account == query.account else {
            throw QuestionFault(
                .notAvailable, field: "token", "no reservation of the account has this token; it may have lapsed")
        }
        reservations.release(query.token)
        guard let place = memberPlaces[reservation.member], pools[members[place.number].pool.number].slot != nil else {
            return nil
        }
        return CheckAnswer(
            record: lastRecord, account: query.account, accepted: true, token: query.token, expires: now,
            shortfall: .zero)
    }
}

extension EngineState {
    /// What a query asks to reserve, its fields checked.
    private func wanted(_ query: CheckQuery, of member: Member) throws(QuestionFault) -> Reservation {
        let most = Duration64.seconds(EngineLimits.reservationSecondsMax)
        guard query.reserveFor >= .zero, query.reserveFor <= most else {
            throw QuestionFault(.outOfRange, field: "reserveFor", "a reservation holds for 0 to 10 s")
        }
        guard query.amount <= .zero else {
            throw QuestionFault(.outOfRange, field: "amount", "only what leaves is checked: amount is negative or 0")
        }
        if query.amount != .zero, reference.assets[query.asset] == nil { throw .unknown(query.asset) }
        guard query.quantity == .zero || query.instrument.isPresent else {
            throw QuestionFault(.outOfRange, field: "instrument", "a quantity is of an instrument")
        }
        if let known = reservations[query.token], known.member != member {
            throw QuestionFault(.outOfRange, field: "token", "another account or position has this token")
        }
        guard query.token.rawValue >> 63 == 0 || reservations[query.token] != nil else {
            throw QuestionFault(.outOfRange, field: "token", "tokens from 2^63 are the engine's to give")
        }
        let price = query.quantity == .zero ? .zero : try price(query.price, of: try instrument(query.instrument))
        let token = query.token == Reference(0) ? reservations.nextToken : query.token
        return reservation(query, token: token, price: price)
    }

    private func reservation(_ query: CheckQuery, token: Reference, price: Price) -> Reservation {
        Reservation(
            token: token, member: Member(query.account, mode: query.mode, trading: query.instrument),
            instrument: query.quantity == .zero ? .none : query.instrument, lots: query.quantity.lots, price: price,
            asset: query.asset, amount: query.amount, expires: now + query.reserveFor)
    }

    /// What is reserved in a pool, without what the token would replace.
    private mutating func standing(
        beside wanted: Reservation, in place: PoolIndex
    ) throws(QuestionFault) -> [Reservation] {
        let members = pools[place.number].members.map { self.members[$0.number].member }
        reservations.expire(members, at: now)
        if reservations.count >= EngineLimits.reservationsMax { reservations.expire(at: now) }
        let standing = members.flatMap { reservations.reservations(of: $0) }.filter { $0.token != wanted.token }
        guard standing.count < EngineLimits.reservationsPerPoolMax, reservations.count < EngineLimits.reservationsMax
        else {
            throw QuestionFault(.busy, field: "account", "too many reservations stand; release some by their tokens")
        }
        return standing
    }
}
