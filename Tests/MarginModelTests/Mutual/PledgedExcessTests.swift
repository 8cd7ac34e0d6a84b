import Testing

@testable import MarginModel

/// What members have left together, against the enumeration of every joint scenario.
@Suite struct PledgedExcessTests {
    @Test(arguments: 1...3)
    func `branch and bound finds what the enumeration of every joint scenario finds`(_ underlyings: Int) throws {
        var pools = GeneratedPools(seed: UInt64(underlyings))
        let terms = try MutualTerms()
        for round in 0..<(underlyings == 3 ? 3 : 60) {
            let pool = pools.pool(members: 1 + round % 5, underlyings: underlyings, terms: terms)
            let choices = NaiveMutual.choices(pool.scenarios)
            for level in RequirementLevel.allCases {
                let question = pool.question(level)
                let left = PledgedExcess(question)

                #expect(abs(left.value - NaiveMutual.excess(question, choices)) <= 1e-8)
                #expect(left.isExact)
                #expect(abs(question.value(countingInFull: left.countsInFull) - left.value) <= 1e-8)
            }
        }
    }

    @Test func `members with no bound to their pledges have the netted excess`() throws {
        var pools = GeneratedPools(seed: 9)
        for _ in 0..<50 {
            var question = pools.pool(members: 4, underlyings: 2, terms: try MutualTerms()).question(.initial)
            var whole = [Double](repeating: 0, count: question.scenarios.columnCount)
            for member in question.money.indices { question.add(member, to: &whole) }
            question = PledgedExcess.Question(
                scenarios: question.scenarios, factor: 1, money: question.money,
                pledges: question.money.map { _ in 1e15 }, losses: question.losses)

            let left = PledgedExcess(question)

            #expect(abs(left.value - (question.money.reduce(0, +) - question.scenarios.worst(whole))) <= 1e-8)
            #expect(left.countsInFull.allSatisfy { $0 })
        }
    }

    /// A search that may not follow a single branch knows a bound all the same.
    @Test func `a search that ends early is too low, never too high`() throws {
        var pools = GeneratedPools(seed: 12)
        var isCut = false
        for _ in 0..<60 {
            let question = pools.pool(members: 8, underlyings: 2, terms: try MutualTerms()).question(.initial)

            var (steps, none) = (PledgeSearch.stepsMax, 0)
            let whole = PledgeSearch.run(question, guess: nil, steps: &steps)
            let cut = PledgeSearch.run(question, guess: nil, steps: &none)

            #expect(whole.isExact && cut.value <= whole.value + 1e-9)
            if cut.isExact { #expect(cut.value >= whole.value - 1e-9) }
            isCut = isCut || cut.value < whole.value - 1
        }
        #expect(isCut)
    }

    @Test func `a pool of many members is searched within the limit`() throws {
        var books = MutualBooks(seed: 48, terms: try MutualTerms(affiliates: true))

        let pool = try #require(books.pool(books.standings(40)))

        #expect(pool.isExact && pool.excess.isExact)
    }
}
