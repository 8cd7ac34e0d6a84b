import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// SVI slices in the fold; that prices follow them to the quantum is part of `EngineEqualsOracleTests`.
@Suite struct SliceTests {
    static let expiry = Timestamp(1_800_000_000_000_000_000 + 30 * 86_400_000_000_000)
    static let later = Timestamp(1_800_000_000_000_000_000 + 60 * 86_400_000_000_000)

    @Test func `an option is worth what the slice says until a point is newer`() {
        var desk = Desk()
        desk.send(.sviSlice([desk.slice(Self.expiry, variance: 0.04)]))
        let curved = desk.equity
        desk.wait()
        desk.send(.volatilityPoint([desk.point(Self.expiry, 0.9)]))
        let pointed = desk.equity
        desk.wait()
        desk.send(.sviSlice([desk.slice(Self.expiry, variance: 0.04)]))

        #expect(desk.refusals == [])
        #expect(curved != nil)
        #expect(curved != pointed)
        #expect(desk.equity != pointed)
    }

    @Test func `a slice with a butterfly is refused by name, and what was in force stays`() {
        var desk = Desk()
        desk.send(.volatilityPoint([desk.point(Self.expiry, 0.6)]))
        let before = desk.equity
        desk.wait()
        var bad = desk.slice(Self.expiry, variance: 0.04)
        (bad.a, bad.b, bad.rho) = (Ratio(decimal: -0.0410), Ratio(decimal: 0.1331), Ratio(decimal: 0.3060))
        (bad.m, bad.s) = (Ratio(decimal: 0.3586), Ratio(decimal: 0.4153))

        desk.send(.sviSlice([bad]))

        #expect(desk.refusals.map(\.description).contains { $0.hasPrefix("SVI slice: butterfly arbitrage at") })
        #expect(desk.equity == before)
    }

    @Test func `a slice below an earlier expiry's is refused when the surface takes effect`() {
        var desk = Desk()

        desk.send(
            .sviSlice([desk.slice(Self.expiry, variance: 0.04, last: false), desk.slice(Self.later, variance: 0.02)]))

        #expect(desk.refusals.count == 1)
        #expect(desk.refusals.first?.description.contains("calendar arbitrage") == true)
        #expect(desk.equity != nil, "the earlier slice is in force")
    }

    @Test func `a slice without a forward has nothing to measure moneyness against`() {
        var desk = Desk()

        desk.send(.sviSlice([desk.slice(Timestamp(Self.later.nanoseconds + 1), variance: 0.04)]))

        #expect(desk.refusals == [.sliceWithoutForward])
    }

    @Test func `generated streams take slices, and refuse each kind of bad one`() {
        var reasons: Set<String> = []
        var taken = 0
        for seed in stride(from: 2, through: 40, by: 2) as StrideThrough<UInt64> where reasons.count < 3 {
            var engine = EngineState(parameters: .bootstrap)
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                let refused = engine.apply(record).refusals.filter { if case .svi = $0 { true } else { false } }
                for name in ["butterfly", "calendar", "rho"] where refused.contains(where: { "\($0)".contains(name) }) {
                    reasons.insert(name)
                }
                if case .sviSlice(let slices) = batch.events { taken += slices.count - refused.count }
            }
        }
        #expect(reasons == ["butterfly", "calendar", "rho"])
        #expect(taken > 20)
    }
}

/// The engine and the oracle with one option and somebody who holds it.
private struct Desk {
    private var folds = TwoFolds()
    private(set) var refusals: [Refusal] = []
    private var time = Timestamp(1_800_000_000_000_000_000)
    private var number = 0

