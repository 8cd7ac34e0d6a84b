import Glibc
import MarginDomain
import MarginEngine
import MarginExchange
import MarginModel

/// An engine with so many pools of ten positions in the region market, their excess lognormal over maintenance margin with a
/// median of 1.5, half of them within one underlying.
struct RegionVenue {
    private(set) var engine: EngineState
    private(set) var market: RegionMarket
    private var record = RecordNumber.start
    let poolCount: Int

    static let positionsPerPool = 10
    /// The other side of all trades; it has no margin, and no pool of its own matters.
    private static let desk = AccountID(9_000_000_000)
    private static let accountsPerRecord = 64

    init(poolCount: Int, regions: RegionRules, seed: UInt64 = 1) throws {
        self.poolCount = poolCount
        market = RegionMarket(seed: seed)
        engine = EngineState(
            parameters: try ModelParameters.set(of: RegionMarket.coins),
            display: DisplayRules(look: .seconds(60), statesPerRecord: 0), regions: regions)
        apply(.assetListed(RegionMarket.assets))
        apply(.instrumentListed(RegionMarket.listings))
        for group in market.opening { apply(group) }
        open()
        try trade(seed)
        // A cut evaluates everybody; then money comes.
        _ = tick(0, move: 0)
        _ = tick(1, move: 0)
        fund(seed)
    }

    /// One price record.
    mutating func tick(_ coin: Int, move: Double) -> RecordEffects {
        apply(market.tick(coin, move: move, after: 10_000_000))
    }

    /// One volatility record.
    mutating func surface(_ coin: Int, moves: Double) -> RecordEffects {
        apply(market.surface(coin, moves: moves, after: 1_000_000_000))
    }

    /// Upkeep between records.
    mutating func renew(atMost count: Int) -> Int { engine.renewRegions(atMost: count) }

    var regionCounts: (exact: [ExactReason: Int], loose: Int) { engine.regionCounts }

    mutating func use(_ rules: RegionRules) { engine.use(rules) }

    @discardableResult
    private mutating func apply(_ events: EventGroup) -> RecordEffects {
        record = record.next
        let header = BatchHeader(
            source: SourceID(1), epoch: Epoch(1), firstSequence: SequenceNumber(record.rawValue),
            sendingTime: market.time)
        return engine.apply(
            EventRecord(number: record, epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
    }

    private mutating func open() {
        var opened = [
            AccountOpened(account: Self.desk, owner: OwnerID(Self.desk.rawValue), pool: PoolID(Self.desk.rawValue))
        ]
        apply(.accountOpened(opened))
        opened = []
        // Enough for no trade to trouble it.
        apply(
            .deposit([
                Deposit(
                    reference: Reference(1), account: Self.desk, instrument: .none, asset: RegionMarket.dollar,
                    amount: Money(10_000_000_000 * Value.perDollar), status: .final)
            ]))
        for pool in 1...UInt64(poolCount) {
            opened.append(AccountOpened(account: AccountID(pool), owner: OwnerID(pool), pool: PoolID(pool)))
            if opened.count == Self.accountsPerRecord || pool == UInt64(poolCount) {
                apply(.accountOpened(opened))
                opened = []
            }
        }
    }

    private mutating func trade(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let perCoin = RegionMarket.optionsPerCoin
        var trades: [Trade] = []
        for pool in 1...UInt64(poolCount) {
            let inFirst = [10, 0, Int(random.next() % 9) + 1, Int(random.next() % 9) + 1][Int(random.next() % 4)]
            for position in 0..<Self.positionsPerPool {
                let coin = position < inFirst ? 0 : 1
                let instrument = coin * perCoin + Int(random.next() % UInt64(perCoin)) + 1
                let lots = Int64(random.next() % 20) + 1
                let isBought = random.next() % 2 == 0
                trades.append(
                    Trade(
                        trade: TradeID(UInt64(trades.count + 1)), instrument: InstrumentID(UInt32(instrument)),
                        price: Price(1), quantity: Quantity(lots), buyer: isBought ? AccountID(pool) : Self.desk,
                        buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero,
                        seller: isBought ? Self.desk : AccountID(pool), sellerMode: .cross, sellerOrder: OrderID(0),
                        sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: market.time))
            }
            if trades.count >= Self.accountsPerRecord || pool == UInt64(poolCount) {
                apply(.trade(trades))
                trades = []
            }
        }
    }

    /// Every pool buys one lot and sells it again, at prices that leave it with the equity that it should have.
    private mutating func fund(_ seed: UInt64) {
        var random = SplitMix64(seed: seed ^ 0x5DEE_CE66)
        var trades: [Trade] = []
        for pool in 1...UInt64(poolCount) {
            guard let margin = engine.margin(of: PoolID(pool))?.margin else { continue }
            let ratio = 1 + 1.5 * exp(1.2 * random.gaussian())
            let wanted = Int64(Double(margin.maintenance.quanta) * ratio) - margin.equity.quanta
            // A tick of a lot is ten quanta.
            let gain = Price(1 + abs(wanted) / 10)
            trades.append(lot(of: pool, isBought: true, at: wanted > 0 ? Price(1) : gain))
            trades.append(lot(of: pool, isBought: false, at: wanted > 0 ? gain : Price(1)))
            if trades.count >= Self.accountsPerRecord || pool == UInt64(poolCount) {
                apply(.trade(trades))
                trades = []
            }
        }
    }

    private func lot(of pool: UInt64, isBought: Bool, at price: Price) -> Trade {
        Trade(
            trade: TradeID(pool), instrument: InstrumentID(1), price: price, quantity: Quantity(1),
            buyer: isBought ? AccountID(pool) : Self.desk, buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero,
            seller: isBought ? Self.desk : AccountID(pool), sellerMode: .cross, sellerOrder: OrderID(0),
            sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: market.time)
    }
}

extension SplitMix64 {
    /// Normal, by Box and Muller.
    mutating func gaussian() -> Double {
        let (first, second) = (Double(next() >> 11) * 0x1p-53, Double(next() >> 11) * 0x1p-53)
        return (-2 * log(first + 0x1p-54)).squareRoot() * cos(2 * .pi * second)
    }
}
