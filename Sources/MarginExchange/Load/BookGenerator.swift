private import Glibc
public import MarginDomain

/// Books of any size for benchmarks: so many pools with so many positions each, over so many underlyings.
///
/// Plain functions of the size and seed, in batches that can be appended to a log as they are, no sockets. Every pool
/// is one account with distinct instruments; a few makers with large pools hold the other sides. Take the parts in
/// order: ``opening()`` does, then ``ticks(count:)`` and ``load(frameCount:entriesPerFrame:)`` go on from there.
public struct BookGenerator: Sendable {
    /// Customers' pools.
    public let poolCount: Int
    /// Distinct instruments in each.
    public let positionsPerPool: Int
    /// Everything listed.
    public let catalogue: Catalogue
    private var market: SyntheticMarket
    private let quotes: PriceQuotes
    private let estimate: MarginEstimate
    private var numbering: BusNumbering
    private var ticket = TradeTicket()
    private var random: SplitMix64
    private var lastReference: UInt64 = 0

    private static let makerShare = 100
    private static let firstMaker: UInt64 = 1
    private static let firstAccount: UInt64 = 1_000_000

    /// - Parameters:
    ///   - poolCount: customers' pools; makers come on top, one for every hundred.
    ///   - positionsPerPool: distinct instruments in each, at most what is listed.
    ///   - underlyingCount: the first of ``UnderlyingTerms/known``.
    /// - Throws: when there are not so many underlyings.
    public init(
        poolCount: Int, positionsPerPool: Int, underlyingCount: Int = 3, seed: UInt64 = 1
    ) throws(ExchangeError) {
        let known = UnderlyingTerms.known
        guard (1...known.count).contains(underlyingCount) else {
            throw .tooManyUnderlyings(wanted: underlyingCount, available: known.count)
        }
        let scenario = MarketScenario(underlyings: Array(known.prefix(underlyingCount)), crash: nil)
        market = SyntheticMarket(scenario, seed: seed)
        catalogue = try Catalogue(market)
        precondition(positionsPerPool <= catalogue.instruments.count, "a pool holds no instrument twice")
        quotes = PriceQuotes(catalogue)
        estimate = MarginEstimate(catalogue, market)
        numbering = BusNumbering(from: scenario.start, epoch: Epoch(1))
        random = SplitMix64(seed: seed, concept: 4)
        (self.poolCount, self.positionsPerPool) = (poolCount, positionsPerPool)
    }

    /// Listings, first prices, accounts, deposits and trades, in an order in which nothing is refused.
    public mutating func opening() -> [EventBatch] {
        let (accounts, deposits, trades) = books()
        var batches = listings()
        batches += prices()
        batches += accounts.chunks(of: BusNumbering.entriesMax).map { send(.accountOpened($0), SourcePlan.reference) }
        batches += deposits.chunks(of: BusNumbering.entriesMax).map { send(.deposit($0), SourcePlan.cash) }
        for underlying in underlyings {
            let here = trades.filter { catalogue.instrument($0.instrument).instrument.underlying == underlying }
            batches += here.chunks(of: 64).map { send(.trade($0), SourcePlan.trades(in: underlying)) }
        }
        return batches
    }

    /// Index prices, one to a batch, the underlyings taking turns while the market walks on.
    public mutating func ticks(count: Int) -> [EventBatch] {
        (0..<count).map { place in
            if place % underlyings.count == 0 { market.advance() }
            let underlying = underlyings[place % underlyings.count]
            return send(quotes.index(of: underlying, market), SourcePlan.prices(of: underlying))
        }
    }

    /// Full frames in the proportion of a busy exchange, one of trades to nine of index prices.
    ///
    /// Trades are small ones of random customers with their makers.
    public mutating func load(frameCount: Int, entriesPerFrame: Int = 64) -> [EventBatch] {
        (0..<frameCount).map { frame in
            let underlying = underlyings[frame % underlyings.count]
            if frame % 10 == 0 {
                return send(
                    .trade(smallTrades(in: underlying, count: entriesPerFrame)), SourcePlan.trades(in: underlying))
            }
            var ticks: [IndexPrice] = []
            while ticks.count < entriesPerFrame {
                market.advance()
                if case .indexPrice(let entries) = quotes.index(of: underlying, market) { ticks += entries }
            }
            return send(.indexPrice(ticks), SourcePlan.prices(of: underlying))
        }
    }
}

