import MarginDomain

/// Customers who trade again while prices move: small changes of positions that they already have.
struct TradeFlow: Sendable {
    /// A customer's wish to change a position; positive lots buy.
    struct Wish: Sendable {
        let member: Member
        let instrument: InstrumentID
        let lots: Int64
        let maker: AccountID
    }

    private let books: SyntheticBooks
    private let traders: [PlannedAccount]
    private var random: SplitMix64

    init(_ books: SyntheticBooks, seed: UInt64) {
        self.books = books
        traders = books.accounts.filter { $0.shape == .directional || $0.shape == .stablecoin || $0.shape == .whale }
        random = SplitMix64(seed: seed, concept: 3)
    }

    /// The wishes of one step, `mean` of them on average; most add or take off a few per cent of a position.
    mutating func wishes(mean: Double, _ positions: OpenPositions) -> [Wish] {
        let whole = Int(mean)
        let count = whole + (random.chance(mean - Double(whole)) ? 1 : 0)
        guard !traders.isEmpty else { return [] }
        return (0..<count).compactMap { _ in wish(random.pick(traders), positions) }
    }

    private mutating func wish(_ trader: PlannedAccount, _ positions: OpenPositions) -> Wish? {
        guard let place = trader.legs.indices.first else { return nil }
        let leg = trader.legs[place]
        let member = Member(trader.account, mode: leg.mode, trading: leg.instrument)
        let held = positions.lots(of: member, in: leg.instrument)
        // A position that was liquidated stays closed.
        guard held != 0 else { return nil }
        let share = random.uniform(-0.06, 0.03)
        let lots = Int64((Double(held) * share).rounded(.awayFromZero))
        guard lots != 0 else { return nil }
        return Wish(
            member: member, instrument: leg.instrument, lots: lots, maker: books.maker(for: trader.account, leg: place))
    }
}
