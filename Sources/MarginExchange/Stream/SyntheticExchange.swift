public import MarginDomain

/// An exchange as a stream of messages: listings, customers, prices, trades and cash, in order and numbered.
///
/// ```
///  SyntheticMarket ──▶ PriceQuotes ─┐
///  SyntheticBooks ──▶ opening ──────┼──▶ BusNumbering ──▶ messages, and the history that recovers them
///  orders and deposits ─────────────┘
/// ```
/// Pure: it knows no sockets and no clock. ``ExchangePublisher`` puts it on the bus at the pace of a clock;
/// benchmarks and tests take its messages directly. Orders and deposits come in between steps, and the stream is a
/// function of the scenario and of them.
public struct SyntheticExchange: Sendable {
    /// What it was made from.
    public let scenario: ExchangeScenario
    /// Everything listed.
    public let catalogue: Catalogue
    /// Prices at ``now``.
    public internal(set) var market: SyntheticMarket
    /// Who holds what now.
    public internal(set) var positions = OpenPositions()
    let books: SyntheticBooks
    let quotes: PriceQuotes
    var numbering: BusNumbering
    var ticket = TradeTicket()
    var flow: TradeFlow
    var lastReference: UInt64 = 0
    var stepCount = 0

    /// Lists everything and plans the books; nothing is sent yet.
    ///
    /// - Throws: terms of the scenario that do not make valid listings.
    public init(_ scenario: ExchangeScenario) throws(ExchangeError) {
        self.scenario = scenario
        market = SyntheticMarket(scenario.market, seed: scenario.seed)
        catalogue = try Catalogue(market)
        quotes = PriceQuotes(catalogue)
        books = SyntheticBooks(count: scenario.accountCount, catalogue, market, seed: scenario.seed)
        numbering = BusNumbering(from: scenario.market.start, epoch: scenario.epoch)
        flow = TradeFlow(books, seed: scenario.seed)
        for source in [SourcePlan.reference, SourcePlan.cash] { numbering.open(source) }
        for asset in priced + pricedCollateral { numbering.open(SourcePlan.prices(of: asset)) }
        for asset in priced { numbering.open(SourcePlan.trades(in: asset)) }
    }

    /// Event time of the last step.
    public var now: Timestamp { market.now }

    /// Whether the scenario's duration has passed.
    public var isOver: Bool { market.isOver }

    /// What kind of customer an account is; nil for unknown accounts.
    public func shape(of account: AccountID) -> BookShape? { books.account(account)?.shape }

    var priced: [AssetID] { scenario.market.underlyings.map(\.asset) }

    var pricedCollateral: [AssetID] { [Catalogue.stablecoin, Catalogue.gold] }

    /// Where an asset's prices and trades are found on the bus.
    func topic(_ prefix: String, _ asset: AssetID) -> String { "\(prefix)\(catalogue.asset(asset).symbol)." }
}
