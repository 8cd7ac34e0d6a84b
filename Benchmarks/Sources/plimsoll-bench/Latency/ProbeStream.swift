import MarginDomain
import MarginEngine
import MarginExchange
import MarginModel
import MarginWire

/// The exchange of the latency suite: open books, and one pool at the edge of liquidation.
///
/// The pool holds a perpetual of its own in a margined underlying, so that a price or a trade of that perpetual moves
/// no other pool over a threshold, while every one of them is evaluated all the same. Each sample crosses the pool's
/// thresholds, liquidating and cured by turns, and therefore makes exactly one signal.
struct ProbeStream {
    static let underlying = AssetID(3)
    static let instrument = InstrumentID(900_001)
    static let account = AccountID(9_000_000_001)
    static let counterparty = AccountID(9_000_000_002)
    static let pool = PoolID(9_000_000_001)

    /// What opens everything, in order.
    private(set) var opening: [EventBatch]
    /// Engine time after the opening.
    var time: Timestamp { opening[opening.count - 1].header.sendingTime }
    let market: String
    private var next: [SourceID: SequenceNumber] = [:]
    /// After the opening equity is above maintenance margin, but not where a liquidation that has begun would end; and
    /// one has begun, since the pool traded before it had money.
    private var isLiquidating = true

    /// Hundredths of a dollar; thousandths of a coin: a position of a million dollars.
    private static let mark: Int64 = 6_000_000
    private static let lots: Int64 = 16_667

    init(pools: Int) throws {
        var books = try BookGenerator(poolCount: pools, positionsPerPool: 10, underlyingCount: 1)
        opening = books.opening()
        market = "1 underlying, \(books.catalogue.instruments.count + 1) instruments, \(pools.grouped) pools of 10"
        for batch in opening { next[batch.header.source] = batch.header.firstSequence.advanced(by: batch.events.count) }
        openProbe()
        let margin = try marginAfterOpening()
        // Half way between where liquidation begins and where it ends.
        let deposit = Deposit(
            reference: Reference(1 << 40), account: Self.account, instrument: .none, asset: Catalogue.dollar,
            amount: Money((margin.maintenance.quanta + margin.release.quanta) / 2), status: .final)
        open(.deposit([deposit]), from: SourceID(2))
        try check()
    }

    /// What a sample changes.
    enum Kind {
        /// The perpetual's mark moves by two per cent, down and up.
        case tick
        /// The pool buys and sells a fifth of its position at the mark.
        case trade
    }

    /// The next sample of a kind, as of a time.
    mutating func sample(_ kind: Kind, at time: Timestamp) -> EventBatch {
        isLiquidating.toggle()
        switch kind {
        case .tick:
            let price = Price(Self.mark + (isLiquidating ? -1 : 1) * Self.mark / 50)
            return message(.markPrice([mark(price, time)]), from: SourceID(103), at: time)
        case .trade:
            return message(.trade([trade(Self.lots / 5, buys: isLiquidating, time)]), from: SourceID(203), at: time)
        }
    }

    /// What must precede the samples of a kind. Trades swing around the position that ticks swing under, so they begin
    /// with a tenth less of it, which ends the liquidation.
    mutating func prepare(for kind: Kind, at time: Timestamp) -> [EventBatch] {
        guard kind == .trade else { return [] }
        isLiquidating = false
        return [
            message(.markPrice([mark(Price(Self.mark), time)]), from: SourceID(103), at: time),
            message(.trade([trade(Self.lots / 10, buys: false, time)]), from: SourceID(203), at: time),
        ]
    }
}

