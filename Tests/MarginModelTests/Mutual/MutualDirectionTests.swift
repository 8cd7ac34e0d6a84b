import MarginDomain
import Testing

@testable import MarginModel

/// What emergencies do to members of mutual pools: docs/margin-model.md §13.
@Suite struct MutualDirectionTests {
    /// Charges beside the scan: they raise `S` and `c` alike.
    static let charges: Set<ParameterKey> = [
        .nakedShort, .nakedShortInitialExtra, .stablecoinInitial, .liquidationFee, .basisFloor, .basisPerYear,
        .tierHaircut, .tierBound, .liabilityHaircut, .initialHaircut, .skewCap, .skewWidth, .skewWidthMin,
        .confidenceThreshold, .confidenceMargin, .liquiditySlope, .liquidityCap, .concentrationFree,
        .concentrationFloor, .concentrationSlope, .concentrationCap,
    ]

    @Test(arguments: ParameterDirectionTests.moves.filter { charges.contains($0.key) })
    func `a dearer charge lowers no member's share`(key: ParameterKey, value: Double, asset: UInt32) throws {
        let tally = try MutualTally(key, value, asset)

        #expect(tally.lowered == 0, "\(tally)")
        #expect(tally.raised > 0, "the move must matter to some member")
    }

    /// Wider scenarios can be other members' worst than before, and then a member's part of them is less. All together
    /// hardly ever need less.
    @Test(arguments: ParameterDirectionTests.moves.filter { !charges.contains($0.key) })
    func `what moves the scan may move shares between members, but hardly lowers their sum`(
        key: ParameterKey, value: Double, asset: UInt32
    ) throws {
        let tally = try MutualTally(key, value, asset)

        #expect(tally.deepestSum < 0.01, "\(tally)")
        #expect(tally.raised > 0, "the move must matter to some member")
    }
}

/// How shares of members of generated mutual pools moved.
struct MutualTally {
    private(set) var raised = 0
    /// Shares that fell, by more than the rounding of parts of a credit.
    private(set) var lowered = 0
    /// The largest fall of the members' sum, as a part of it.
    private(set) var deepestSum = 0.0

    init(_ key: ParameterKey, _ value: Double, _ asset: UInt32) throws {
        var books = ParameterDirectionTests.books(seed: 42)
        let parameters = try ParameterDirectionTests.base.applying(
            ParameterDirectionTests.entries(key, value, asset), version: ParameterVersion(2))
        let other = books.world.book.book(under: parameters)
        let terms = try MutualTerms(affiliates: true)
        for round in 0..<40 {
            let standings = Self.standings(of: 2 + round % 4, round, &books)
            let (before, after) = (
                books.world.book.mutualFigures(of: standings, under: terms),
                other.mutualFigures(of: standings, under: terms)
            )
            var (sumBefore, sumAfter) = (0.0, 0.0)
            for member in standings.indices {
                guard let first = before.share(member), let last = after.share(member) else { continue }
                let change = last.share.initial - first.share.initial
                sumBefore += Double(first.share.initial.quanta)
                sumAfter += Double(last.share.initial.quanta)
                if change > .zero { raised += 1 }
                // A quantum more or less in a component moves the credit by a billionth.
                if change < Value(-(first.standAlone.initial.quanta / 100_000_000 + 2)) { lowered += 1 }
            }
            if sumBefore > 0 { deepestSum = max(deepestSum, (sumBefore - sumAfter) / sumBefore) }
        }
    }

    /// Members whose pledges go from nothing to all that they need.
    private static func standings(of count: Int, _ round: Int, _ books: inout GeneratedBooks) -> [MutualStanding] {
        (0..<count).map { number in
            let held = books.holdings()
            let alone = Double(books.world.book.margin(of: held).initial.quanta)
            let part = Value(Int64(Double((round * 7 + number * 3) % 11) / 10 * alone))
            return MutualStanding(
                member: Member(AccountID(UInt64(number + 1))), holdings: held, contribution: part, lien: part)
        }
    }
}
