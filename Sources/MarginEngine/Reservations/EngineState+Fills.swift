import MarginDomain
import MarginModel

/// What a check is about: a pool, what is wanted of it, and whatever may still be filled of what is reserved.
struct Fills {
    let slot: PoolSlot
    /// What comes and goes if the wanted order is filled, or the withdrawal made, whole.
    let wanted: PoolHoldings
    let corners: FillCorners
    /// The member's own order that the wanted one would replace, if any.
    let replaced: RestingOrder?
}

/// Whether a pool has margin for what may be filled.
extension EngineState {
    /// What a check is about.
    func fills(
        of wanted: Reservation, beside standing: [Reservation], in slot: PoolSlot
    ) throws(QuestionFault) -> Fills {
        var corners = FillCorners()
        let marks = try marks(of: standing + [wanted])
        for reservation in standing {
            try corners.add(
                reservation, reference.instruments[reservation.instrument], mark: marks[reservation.instrument])
        }
        let instrument = reference.instruments[wanted.instrument]
        let own = try FillCorners.parts(of: wanted, instrument, mark: marks[wanted.instrument])
        var wantedToo = own.traded
        wantedToo.add(own.lost)
        return Fills(slot: slot, wanted: wantedToo, corners: corners, replaced: order(replacedBy: wanted))
    }

    /// The present price of every instrument that reservations are of.
    ///
    /// - Throws: `unpriceable`, naming the instrument.
    private func marks(of reservations: [Reservation]) throws(QuestionFault) -> Marks {
        var marks = Marks()
        for reservation in reservations where !marks.has(reservation.instrument) {
            guard let instrument = reference.instruments[reservation.instrument] else { continue }
            guard let mark = markTicks(of: instrument), book.isPriced(instrument.id) else {
                throw withoutPrice(instrument)
            }
            marks.add(mark, of: instrument.id)
        }
        return marks
    }

    /// Numbers of orders are their member's: another member's order of the same number stays.
    private func order(replacedBy wanted: Reservation) -> RestingOrder? {
        guard let member = memberPlaces[wanted.member],
            let order = members[member.number].orders[OrderID(wanted.token.rawValue)],
            order.instrument == wanted.instrument
        else { return nil }
        return order
    }

    /// How much initial margin is missing in the worst corner with what is wanted; nothing if it passes.
    ///
    /// It passes if in every corner of what is reserved already the pool may go on to have it, too.
    ///
    /// - Parameter apart: what bounds the search; nil to try every corner.
    func shortfall(
        of fills: Fills, apart: FillsApart? = nil, _ allowance: Allowance = .initialMargin
    ) throws(QuestionFault) -> Value {
        guard let rest = fills.corners.rest(in: book) else { throw withoutMargin(.quarantined(.beyondExactRange)) }
        var search = CornerSearch(
            fills, from: holdings(before: fills), apart: apart, rest: rest.initial, allowance, in: book)
        do throws(CornerWithoutMargin) { try search.run() } catch { throw withoutMargin(error.status) }
        return search.worst
    }

    /// What the pool holds without the order that the wanted one would replace.
    func holdings(before fills: Fills) -> PoolHoldings {
        let holdings = book.holdings(of: fills.slot)
        return fills.replaced.map { holdings.without($0) } ?? holdings
    }
}

/// Present prices by instrument.
///
/// SPEED: valuing an option costs more than most of a check, and many orders are in few instruments.
private struct Marks {
    private var entries: [(instrument: InstrumentID, price: Price)] = []

    func has(_ instrument: InstrumentID) -> Bool { entries.contains { $0.instrument == instrument } }

    mutating func add(_ price: Price, of instrument: InstrumentID) { entries.append((instrument, price)) }

    /// 0 for what is no instrument.
    subscript(instrument: InstrumentID) -> Price {
        entries.first { $0.instrument == instrument }?.price ?? .zero
    }
}
