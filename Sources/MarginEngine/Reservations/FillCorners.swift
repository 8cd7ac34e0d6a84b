import MarginDomain
import MarginModel

/// The worst that reserved orders and withdrawals can still do to a pool, whichever of them happen, in whatever part.
///
/// Everything reserved for leaving has left. Orders trade at the present price, and what they pay more than that is
/// lost whether they trade or not; what they pay less is no gain. The net position that an instrument can end with is
/// then an interval, from all sells filled to all buys filled, and the excess over the box of these intervals is
/// concave: its least is in a corner. With more instruments than ``EngineLimits/jointFillInstrumentsMax`` the rest
/// stand alone, each at its worse end: excess never falls by more than stand-alone parts when holdings are pooled.
struct FillCorners {
    /// What is gone in every corner.
    private(set) var losses = PoolHoldings()
    /// In order of instrument.
    private(set) var ends: [Ends] = []

    /// What an instrument's orders come to with all sells filled, and with all buys.
    struct Ends {
        let instrument: InstrumentID
        var sold = PoolHoldings()
        var bought = PoolHoldings()
    }

    init() {}

    /// Adds an order or withdrawal.
    ///
    /// - Parameter mark: the present price of the instrument, which an order has.
    /// - Throws: `tooLarge`
    mutating func add(_ reservation: Reservation, _ instrument: Instrument?, mark: Price) throws(QuestionFault) {
        let (traded, lost) = try Self.parts(of: reservation, instrument, mark: mark)
        losses.add(lost)
        guard let instrument else { return }
        let place = ends.firstIndex { $0.instrument >= instrument.id } ?? ends.count
        if place == ends.count || ends[place].instrument != instrument.id {
            ends.insert(Ends(instrument: instrument.id), at: place)
        }
        if reservation.lots > 0 { ends[place].bought.add(traded) } else { ends[place].sold.add(traded) }
    }

    /// A trade at the present price, and what is lost in any case.
    static func parts(
        of reservation: Reservation, _ instrument: Instrument?, mark: Price
    ) throws(QuestionFault) -> (traded: PoolHoldings, lost: PoolHoldings) {
        var (traded, lost) = (PoolHoldings(), PoolHoldings())
        if reservation.amount != .zero { lost.add(Balance(reservation.amount), of: reservation.asset) }
        guard let instrument else { return (traded, lost) }
        let lots = Quantity(reservation.lots)
        guard let cost = instrument.cost(of: lots, at: reservation.price),
            let fair = instrument.cost(of: lots, at: mark)
        else { throw .tooLarge }
        traded.add(NetQuantity(Int128(lots.lots)), of: instrument.id)
        traded.add(.zero - fair, of: instrument.settlementAsset)
        if cost > fair { lost.add(fair - cost, of: instrument.settlementAsset) }
        return (traded, lost)
    }

    /// The instruments whose ends are combined in every way.
    var joint: ArraySlice<Ends> { ends.prefix(EngineLimits.jointFillInstrumentsMax) }

    /// The first corner of the first instruments, in which all their sells are filled.
    var first: PoolHoldings {
        var corner = losses
        for end in joint { corner.add(end.sold) }
        return corner
    }

    /// The steps from each corner to the next, in an order in which one instrument at a time goes over to its other
    /// end (a Gray code): one step less than there are corners.
    var steps: [PoolHoldings] {
        let turns = joint.map { end in
            var turn = end.sold.opposite
            turn.add(end.bought)
            return (over: turn, back: turn.opposite)
        }
        return (1..<(1 << turns.count)).map { number in
            let place = number.trailingZeroBitCount
            // An instrument's turns alternate; its first comes at 2^place.
            return (number >> place) & 2 == 0 ? turns[place].over : turns[place].back
        }
    }

    /// Whether all of it is combined in every way, and nothing is left to stand alone.
    var isJoint: Bool { ends.count <= EngineLimits.jointFillInstrumentsMax }

    /// What the other instruments need by themselves, never positive; nil if one of them cannot be margined.
    func rest(in book: MarginBook) -> MarginExcess? {
        var apart = StandAlone.nothing
        for end in ends.dropFirst(EngineLimits.jointFillInstrumentsMax) {
            guard let sold = book.standAlone(end.sold), let bought = book.standAlone(end.bought) else { return nil }
            apart = apart + .worse(sold, bought)
        }
        return apart.excess
    }
}
