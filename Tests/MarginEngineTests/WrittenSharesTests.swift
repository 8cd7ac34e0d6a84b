import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Shares of a written book, which no change of generated streams takes away.
///
/// Account 1 is long 1 BTC and short 16 ETH, which hedge each other; account 2 of the same owner is long 5,000 SOL, which
/// hedge nothing. Both in one pool, there is next to no credit across underlyings. A rule that gave account 1 the
/// *pool's* part of its losses apart, 17,600 dollars, charged it more than it needs alone (docs/margin-model.md §10).
@Suite struct WrittenSharesTests {
    private static let dollar = AssetID(1)
    private static let coins: [(asset: AssetID, name: String, cents: Int64, range: Double, window: Double)] = [
        (AssetID(10), "BTC", 6_000_000, 0.16, 1), (AssetID(11), "ETH", 250_000, 0.2, 1),
        (AssetID(12), "SOL", 15_000, 0.3, 2),
    ]

    @Test func `a member that hedges itself bears no more than alone in a pool that does not`() throws {
        var folds = TwoFolds()
        for (place, events) in Self.book.enumerated() {
            let header = BatchHeader(
                source: events.kind == .riskParameters ? .engine : SourceID(7), epoch: Epoch(1),
                firstSequence: SequenceNumber(UInt64(place + 1)), sendingTime: Self.time)
            let difference = folds.fold(EventBatch(header: header, events: events), as: place + 1)
            #expect(difference == nil)
        }
        #expect(folds.oracle.refusals.isEmpty)

        var (engine, oracle) = (folds.engine, folds.oracle)
        let expected = oracle.shares(of: .initial, in: PoolID(1))
        let initial = try #require(expected).shares
        let answers = engine.answer(
            .explainQuery(ExplainQuery(pool: PoolID(1), record: .start, version: ParameterVersion(0))))
        guard case .explanation(let explanation)? = answers.first else {
            Issue.record("no explanation: \(answers)")
            return
        }

        #expect(explanation.members.map(\.account) == [AccountID(1), AccountID(2)])
        #expect(explanation.members.map(\.standAlone) == initial.map(\.standAlone))
        #expect(explanation.members.map(\.component) == initial.map(\.component))
        #expect(explanation.members.map(\.share) == initial.map(\.share))
        #expect(explanation.members.reduce(.zero) { $0 + $1.share } == explanation.initialMargin)
        // Together BTC loses most and ETH gains: 0.2·17,600 + 0.8·5,600; basis 500 and fee 100.
        #expect(initial.first?.standAlone == Value(8_600_000_000))
        #expect(initial.allSatisfy { $0.component <= $0.standAlone && $0.share <= $0.standAlone })
    }

    private static let time = Timestamp(1_800_000_000_000_000_000)

    private static var book: [EventGroup] {
        let accounts = [(1, 1), (2, 1), (9, 9)] as [(UInt64, UInt64)]
        return [
            .assetListed(
                [listing(dollar, "USD", isNumeraire: true)]
                    + coins.map { listing($0.asset, $0.name, isNumeraire: false) }),
            .riskParameters(parameters),
            .instrumentListed(
                coins.map { coin in
                    InstrumentListed(
                        instrument: perpetual(coin.asset), symbol: Symbol(coin.name) ?? .empty, kind: .linearPerpetual,
                        optionType: .none, underlying: coin.asset, settlementAsset: dollar,
                        priceExponent: Exponent(-2), quantityExponent: Exponent(-2), strike: .zero, expiry: .zero)
                }),
            .accountOpened(
                accounts.map { AccountOpened(account: AccountID($0), owner: OwnerID($1), pool: PoolID($0)) }),
            .markPrice(
                coins.map { MarkPrice(instrument: perpetual($0.asset), price: Price($0.cents), publishTime: time) }),
            .indexPrice(
                coins.map {
                    IndexPrice(
                        underlying: $0.asset, price: Price($0.cents), confidence: Ratio(Ratio.scale), publishTime: time)
                }),
            .deposit(
                accounts.map { account, _ in
                    Deposit(
                        reference: Reference(account), account: AccountID(account), instrument: .none, asset: dollar,
                        amount: Money(10_000_000_000_000), status: .final)
                }),
            .trade([trade(1, 100, coins[0]), trade(1, -1_600, coins[1]), trade(2, 500_000, coins[2])]),
            .poolMembership([
                PoolMembership(
                    account: AccountID(2), instrument: .none, pool: PoolID(1), agreement: .ownPool, action: .join,
                    contribution: .zero, pledge: .zero)
            ]),
        ]
    }

    private static func perpetual(_ asset: AssetID) -> InstrumentID { InstrumentID(asset.rawValue) }

    private static func listing(_ asset: AssetID, _ name: String, isNumeraire: Bool) -> AssetListed {
        AssetListed(
            asset: asset, symbol: Symbol(name) ?? .empty, moneyExponent: Exponent(-6), priceExponent: Exponent(-2),
            isNumeraire: isNumeraire, isStablecoin: false, hasIndex: !isNumeraire)
    }

    private static var parameters: [RiskParameters] {
        var entries = coins.flatMap { coin in
            [("range", coin.range), ("window", coin.window), ("basisFloor", 0.005), ("basisPerYear", 0.05)].map {
                RiskParameters(
                    version: ParameterVersion(1), status: .effective, key: Symbol($0.0) ?? .empty, asset: coin.asset,
                    index: 0, value: Ratio(decimal: $0.1), last: false)
            }
        }
        entries[entries.count - 1].last = true
        return entries
    }

    /// With account 9; positive = buys.
    private static func trade(
        _ account: UInt64, _ lots: Int64,
        _ coin: (asset: AssetID, name: String, cents: Int64, range: Double, window: Double)
    ) -> Trade {
        let (buyer, seller) = lots > 0 ? (AccountID(account), AccountID(9)) : (AccountID(9), AccountID(account))
        return Trade(
            trade: TradeID(1), instrument: perpetual(coin.asset), price: Price(coin.cents),
            quantity: Quantity(abs(lots)),
            buyer: buyer, buyerMode: .cross, buyerOrder: OrderID(0), buyerFee: .zero, seller: seller,
            sellerMode: .cross, sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
            refersTo: TradeID(0), tradeTime: time)
    }
}