    init() {
        send(.assetListed([Self.asset(1, "USD", isNumeraire: true), Self.asset(10, "BTC", isNumeraire: false)]))
        var entries = [("range", 0.16), ("window", 1), ("basisFloor", 0.005), ("basisPerYear", 0.05)].map {
            RiskParameters(
                version: ParameterVersion(1), status: .effective, key: Symbol($0.0) ?? .empty, asset: AssetID(10),
                index: 0, value: Ratio(decimal: $0.1), last: false)
        }
        entries[3].last = true
        send(.riskParameters(entries))
        send(.instrumentListed([1, 2].map { Self.option(UInt32($0), $0 == 1 ? SliceTests.expiry : SliceTests.later) }))
        for account in [1, 2] as [UInt64] {
            send(
                .accountOpened([
                    AccountOpened(account: AccountID(account), owner: OwnerID(account), pool: PoolID(account))
                ]))
        }
        send(
            .indexPrice([
                IndexPrice(underlying: AssetID(10), price: Price(6_000_000), confidence: .zero, publishTime: time)
            ]))
        send(
            .forwardPoint(
                [SliceTests.expiry, SliceTests.later].map {
                    ForwardPoint(
                        underlying: AssetID(10), expiry: $0, forward: Price(6_050_000), settledForward: .zero,
                        publishTime: time)
                }))
        send(
            .trade([
                Trade(
                    trade: TradeID(1), instrument: InstrumentID(1), price: Price(100), quantity: Quantity(100),
                    buyer: AccountID(1), buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero,
                    seller: AccountID(2), sellerMode: .cross, sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal,
                    plan: PlanID(0), refersTo: TradeID(0), tradeTime: time)
            ]))
    }

    mutating func send(_ events: EventGroup) {
        number += 1
        let header = BatchHeader(
            source: SourceID(10), epoch: Epoch(1), firstSequence: SequenceNumber(UInt64(number)), sendingTime: time)
        let batch = EventBatch(header: header, events: events)
        let record = EventRecord(number: RecordNumber(UInt64(number)), epoch: Epoch(1), batch: batch)
        var copy = folds.engine
        refusals += copy.apply(record).refusals
        if let difference = folds.fold(batch, as: number) { Issue.record("\(difference)") }
    }

    /// Two seconds, so that the next surface takes effect at once.
    mutating func wait() { time = time + .seconds(2) }

    /// What the holder of the option has; nil while it has no price.
    var equity: Value? {
        folds.engine.margin(of: PoolID(1)).flatMap { $0.margin.status == .margined ? $0.margin.equity : nil }
    }

    func point(_ expiry: Timestamp, _ sigma: Double) -> VolatilityPoint {
        VolatilityPoint(
            underlying: AssetID(10), expiry: expiry, strike: Price(6_500_000),
            volatility: Volatility(Int64(sigma * 1e9)), last: true, publishTime: time)
    }

    func slice(_ expiry: Timestamp, variance: Double, last: Bool = true) -> SviSlice {
        let days: Double = expiry == SliceTests.expiry ? 30 : 60
        return SviSlice(
            underlying: AssetID(10), expiry: expiry, a: Ratio(decimal: variance / 2), b: Ratio(decimal: 0.1),
            rho: Ratio(decimal: -0.3), m: Ratio(decimal: 0.02), s: Ratio(decimal: 0.2),
            referenceYears: Ratio(decimal: days / 365), last: last, publishTime: time)
    }

    private static func asset(_ id: UInt32, _ name: String, isNumeraire: Bool) -> AssetListed {
        AssetListed(
            asset: AssetID(id), symbol: Symbol(name) ?? .empty, moneyExponent: Exponent(-6),
            priceExponent: Exponent(-2), isNumeraire: isNumeraire, isStablecoin: false, hasIndex: !isNumeraire)
    }

    private static func option(_ id: UInt32, _ expiry: Timestamp) -> InstrumentListed {
        InstrumentListed(
            instrument: InstrumentID(id), symbol: Symbol("O\(id)") ?? .empty, kind: .linearOption, optionType: .call,
            underlying: AssetID(10), settlementAsset: AssetID(1), priceExponent: Exponent(-2),
            quantityExponent: Exponent(-2), strike: Price(6_500_000), expiry: expiry)
    }
}
