import MarginDomain
import MarginEngine
import MarginModel

/// An engine in which one owner has so many pools, each with positions, and is charged for its size in all of them.
struct OwnedVenue {
    private var engine: EngineState
    private var record = RecordNumber.start
    private let poolCount: Int
    /// The others', from whom the owner buys.
    private static let counterparty = AccountID(1_000_000)
    /// What every pool holds.
    private let instruments = OptionChain.listings.prefix(5).map(\.instrument)

    init(poolCount: Int) throws {
        self.poolCount = poolCount
        engine = EngineState(parameters: try ModelParameters.set(of: [OptionChain.coin]), regions: .none)
        list()
        charge()
        open()
        publish()
        trade()
    }

    /// The first pool buys a contract and sells it again: two trades, four evaluations.
    mutating func trades() throws -> UInt64 {
        var evaluated: UInt64 = 0
        for isBought in [true, false] {
            let trade = Self.trade(AccountID(1), instruments[0], isBought: isBought)
            evaluated += UInt64(apply(.trade([trade])).evaluationCount)
        }
        guard evaluated == 4 else { throw PoolsMissing(expected: 4, found: Int(evaluated)) }
        return evaluated
    }

    /// A cut at the same price, which evaluates all.
    mutating func cut() throws -> UInt64 {
        let effects = apply(.indexPrice([OptionChain.index(OptionChain.spotDollars)]))
        guard effects.evaluationCount == poolCount + 1 else {
            throw PoolsMissing(expected: poolCount + 1, found: effects.evaluationCount)
        }
        return UInt64(effects.evaluationCount)
    }

    @discardableResult
    private mutating func apply(_ events: EventGroup, from source: SourceID = SourceID(1)) -> RecordEffects {
        record = record.next
        let header = BatchHeader(
            source: source, epoch: Epoch(1), firstSequence: SequenceNumber(record.rawValue),
            sendingTime: OptionChain.start)
        return engine.apply(
            EventRecord(number: record, epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
    }

    private mutating func list() {
        apply(.assetListed([OptionChain.dollarListed, OptionChain.coinListed]))
        apply(.instrumentListed(OptionChain.listings))
    }

    /// Sizes are charged from the first dollar beyond a small depth.
    private mutating func charge() {
        let values: [(ParameterKey, Double)] = [(.liquiditySlope, 0.02), (.liquidityCap, 0.2)]
        apply(
            .riskParameters(
                values.enumerated().map { place, value in
                    RiskParameters(
                        version: ParameterVersion(2), status: .effective, key: value.0.symbol, asset: AssetID(0),
                        index: 0, value: Ratio(Int64((value.1 * Double(Ratio.scale)).rounded())),
                        last: place == values.count - 1)
                }), from: .engine)
        let depth = Value(100_000 * Value.perDollar)
        apply(.depth([Depth(underlying: OptionChain.coin, bid: depth, ask: depth, publishTime: OptionChain.start)]))
    }

    private mutating func open() {
        let own = (1...UInt64(poolCount)).map { (AccountID($0), OwnerID(1), PoolID($0)) }
        for (account, owner, pool) in own + [(Self.counterparty, OwnerID(2), PoolID(1_000_000))] {
            apply(.accountOpened([AccountOpened(account: account, owner: owner, pool: pool)]))
            let deposit = Deposit(
                reference: Reference(1), account: account, instrument: .none, asset: OptionChain.dollar,
                amount: Money(10_000_000 * Value.perDollar), status: .final)
            apply(.deposit([deposit]))
        }
    }

    private mutating func publish() {
        apply(.forwardPoint(OptionChain.forwards))
        apply(.volatilityPoint(OptionChain.volatilities))
        apply(.markPrice(OptionChain.marks))
        apply(.indexPrice([OptionChain.index(OptionChain.spotDollars)]))
    }

    private mutating func trade() {
        for account in 1...UInt64(poolCount) {
            for instrument in instruments {
                apply(.trade([Self.trade(AccountID(account), instrument, isBought: true)]))
            }
        }
    }

    private static func trade(_ account: AccountID, _ instrument: InstrumentID, isBought: Bool) -> Trade {
        Trade(
            trade: TradeID(1), instrument: instrument, price: OptionChain.ticks(OptionChain.spotDollars),
            quantity: Quantity(10), buyer: isBought ? account : counterparty, buyerMode: .cross,
            buyerOrder: OrderID(0), buyerFee: .zero, seller: isBought ? counterparty : account, sellerMode: .cross,
            sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0),
            tradeTime: OptionChain.start)
    }
}
