import MarginDomain
import Testing

@testable import MarginModel

/// How much work the search for credit may make.
@Suite struct CreditBudgetTests {
    /// Losses that have nothing to do with one another bound badly.
    private static func crafted(_ seed: UInt64) throws -> MutualPool {
        var pools = GeneratedPools(seed: seed)
        return pools.pool(members: 40, underlyings: 3, terms: try MutualTerms(affiliates: true))
    }

    private static func credit(_ pool: MutualPool, stepsMax: Int) -> Credit {
        Credit(
            pool.members, pool.components.initial, pool.scenarios, factor: pool.factors.initial, terms: pool.terms,
            stepsMax: stepsMax)
    }

    @Test func `a search that is given up leaves no credit, whatever larger one would pass`() throws {
        var (whole, spent) = (0, 0)
        for seed in 1...60 as ClosedRange<UInt64> {
            let pool = try Self.crafted(seed)
            let none = Self.credit(pool, stepsMax: 0)
            #expect(none.isExact || none.beta == .zero, "seed \(seed)")
            // Where no branch was needed the answer is the same.
            if none.isExact { #expect(none == Self.credit(pool, stepsMax: 1 << 16)) }
            if pool.isExact { whole += 1 }
            if !none.isExact { spent += 1 }
        }
        #expect(whole > 0 && spent > 10, "\(whole) \(spent)")
    }

    @Test func `all searches together follow no more branches than they have`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let question = try Self.crafted(seed).question(.initial)
            var steps = 100
            _ = PledgedExcess(question, guess: nil, steps: &steps)
            #expect((0...100).contains(steps))
            let left = steps
            _ = PledgedExcess(question, guess: nil, steps: &steps)
            #expect((0...left).contains(steps))
        }
    }
}
