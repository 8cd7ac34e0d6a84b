import MarginDomain
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// The quick answers to a check against the obvious one, which tries every corner.
@Suite struct FillsTests {
    @Test func `whatever has room apart lacks nothing in any corner, and the search finds the worst of them`() throws {
        var tally: [Bool: Int] = [:]
        var (bounded, refused, saved, all) = (0, 0, 0, 0)
        for seed in 1...1500 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            var market = try SmallMarket()
            try Self.fill(&market, &random)
            let place = try #require(market.engine.memberPlaces[Member(AccountID(1))])
            let pool = market.engine.members[place.number].pool
            let slot = try #require(market.engine.pools[pool.number].slot)
            let standing = (0..<random.next() % 8).map { Self.reservation($0 + 2, &random) }
            let fills = try market.engine.fills(of: Self.reservation(1, &random), beside: standing, in: slot)

            let (expected, evaluations) = try market.engine.everyCornerShortfall(of: fills)
            let apart = market.engine.apart(fills)
            #expect(try market.engine.shortfall(of: fills) == expected, "seed \(seed)")
            #expect(try market.engine.shortfall(of: fills, apart: apart) == expected, "seed \(seed)")

            #expect(!(apart?.hasRoom ?? false) || expected == .zero, "seed \(seed)")
            if expected == .zero { tally[apart?.hasRoom ?? false, default: 0] += 1 }
            guard let apart, !apart.hasRoom, let rest = fills.corners.rest(in: market.engine.book) else { continue }
            var search = CornerSearch(
                fills, from: market.engine.holdings(before: fills), apart: apart, rest: rest.initial, .initialMargin,
                in: market.engine.book)
            try search.run()
            bounded += 1
            refused += expected > .zero ? 1 : 0
            saved += evaluations - search.evaluations
            all += evaluations
        }
        // The quick answer must settle most, and leave some to the exact one.
        #expect(tally[true, default: 0] > 200)
        #expect(tally[false, default: 0] > 15)
        #expect(bounded > 100 && refused > 50 && saved > all / 4, "\(bounded), \(refused): \(saved) of \(all) saved")
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

extension EngineState {
    /// The definition: what is missing in the worst of all corners, each tried, and how many margins that took.
    fileprivate func everyCornerShortfall(of fills: Fills) throws -> (Value, evaluations: Int) {
        let rest = try #require(fills.corners.rest(in: book)).initial
        var (worst, evaluations) = (Value.zero, 0)
        var before = holdings(before: fills)
        before.add(fills.corners.first)
        for step in [PoolHoldings()] + fills.corners.steps {
            before.add(step)
            var after = before
            after.add(fills.wanted)
            let excess = try #require(MarginExcess(book.margin(of: after)))
            evaluations += 1
            if excess.initial + rest >= .zero { continue }
            let earlier = try #require(MarginExcess(book.margin(of: before)))
            evaluations += 1
            if excess.isNoWorse(than: earlier) { continue }
            worst = max(worst, .zero - excess.initial - rest)
        }
        return (worst, evaluations)
    }
}
