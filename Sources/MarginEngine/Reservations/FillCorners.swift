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
    /// For each instrument, its two ends.
    private var ends: [(instrument: InstrumentID, sold: PoolHoldings, bought: PoolHoldings)] = []

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
            ends.insert((instrument.id, PoolHoldings(), PoolHoldings()), at: place)
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
        guard let cost = instrument.ledgerCost(of: lots, at: reservation.price),
            let fair = instrument.ledgerCost(of: lots, at: mark)
        else { throw .tooLarge }
        traded.add(NetQuantity(Int128(lots.lots)), of: instrument.id)
        traded.add(.zero - fair, of: instrument.settlementAsset)
        if cost > fair { lost.add(fair - cost, of: instrument.settlementAsset) }
        return (traded, lost)
    }

    /// The changes of holdings in all corners of the first instruments.
    var corners: [PoolHoldings] {
        var corners = [losses]
        for end in ends.prefix(EngineLimits.jointFillInstrumentsMax) {
            corners = corners.flatMap { corner in
                [end.sold, end.bought].map { filled in
                    var with = corner
                    with.add(filled)
                    return with
                }
            }
        }
        return corners
    }

    /// What the other instruments need by themselves, never positive; nil if one of them cannot be margined.
    func rest(in book: MarginBook) -> MarginExcess? {
        var rest = MarginExcess(initial: .zero, maintenance: .zero)
        for end in ends.dropFirst(EngineLimits.jointFillInstrumentsMax) {
            guard let sold = MarginExcess(book.margin(of: end.sold)),
                let bought = MarginExcess(book.margin(of: end.bought))
            else { return nil }
            rest =
                rest
                + MarginExcess(
                    initial: min(sold.initial, bought.initial, .zero),
                    maintenance: min(sold.maintenance, bought.maintenance, .zero))
        }
        return rest
    }
}
