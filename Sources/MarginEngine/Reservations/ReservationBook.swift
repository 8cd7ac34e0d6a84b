import MarginDomain

/// All reservations, beside the fold: no record's effects depend on them, so they are not in the log.
///
/// Records do end them, and engine time does: a fill, a cancellation, the withdrawal itself, expiry. The book of every
/// shard is the same, because each takes over what another accepted. A restart forgets the book; until everything that
/// might have been in it has lapsed, no check is answered (``opensAt``).
struct ReservationBook: Sendable {
    private var memberOfToken: [Reference: Member] = [:]
    private var held: [Member: [Reservation]] = [:]
    private var lastToken = Reference(Self.firstToken)
    /// Engine time from which checks are answered.
    var opensAt = Timestamp.zero

    /// Tokens that the engine gives have the top bit, which leaves all others to the exchange.
    private static let firstToken = UInt64(1) << 63

    var isEmpty: Bool { memberOfToken.isEmpty }
    var count: Int { memberOfToken.count }

    /// In the order in which they were made.
    func reservations(of member: Member) -> [Reservation] { held[member] ?? [] }

    subscript(token: Reference) -> Reservation? {
        memberOfToken[token].flatMap { held[$0]?.first { $0.token == token } }
    }

    /// The token for a reservation that the exchange gave no number.
    var nextToken: Reference { Reference(lastToken.rawValue + 1) }

    /// Takes a reservation in, in place of one with the same token.
    mutating func add(_ reservation: Reservation) {
        release(reservation.token)
        if reservation.token > lastToken { lastToken = reservation.token }
        memberOfToken[reservation.token] = reservation.member
        held[reservation.member, default: []].append(reservation)
    }

    mutating func release(_ token: Reference) { change(token) { _ in 0 } }

    /// Forgets what has lapsed.
    mutating func expire(at now: Timestamp) {
        let lapsed = held.values.joined().filter { $0.expires <= now }
        for reservation in lapsed { release(reservation.token) }
    }

    /// Forgets what has lapsed of some members.
    mutating func expire(_ members: [Member], at now: Timestamp) {
        for member in members {
            for reservation in held[member] ?? [] where reservation.expires <= now { release(reservation.token) }
        }
    }

    /// Lots of an order traded: they are in the ledger now.
    mutating func fill(_ order: OrderID, of member: Member, in instrument: InstrumentID, lots: Int64) {
        let token = Reference(order.rawValue)
        guard memberOfToken[token] == member, self[token]?.instrument == instrument else { return }
        change(token) { left in left > 0 ? max(left - lots, 0) : min(left + lots, 0) }
    }

    /// The exchange has the order: what rests of it is among what the pool holds, and is reserved no longer.
    mutating func note(_ update: OrderUpdate) {
        let token = Reference(update.order.rawValue)
        guard let known = self[token], known.member.account == update.account, known.instrument == update.instrument,
            known.instrument.isPresent
        else { return }
        release(token)
    }

    /// Money that was to leave has left.
    mutating func note(_ withdrawal: Withdrawal) {
        guard withdrawal.status == .held, memberOfToken[withdrawal.reference]?.account == withdrawal.account else {
            return
        }
        release(withdrawal.reference)
    }

    /// Changes what is left; at 0 the reservation is gone, and so is one of an amount alone.
    private mutating func change(_ token: Reference, _ left: (Int64) -> Int64) {
        guard let member = memberOfToken[token], let place = held[member]?.firstIndex(where: { $0.token == token }),
            let lots = held[member]?[place].lots
        else { return }
        let rest = left(lots)
        held[member]?[place].lots = rest
        guard rest == 0 else { return }
        memberOfToken[token] = nil
        held[member]?.remove(at: place)
        if held[member]?.isEmpty ?? false { held[member] = nil }
    }
}
