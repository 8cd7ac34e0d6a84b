import MarginDomain
import MarginEngine
import MarginExchange
import MarginModel

/// An engine over the chain of 300 instruments, with one pool of 20 legs that is asked and 100 that are only evaluated.
struct QuestionedEngine {
    var engine: EngineState
    private let chain: OptionChain
    private var record: UInt64 = 0
    private var sequence: UInt64 = 1
    private var ticks: Int64 = 0

    static let pool = PoolID(1)
    static let account = AccountID(1)
    /// Customers whose pools every price evaluates.
    static let otherPools = 100
    static let legs = 20

    init() throws {
        chain = try OptionChain()
        engine = EngineState(parameters: try ModelParameters.set(of: [OptionChain.coin]))
        apply(.assetListed([OptionChain.dollarListed, OptionChain.coinListed]))
        apply(.instrumentListed(OptionChain.listings))
        for event in OptionChain.market { apply(event) }
        for account in 1...UInt64(Self.otherPools + 2) {
            apply(
                .accountOpened([
                    AccountOpened(account: AccountID(account), owner: OwnerID(account), pool: PoolID(account))
                ]))
            apply(
                .deposit([
                    Deposit(
                        reference: Reference(account), account: AccountID(account), instrument: .none,
                        asset: OptionChain.dollar, amount: Money(100_000_000_000_000), status: .final)
                ]))
        }
        var random = SplitMix64(seed: 20)
        for account in 1...UInt64(Self.otherPools + 1) {
            let legs = account == 1 ? Self.legs : 10
            var held: Set<Int> = []
            while held.count < legs { held.insert(Int(random.next() % UInt64(chain.instruments.count))) }
            for place in held.sorted() { trade(account, chain.instruments[place]) }
        }
    }

    /// A price that moved: a cut of all rows, and of every pool.
    mutating func movePrice() {
        ticks = (ticks + 1) % 100
        var price = OptionChain.index(OptionChain.spotDollars + Double(ticks))
        price.publishTime = engine.now
        apply(.indexPrice([price]))
    }

    /// Takes cash out of the pool that is asked until a quarter of its initial margin is left free.
    mutating func tighten() {
        guard let margin = engine.margin(of: Self.pool)?.margin else { return }
        let surplus = margin.equity.quanta - margin.initial.quanta - margin.initial.quanta / 4
        apply(
            .withdrawal([
                Withdrawal(
                    reference: Reference(1), account: Self.account, instrument: .none, asset: OptionChain.dollar,
                    amount: Money(surplus), status: .held)
            ]))
    }

    /// A hypothetical trade of an instrument that changes with every question.
    func whatIf(_ number: Int) -> Query {
        let instrument = chain.instruments[number % chain.instruments.count]
        return .whatIfQuery(
            WhatIfQuery(
                pool: Self.pool, version: ParameterVersion(0),
                changes: [
                    WhatIfChange(
                        account: AccountID(0), instrument: instrument.id, quantity: Quantity(Int64(number % 7) - 3),
                        price: Price(6_000_000), asset: AssetID(0), amount: .zero)
                ]))
    }

    /// A check under one of a few tokens, so that some reservations of as many instruments always stand.
    func check(_ number: Int) -> Query {
        let instrument = chain.instruments[number % 4 * 40 + 20]
        return .checkQuery(
            CheckQuery(
                account: Self.account, instrument: instrument.id, quantity: Quantity(Int64(number % 5) + 1),
                price: .zero, asset: AssetID(0), amount: .zero, reserveFor: .seconds(5), mode: .cross,
                token: Reference(UInt64(number % 8) + 1)))
    }

    private mutating func trade(_ account: UInt64, _ instrument: Instrument) {
        apply(
            .trade([
                Trade(
                    trade: TradeID(record), instrument: instrument.id,
                    price: instrument.carriesCost ? Price(6_000_000) : Price(100_000), quantity: Quantity(5),
                    buyer: AccountID(account), buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero,
                    seller: AccountID(UInt64(Self.otherPools + 2)), sellerMode: .cross, sellerOrder: OrderID(0),
                    sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: engine.now)
            ]))
    }

    private mutating func apply(_ events: EventGroup) {
        record += 1
        let header = BatchHeader(
            source: SourceID(1), epoch: Epoch(1), firstSequence: SequenceNumber(sequence),
            sendingTime: Timestamp(OptionChain.start.nanoseconds + Int64(record) * 1_000_000))
        sequence += UInt64(events.count)
        _ = engine.apply(
            EventRecord(
                number: RecordNumber(record), epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
    }
}
