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
        // SPEED: valuing an option costs more than all else here, and many orders are in few instruments.
        var marks: [InstrumentID: Price] = [:]
        func mark(of instrument: Instrument?) throws(QuestionFault) -> Price {
            guard let instrument else { return .zero }
            if let known = marks[instrument.id] { return known }
            guard let mark = markTicks(of: instrument), book.isPriced(instrument.id) else {
                throw withoutPrice(instrument)
            }
            marks[instrument.id] = mark
            return mark
        }
        for reservation in standing {
            let instrument = reference.instruments[reservation.instrument]
            try corners.add(reservation, instrument, mark: try mark(of: instrument))
        }
        let instrument = reference.instruments[wanted.instrument]
        let own = try FillCorners.parts(of: wanted, instrument, mark: try mark(of: instrument))
        var wantedToo = own.traded
        wantedToo.add(own.lost)
        return Fills(slot: slot, wanted: wantedToo, corners: corners, replaced: order(replacedBy: wanted))
    }

    /// Numbers of orders are their member's: another member's order of the same number stays.
    private func order(replacedBy wanted: Reservation) -> RestingOrder? {
        guard let member = memberPlaces[wanted.member],
            let order = members[member.number].orders[OrderID(wanted.token.rawValue)],
            order.instrument == wanted.instrument
        else { return nil }
        return order
    }

    /// Whether the pool would meet initial margin even if nothing of all this offset anything else.
    ///
    /// If so, it meets it (``StandAlone``); an order that the wanted one replaces only lowers the pool's excess. What
    /// does not fit apart may still fit together.
    mutating func hasRoom(for fills: Fills) -> Bool {
        guard let now = book.standAlone(fills.slot), now.excess.initial > Self.roundings,
            fills.wanted.balances.allSatisfy({ isHomogeneous($0.asset) }), fills.corners.settles(in: isHomogeneous),
            let own = book.standAlone(fills.wanted), (now + own).excess.initial > Self.roundings,
            let apart = fills.corners.apart(in: book)
        else { return false }
        let all = now + own + apart
        return all.excess.initial >= Self.roundings && all.isExact && book.isFree(all)
    }

    /// How much initial margin is missing in the worst corner with what is wanted; nothing if it passes.
    ///
    /// It passes if in every corner of what is reserved already the pool may go on to have it, too.
    mutating func shortfall(
        of fills: Fills, _ allowance: Allowance = .initialMargin
    ) throws(QuestionFault) -> Value {
        guard let rest = fills.corners.rest(in: book) else { throw withoutMargin(.quarantined(.beyondExactRange)) }
        let without = fills.wanted.opposite
        var variations = Variations(of: holdings(before: fills), in: book)
        variations.shift(by: fills.wanted)
        variations.shift(by: fills.corners.first)
        var worst = Value.zero
        for step in [PoolHoldings()] + fills.corners.steps {
            // SPEED: from corner to corner one instrument changes, see Benchmarks, suite questions.
            variations.shift(by: step)
            let filled = variations.margin(adding: PoolHoldings())
            guard let after = MarginExcess(filled) else { throw withoutMargin(filled.status) }
            // SPEED: a pool with margin to spare is compared with nothing.
            if allowance == .initialMargin, after.initial + rest.initial >= .zero { continue }
            let standing = variations.margin(adding: without)
            guard let before = MarginExcess(standing) else { throw withoutMargin(standing.status) }
            if after.isNoWorse(than: before) { continue }
            worst = max(worst, allowance.missing(after, before: before, rest: rest.initial))
        }
        return worst
    }

    /// What the pool holds without the order that the wanted one would replace.
    func holdings(before fills: Fills) -> PoolHoldings {
        let holdings = book.holdings(of: fills.slot)
        return fills.replaced.map { holdings.without($0) } ?? holdings
    }

    /// What the roundings of all elementary charges of a question come to at most, amply: a dollar.
    private static var roundings: Value { Value(Value.perDollar) }

    /// Whether twice as much of an asset is worth twice as much: not of collateral, whose haircut rises with its amount.
    private func isHomogeneous(_ asset: AssetID) -> Bool {
        reference.assets[asset].map { $0.role != .collateral } ?? false
    }
}

extension Allowance {
    /// What an order that is not allowed lacks, more than nothing: of initial margin, or of what there was before.
    fileprivate func missing(_ after: MarginExcess, before: MarginExcess, rest: Value) -> Value {
        switch self {
        case .initialMargin: .zero - after.initial - rest
        case .reducing: max(before.initial - after.initial, before.maintenance - after.maintenance)
        }
    }
}