extension ProbeStream {
    private mutating func openProbe() {
        let listing = InstrumentListed(
            instrument: Self.instrument, symbol: Symbol(ascii: "BTC-PROBE"), kind: .linearPerpetual, optionType: .none,
            underlying: Self.underlying, settlementAsset: Catalogue.dollar, priceExponent: Exponent(-2),
            quantityExponent: Exponent(-3), strike: .zero, expiry: .zero)
        open(.instrumentListed([listing]), from: SourceID(1))
        open(.markPrice([mark(Price(Self.mark), time)]), from: SourceID(103))
        open(
            .accountOpened([
                AccountOpened(account: Self.account, owner: OwnerID(Self.account.rawValue), pool: Self.pool),
                AccountOpened(
                    account: Self.counterparty, owner: OwnerID(Self.counterparty.rawValue),
                    pool: PoolID(Self.counterparty.rawValue)),
            ]), from: SourceID(1))
        let deposit = Deposit(
            reference: Reference(1 << 41), account: Self.counterparty, instrument: .none, asset: Catalogue.dollar,
            amount: Money(100_000_000 * Value.perDollar), status: .final)
        open(.deposit([deposit]), from: SourceID(2))
        open(.trade([trade(Self.lots, buys: true, time)]), from: SourceID(203))
    }

    private mutating func open(_ events: EventGroup, from source: SourceID) {
        opening.append(message(events, from: source, at: time + Duration64(1)))
    }

    private mutating func message(_ events: EventGroup, from source: SourceID, at time: Timestamp) -> EventBatch {
        let first = next[source] ?? SequenceNumber(1)
        next[source] = first.advanced(by: events.count)
        return EventBatch(
            header: BatchHeader(source: source, epoch: Epoch(1), firstSequence: first, sendingTime: time),
            events: events)
    }

    private func mark(_ price: Price, _ time: Timestamp) -> MarkPrice {
        MarkPrice(instrument: Self.instrument, price: price, publishTime: time)
    }

    private func trade(_ lots: Int64, buys: Bool, _ time: Timestamp) -> Trade {
        Trade(
            trade: TradeID(UInt64(time.nanoseconds)), instrument: Self.instrument, price: Price(Self.mark),
            quantity: Quantity(lots), buyer: buys ? Self.account : Self.counterparty, buyerMode: .cross,
            buyerOrder: OrderID(0), buyerFee: .zero, seller: buys ? Self.counterparty : Self.account,
            sellerMode: .cross,
            sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0),
            tradeTime: time)
    }
}

extension ProbeStream {
    /// A fold of the opening in this process: says beforehand what the product has to answer.
    private func folded() throws -> (engine: EngineState, record: UInt64) {
        var engine = EngineState(parameters: try ModelParameters.set(of: [Self.underlying]))
        var record: UInt64 = 0
        for batch in opening {
            record += 1
            let effects = engine.apply(EventRecord(number: RecordNumber(record), epoch: Epoch(1), batch: batch))
            guard effects.refusals.isEmpty else {
                throw OpeningRefused(refusals: ["\(effects.refusals[0])": UInt64(effects.refusals.count)])
            }
        }
        return (engine, record)
    }

    private func marginAfterOpening() throws -> PoolMargin {
        guard let found = try folded().engine.margin(of: Self.pool) else {
            throw ProbeUnfit(reason: "it has no margin")
        }
        return found.margin
    }

    /// Every sample must make exactly one signal, stamped with the sample's own time.
    private func check() throws {
        var (engine, record) = try folded()
        var stream = self
        var time = time
        func step(_ batch: EventBatch) -> [Signal] {
            record += 1
            let effects = engine.apply(EventRecord(number: RecordNumber(record), epoch: Epoch(1), batch: batch))
            return effects.signals.filter { $0.pool == Self.pool }
        }
        for kind in [Kind.tick, .trade] {
            for batch in stream.prepare(for: kind, at: time) { _ = step(batch) }
            for place in 0..<6 {
                time = time + .milliseconds(1)
                let signals = step(stream.sample(kind, at: time))
                guard signals.count == 1, signals[0].eventTime == time else {
                    throw ProbeUnfit(reason: "\(kind) \(place) makes \(signals.count) signals: \(signals.map(\.kind))")
                }
            }
        }
    }
}

/// The pool does not do what the measurement needs.
struct ProbeUnfit: Error, CustomStringConvertible {
    let reason: String
    var description: String { "the probe pool is not fit: \(reason)" }
}
