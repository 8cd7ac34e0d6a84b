import MarginDomain
import MarginExchange

/// What a busy exchange sends once its books are open: messages of 64 events, one of trades to nine of index prices,
/// the underlyings taking turns.
///
/// Prices walk in small steps; trades repeat earlier ones with one lot, so that books stay as they are.
struct LoadStream {
    static let eventsPerFrame = 64
    /// Event time passes as it would at the target's rate.
    static let eventsPerSecond: Int64 = 500_000

    private let underlyings: [AssetID]
    private var spots: [AssetID: Price] = [:]
    private var trades: [AssetID: [Trade]] = [:]
    private var next: [SourceID: SequenceNumber] = [:]
    private var now: Timestamp
    private var frameCount = 0
    private var random = SplitMix64(seed: 7)
    private var lastTrade: UInt64 = 1 << 40

    /// Goes on after the batches that opened the books.
    init(after opening: [EventBatch]) {
        now = opening.reduce(.zero) { max($0, $1.header.sendingTime) }
        for batch in opening {
            next[batch.header.source] = batch.header.firstSequence.advanced(by: batch.events.count)
            switch batch.events {
            case .indexPrice(let prices): for price in prices { spots[price.underlying] = price.price }
            case .trade(let entries):
                trades[AssetID(UInt32(batch.header.source.rawValue) - 200), default: []] += entries
            default: break
            }
        }
        underlyings = spots.keys.sorted()
    }

    /// The next messages.
    mutating func frames(_ count: Int) -> [EventBatch] { (0..<count).map { _ in frame() } }

    private mutating func frame() -> EventBatch {
        let turn = frameCount
        frameCount += 1
        // Shifted after every ten, or with two underlyings one of them would never see a trade.
        let underlying = underlyings[(turn + turn / 10) % underlyings.count]
        let isTrades = turn % 10 == 0
        let source = SourceID(UInt16(underlying.rawValue) + (isTrades ? 200 : 100))
        let first = next[source] ?? SequenceNumber(1)
        next[source] = first.advanced(by: Self.eventsPerFrame)
        let events: EventGroup = isTrades ? .trade(smallTrades(in: underlying)) : .indexPrice(prices(of: underlying))
        let header = BatchHeader(source: source, epoch: Epoch(1), firstSequence: first, sendingTime: now)
        return EventBatch(header: header, events: events)
    }

    private mutating func prices(of underlying: AssetID) -> [IndexPrice] {
        (0..<Self.eventsPerFrame).map { _ in
            step()
            let spot = spots[underlying] ?? .zero
            let move = max(1, spot.ticks / 100_000)
            let moved = Price(spot.ticks + (random.next() % 2 == 0 ? move : -move))
            spots[underlying] = moved
            return IndexPrice(underlying: underlying, price: moved, confidence: Ratio(Ratio.scale), publishTime: now)
        }
    }

    private mutating func smallTrades(in underlying: AssetID) -> [Trade] {
        let known = trades[underlying] ?? []
        return (0..<Self.eventsPerFrame).map { _ in
            step()
            var trade = known[Int(random.next() % UInt64(known.count))]
            lastTrade += 1
            trade.trade = TradeID(lastTrade)
            trade.quantity = Quantity(1)
            trade.tradeTime = now
            if random.next() % 2 == 0 { (trade.buyer, trade.seller) = (trade.seller, trade.buyer) }
            return trade
        }
    }

    private mutating func step() { now = now + Duration64(Duration64.perSecond / Self.eventsPerSecond) }
}