extension BookGenerator {
    private var underlyings: [AssetID] { market.scenario.underlyings.map(\.asset) }

    private mutating func send(_ events: EventGroup, _ source: SourceID) -> EventBatch {
        numbering.message(events, from: source, topic: "", at: market.now).batch
    }

    private mutating func listings() -> [EventBatch] {
        let instruments = catalogue.instruments.map(\.listing).chunks(of: BusNumbering.entriesMax)
        return [send(.assetListed(catalogue.assets), SourcePlan.reference)]
            + instruments.map { send(.instrumentListed($0), SourcePlan.reference) }
    }

    /// Everything that rows need, for every underlying.
    private mutating func prices() -> [EventBatch] {
        underlyings.flatMap { underlying in
            [
                quotes.index(of: underlying, market), quotes.futures(of: underlying, market),
                quotes.forwards(of: underlying, market), quotes.surface(of: underlying, market),
            ]
            .map { send($0, SourcePlan.prices(of: underlying)) }
        }
    }

    private mutating func books() -> ([AccountOpened], [Deposit], [Trade]) {
        let makers = (0..<UInt64(max(1, poolCount / Self.makerShare))).map { AccountID(Self.firstMaker + $0) }
        var accounts = makers.map { AccountOpened(account: $0, owner: OwnerID($0.rawValue), pool: PoolID($0.rawValue)) }
        var deposits = makers.map { deposit($0, dollars: 10_000_000_000) }
        var trades: [Trade] = []
        for number in 0..<UInt64(poolCount) {
            let account = AccountID(Self.firstAccount + number)
            accounts.append(
                AccountOpened(account: account, owner: OwnerID(account.rawValue), pool: PoolID(account.rawValue)))
            var margin = 100.0
            for listed in instruments(from: random.next()) {
                let lots = listed.lots(forNotional: 5_000 * random.pareto(1.5), at: spot(listed))
                let signed = random.chance(0.6) ? lots : -lots
                margin += estimate.initialMargin(.init(lots: [listed.id: signed]))
                trades.append(trade(listed, signed, account, random.pick(makers)))
            }
            deposits.append(deposit(account, dollars: margin * (1.5 + 2 * random.exponential())))
        }
        return (accounts, deposits, trades)
    }

    /// Distinct instruments: a walk through the list from a random place with a random stride.
    private func instruments(from number: UInt64) -> [ListedInstrument] {
        let count = catalogue.instruments.count
        var stride = Int(number >> 32) % count
        while stride == 0 || gcd(stride, count) != 1 { stride += 1 }
        let start = Int(number & 0xffff_ffff) % count
        return (0..<positionsPerPool).map { catalogue.instruments[(start + $0 * stride) % count] }
    }

    private func gcd(_ left: Int, _ right: Int) -> Int { right == 0 ? left : gcd(right, left % right) }

    private func spot(_ listed: ListedInstrument) -> Double { market.spot(of: listed.instrument.underlying) }

    private mutating func deposit(_ account: AccountID, dollars: Double) -> Deposit {
        lastReference += 1
        return Deposit(
            reference: Reference(lastReference), account: account, instrument: .none, asset: Catalogue.dollar,
            amount: Money(Int64(dollars.rounded()) * Value.perDollar), status: .final)
    }

    private mutating func smallTrades(in underlying: AssetID, count: Int) -> [Trade] {
        let listed = catalogue.instruments.filter { $0.instrument.underlying == underlying }
        return (0..<count).map { _ in
            let account = AccountID(Self.firstAccount + random.next() % UInt64(max(1, poolCount)))
            return trade(random.pick(listed), random.chance(0.5) ? 1 : -1, account, AccountID(Self.firstMaker))
        }
    }

    private mutating func trade(
        _ listed: ListedInstrument, _ lots: Int64, _ customer: AccountID, _ maker: AccountID
    ) -> Trade {
        let (party, other) = (TradeTicket.Party(account: customer), TradeTicket.Party(account: maker, paysFee: false))
        let asset = listed.instrument.settlementAsset
        let unit = market.dollarsPerUnit(of: asset) * catalogue.asset(asset).moneyExponent.scale
        return ticket.trade(
            listed, lots: abs(lots), price: market.markPrice(of: listed), buyer: lots > 0 ? party : other,
            seller: lots > 0 ? other : party, spot: spot(listed), assetUnit: unit, at: market.now)
    }
}
