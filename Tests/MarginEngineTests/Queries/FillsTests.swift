import MarginDomain
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// The quick answer to a check against the exact one.
@Suite struct FillsTests {
    @Test func `whatever has room apart is missing nothing in any corner`() throws {
        var tally: [Bool: Int] = [:]
        for seed in 1...1000 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            var market = try SmallMarket()
            try Self.fill(&market, &random)
            let place = try #require(market.engine.memberPlaces[Member(AccountID(1))])
            let pool = market.engine.members[place.number].pool
            let slot = try #require(market.engine.pools[pool.number].slot)
            let standing = (0..<random.next() % 8).map { Self.reservation($0 + 2, &random) }
            let fills = try market.engine.fills(of: Self.reservation(1, &random), beside: standing, in: slot)

            let hasRoom = market.engine.hasRoom(for: fills)
            let shortfall = try market.engine.shortfall(of: fills)

            #expect(!hasRoom || shortfall == .zero, "seed \(seed)")
            if shortfall == .zero { tally[hasRoom, default: 0] += 1 }
        }
        // The quick answer must settle most, and leave some to the exact one.
        #expect(tally[true, default: 0] > 200)
        #expect(tally[false, default: 0] > 15)
    }

    /// Cash, often coin or collateral, and some positions.
    private static func fill(_ market: inout SmallMarket, _ random: inout SplitMix64) throws {
        market.deposit(1, Int64(random.next() % 120_000))
        if random.next() % 3 == 0 { market.deposit(1, Int64(random.next() % 100_000_000), of: SmallMarket.btc) }
        if random.next() % 4 == 0 { market.deposit(1, Int64(random.next() % 100_000), of: SmallMarket.gold) }
        for (instrument, price) in contracts where random.next() % 2 == 0 {
            market.trade(Int64(random.next() % 61) - 30, of: instrument, at: Price(price))
        }
    }

    private static func reservation(_ token: UInt64, _ random: inout SplitMix64) -> Reservation {
        let (instrument, fair) = contracts[Int(random.next() % 6)]
        let isWithdrawal = random.next() % 8 == 0
        return Reservation(
            token: Reference(token), member: Member(AccountID(1)), instrument: isWithdrawal ? .none : instrument,
            lots: isWithdrawal ? 0 : (Int64(random.next() % 60) + 1) * (random.next() % 2 == 0 ? 1 : -1),
            price: Price(fair + fair * (Int64(random.next() % 41) - 20) / 1_000),
            asset: random.next() % 5 == 0 ? SmallMarket.gold : SmallMarket.usd,
            amount: isWithdrawal ? Money(-Int64(random.next() % 1_000_000)) : .zero, expires: .zero)
    }

    private static let contracts: [(InstrumentID, Int64)] = [
        (SmallMarket.perpetual, 6_000_000), (SmallMarket.inverse, 6_000_000), (SmallMarket.call, 377_000),
        (SmallMarket.put, 377_000), (SmallMarket.farCall, 30_000), (SmallMarket.farPut, 26_000),
    ]
}
