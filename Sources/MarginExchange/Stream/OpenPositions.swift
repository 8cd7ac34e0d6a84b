public import MarginDomain

/// Who holds what, as the exchange knows it from its own trades.
public struct OpenPositions: Equatable, Sendable {
    private var lots: [Member: [InstrumentID: Int64]] = [:]

    public init() {}

    /// Lots of a member; positive = long.
    public func lots(of member: Member, in instrument: InstrumentID) -> Int64 { lots[member]?[instrument] ?? 0 }

    /// Lots over all members: zero, because every trade has two sides.
    public func netLots(in instrument: InstrumentID) -> Int64 {
        lots.values.reduce(0) { $0 + ($1[instrument] ?? 0) }
    }

    /// Everybody with a position in the instrument, in order of member.
    public func holders(of instrument: InstrumentID) -> [Member] {
        lots.filter { ($0.value[instrument] ?? 0) != 0 }.map(\.key).sorted()
    }

    /// Instruments in which a member has a position, in order.
    public func instruments(of member: Member) -> [InstrumentID] {
        (lots[member] ?? [:]).filter { $0.value != 0 }.map(\.key).sorted()
    }

    /// Moves both sides of a trade.
    public mutating func apply(_ trade: Trade) {
        let buyer = Member(trade.buyer, mode: trade.buyerMode, trading: trade.instrument)
        let seller = Member(trade.seller, mode: trade.sellerMode, trading: trade.instrument)
        lots[buyer, default: [:]][trade.instrument, default: 0] += trade.quantity.lots
        lots[seller, default: [:]][trade.instrument, default: 0] -= trade.quantity.lots
    }
}
