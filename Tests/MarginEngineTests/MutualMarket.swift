import MarginDomain
import MarginEngine
import MarginModel

/// The example of docs/margin-model.md §12 on the bus: account 1 is long 1 BTC with 12,000 dollars, account 3 short 0.6 BTC
/// with 9,000, and both are strangers to each other.
struct MutualMarket {
    var market: SmallMarket

    static let agreement = AgreementID(5)
    static let pool = PoolID(500)
    static let long = PoolID(1)
    static let short = PoolID(3)
    static let day = Duration64.seconds(86_400)

    init(_ agreement: PoolAgreement = terms(), share: ShardShare = .whole) throws {
        market = try SmallMarket(share: share)
        market.send(.poolAgreement([agreement]))
        market.deposit(1, 12_000)
        market.deposit(3, 9_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        trade(seller: 3, buyer: 2, lots: 60)
    }

    static func terms(
        betaMax: Int64 = 500_000_000, affiliates: Bool = false, digest: String = "0f", ramp: Duration64 = day,
        notice: Duration64 = day
    ) -> PoolAgreement {
        PoolAgreement(
            agreement: agreement, kind: .mutual, version: ParameterVersion(1), betaMax: Ratio(betaMax),
            affiliates: affiliates, contributionShare: Ratio(100_000_000), pledgeMultiple: Ratio(Ratio.scale),
            termsDigest: digest, model: .empty, ringFenceUtilisation: Ratio(900_000_000),
            ringFenceTail: Ratio(400_000_000), coverTwoAbove: 5, ramp: ramp, exitNotice: notice,
            contributionHold: day)
    }

    /// Contribution and lien in dollars.
    @discardableResult
    mutating func join(
        _ account: UInt64, _ contribution: Int64, _ lien: Int64, pool: PoolID = pool, agreement: AgreementID = agreement
    ) -> RecordEffects {
        market.send(.poolMembership([Self.membership(.join, account, contribution, lien, pool, agreement)]))
    }

    @discardableResult
    mutating func leave(_ account: UInt64) -> RecordEffects {
        market.send(.poolMembership([Self.membership(.leave, account, 0, 0, Self.pool, Self.agreement)]))
    }

    private static func membership(
        _ action: MembershipAction, _ account: UInt64, _ contribution: Int64, _ lien: Int64, _ pool: PoolID,
        _ agreement: AgreementID
    ) -> PoolMembership {
        PoolMembership(
            account: AccountID(account), instrument: .none, pool: pool, agreement: agreement, action: action,
            contribution: Value(contribution * 1_000_000), pledge: Value(lien * 1_000_000))
    }

    /// Both members, with the pledges of the example; the second contribution covers the worst default.
    mutating func joinBoth() {
        join(1, 3_000, 3_000)
        join(3, 2_988, 1_012)
    }

    @discardableResult
    mutating func pass(_ time: Duration64) -> RecordEffects {
        market.send(.clock([Clock(time: market.time + time)]), after: time)
    }

    @discardableResult
    mutating func withdraw(_ account: UInt64, dollars: Int64) -> RecordEffects {
        market.send(
            .withdrawal([
                Withdrawal(
                    reference: Reference(9), account: AccountID(account), instrument: .none, asset: SmallMarket.usd,
                    amount: Money(dollars * 1_000_000), status: .held)
            ]))
    }

    @discardableResult
    mutating func trade(seller: UInt64, buyer: UInt64, lots: Int64, dollars: Int64 = 60_000) -> RecordEffects {
        market.send(
            .trade([
                Trade(
                    trade: TradeID(2), instrument: SmallMarket.perpetual, price: Price(dollars * 100),
                    quantity: Quantity(lots), buyer: AccountID(buyer), buyerMode: .cross, buyerOrder: OrderID(0),
                    buyerFee: .zero, seller: AccountID(seller), sellerMode: .cross, sellerOrder: OrderID(0),
                    sellerFee: .zero, kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: market.time)
            ]))
    }

    func margin(_ pool: PoolID) -> PoolMargin? { market.engine.margin(of: pool)?.margin }

    func state(_ pool: PoolID) -> LifeCycle? { market.engine.margin(of: pool)?.state }

    func explanation(_ pool: PoolID) -> Explanation? {
        var market = market
        guard
            case .explanation(let explanation)? = market.ask(
                .explainQuery(ExplainQuery(pool: pool, record: .start, version: ParameterVersion(0))))
        else { return nil }
        return explanation
    }
}

func dollars(_ amount: Int64) -> Value { Value(amount * 1_000_000) }
