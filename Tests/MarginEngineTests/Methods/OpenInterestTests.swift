import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// A live pool under dydx-perpetual in a tier with caps, against whole numbers worked out here.
@Suite struct OpenInterestTests {
    static let pool = PoolID(700)
    /// Millionths of a dollar: from one to nine million dollars.
    private static let (lower, upper) = (Int128(1_000_000_000_000), Int128(9_000_000_000_000))
    private static let base: Int128 = 50_000
    private static let million: Int128 = 1_000_000

    static func market() throws -> SmallMarket {
        var market = try SmallMarket()
        var agreement = PoolAgreement(oneOwner: AgreementID(5), version: ParameterVersion(1))
        agreement.model = Symbol("dydx-perpetual") ?? .empty
        market.send(.poolAgreement([agreement]))
        let caps = [("openInterestLowerCap", lower), ("openInterestUpperCap", upper)]
        market.send(
            .riskParameters(
                caps.enumerated().map { place, cap in
                    MethodStream.value("dydx-perpetual", "tiers.largeCap.\(cap.0)", "\(cap.1)")
                        .entry(ParameterVersion(2), .effective, last: place == 1)
                }))
        market.send(
            .poolMembership([
                PoolMembership(
                    account: AccountID(1), instrument: .none, pool: pool, agreement: AgreementID(5), action: .join,
                    contribution: .zero, pledge: .zero)
            ]))
        for account in [1, 3] as [UInt64] { market.deposit(account, 1_000_000_000) }
        return market
    }

    static func trade(
        _ lots: Int64, from seller: Int, to buyer: Int, _ cents: Int64, _ market: inout SmallMarket
    ) {
        market.send(
            .trade([
                Trade(
                    trade: TradeID(1), instrument: SmallMarket.perpetual, price: Price(cents),
                    quantity: Quantity(lots), buyer: AccountID(UInt64(buyer)), buyerMode: .cross,
                    buyerOrder: OrderID(0), buyerFee: .zero, seller: AccountID(UInt64(seller)), sellerMode: .cross,
                    sellerOrder: OrderID(0), sellerFee: .zero, kind: .normal, plan: PlanID(0),
                    refersTo: TradeID(0), tradeTime: market.time)
            ]))
    }

    /// `⌈N·min(1, base + (1 − base)·(OI − lower)/(upper − lower))⌉`; a lot is a hundredth of a coin.
    private static func requirement(_ lots: Int64, open: Int64, _ cents: Int64) -> Int128 {
        let notional = Int128(abs(lots)) * Int128(cents) * 100
        let interest = Int128(open) * Int128(cents) * 100
        let above = min(max(interest - lower, 0), upper - lower)
        let numerator = notional * (base * (upper - lower) + (million - base) * above)
        let denominator = million * (upper - lower)
        return (numerator + denominator - 1) / denominator
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `initial margin grows with what is open, to a quantum`(seed: UInt64) throws {
        var market = try Self.market()
        var random = SplitMix64(seed: seed)
        var lots: [Int64] = [0, 0, 0, 0]
        var (cents, open): (Int64, Int64) = (6_000_000, 0)
        var (raised, whole, between) = (0, 0, 0)
        for _ in 0..<300 {
            let accounts = [(1, 2), (2, 1), (3, 2), (2, 3), (1, 3), (3, 1)][Int(random.next() % 6)]
            let size = Int64(random.next() % 3_000) + 1
            Self.trade(size, from: accounts.0, to: accounts.1, cents, &market)
            lots[accounts.0] -= size
            lots[accounts.1] += size
            let now = lots.reduce(0) { $0 + max(0, $1) }
            if now != open { between += 1 }
            try Self.expect(Self.requirement(lots[1], open: open, cents), in: market)
            guard random.next() % 2 == 0 else { continue }
            cents = (50_000 + Int64(random.next() % 20_000)) * 100
            market.publish(index: Double(cents) / 100)
            open = now
            let needed = Self.requirement(lots[1], open: open, cents)
            try Self.expect(needed, in: market)
            let notional = Int128(abs(lots[1])) * Int128(cents) * 100
            if needed > notional * Self.base / Self.million + 1 { raised += 1 }
            if needed == notional, notional > 0 { whole += 1 }
        }
        #expect(raised > 20 && whole > 0 && between > 50, "\(raised) raised, \(whole) whole, \(between) between cuts")
    }

    private static func expect(_ needed: Int128, in market: SmallMarket) throws {
        let margin = try #require(market.engine.margin(of: pool)?.margin)
        #expect(margin.status == .margined)
        // The method answers in dollars, which need not be whole quanta in binary, and what is left over is rounded up.
        #expect((0...1).contains(Int128(margin.initial.quanta) - needed))
    }
}
