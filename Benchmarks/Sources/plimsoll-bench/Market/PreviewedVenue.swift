import MarginDomain
import MarginEngine
import MarginExchange
import MarginModel

/// An engine with many traded accounts and a set of parameters that waits for approval.
struct PreviewedVenue {
    private var engine: EngineState
    private var record = RecordNumber.start
    let poolCount: Int
    /// Positions of all pools together, flat ones too.
    private(set) var positionCount = 0

    static let proposed = ParameterVersion(2)
    private static let tradesPerPool = 5

    init(poolCount: Int) throws {
        self.poolCount = poolCount
        engine = EngineState(parameters: try ModelParameters.set(of: [OptionChain.coin]), regions: .none)
        list()
        publish()
        open()
        trade()
        apply(
            .riskParameters([
                Self.entry(.range, 0.2, OptionChain.coin, last: false), Self.entry(.kappa, 0.7, AssetID(0), last: true),
            ]))
    }

    /// A number of the preview that depends on every pool.
    mutating func checked(_ query: Query) throws -> UInt64 {
        guard case .previewAnswer(let preview)? = engine.answer(query).first else {
            throw PoolsMissing(expected: poolCount, found: 0)
        }
        guard preview.pools == UInt64(poolCount) else {
            throw PoolsMissing(expected: poolCount, found: Int(preview.pools))
        }
        // BOUNDS: a checksum may wrap.
        return UInt64(bitPattern: preview.initialAfter.quanta &+ preview.maintenanceAfter.quanta) &+ preview.worsened
    }

    /// A cut at the same price: every pool is evaluated again.
    mutating func cut() throws -> UInt64 {
        let effects = apply(.indexPrice([OptionChain.index(OptionChain.spotDollars)]))
        guard effects.evaluationCount == poolCount else {
            throw PoolsMissing(expected: poolCount, found: effects.evaluationCount)
        }
        return UInt64(effects.evaluationCount)
    }

    @discardableResult
    private mutating func apply(_ events: EventGroup) -> RecordEffects {
        record = record.next
        let header = BatchHeader(
            source: SourceID(1), epoch: Epoch(1), firstSequence: SequenceNumber(record.rawValue),
            sendingTime: OptionChain.start)
        return engine.apply(
            EventRecord(number: record, epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
    }

    private mutating func list() {
        apply(.assetListed([OptionChain.dollarListed, OptionChain.coinListed]))
        apply(.instrumentListed(OptionChain.listings))
    }

    private mutating func publish() {
        apply(.forwardPoint(OptionChain.forwards))
        apply(.volatilityPoint(OptionChain.volatilities))
        apply(.markPrice(OptionChain.marks))
        apply(.indexPrice([OptionChain.index(OptionChain.spotDollars)]))
    }

    private mutating func open() {
        for pool in 1...UInt64(poolCount) {
            apply(.accountOpened([AccountOpened(account: AccountID(pool), owner: OwnerID(pool), pool: PoolID(pool))]))
            let deposit = Deposit(
                reference: Reference(pool), account: AccountID(pool), instrument: .none, asset: OptionChain.dollar,
                amount: Money(100_000 * Value.perDollar), status: .final)
            apply(.deposit([deposit]))
        }
    }

    /// Every account buys a few times and is sold to as often, on average.
    private mutating func trade() {
        var random = SplitMix64(seed: 1)
        let listings = OptionChain.listings
        for number in 0..<UInt64(poolCount * Self.tradesPerPool) {
            let buyer = number % UInt64(poolCount) + 1
            let seller = (buyer + random.next() % UInt64(poolCount - 1)) % UInt64(poolCount) + 1
            let listing = listings[Int(random.next() % UInt64(listings.count))]
            apply(
                .trade([
                    Trade(
                        trade: TradeID(number + 1), instrument: listing.instrument, price: Self.price(of: listing),
                        quantity: Quantity(Int64(random.next() % 10) + 1), buyer: AccountID(buyer), buyerMode: .cross,
                        buyerOrder: OrderID(0), buyerFee: .zero, seller: AccountID(seller), sellerMode: .cross,
                        sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                        refersTo: TradeID(0), tradeTime: OptionChain.start)
                ]))
            positionCount += 2
        }
    }

    private static func price(of listing: InstrumentListed) -> Price {
        listing.optionType == .none ? OptionChain.ticks(OptionChain.spotDollars) : OptionChain.ticks(1000)
    }

    private static func entry(_ key: ParameterKey, _ value: Double, _ asset: AssetID, last: Bool) -> RiskParameters {
        RiskParameters(
            version: proposed, status: .proposed, key: key.symbol, asset: asset, index: 0,
            value: Ratio(Int64((value * Double(Ratio.scale)).rounded())), last: last)
    }
}
