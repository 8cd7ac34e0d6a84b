import MarginMethods
import MarginModel
import Testing

@Suite struct ConformanceResultTests {
    private let tolerance = ConformanceTolerance(relative: 1e-3, floor: 1e-6)

    @Test(arguments: [
        (1_000.0, 1_000.9, true), (1_000, 1_001.1, false), (-1_000, -999.1, true), (0, 9e-7, true), (0, 1.1e-6, false),
        (1e-4, 1.005e-4, true), (1, .nan, false),
    ])
    func `a figure passes within the tolerance or the floor`(expected: Double, computed: Double, passes: Bool) {
        let figure = ConformanceResult.Figure(expected: expected, computed: computed, tolerance: tolerance)

        #expect(figure.passes == passes)
        #expect((figure.relativeError == nil) == (expected == 0))
    }

    @Test func `both figures must pass`() throws {
        var published = try #require(PublishedStandardCase.small.first).published
        #expect(published.compared(with: DeriveStandard(), tolerance).passes)

        published.maintenanceBalance += 1
        #expect(!published.compared(with: DeriveStandard(), tolerance).passes)
    }

    @Test func `a method that refuses the question has failed`() throws {
        var published = try #require(PublishedStandardCase.small.first).published
        published.question.underlyings[0].spot = -1
        let result = published.compared(with: DeriveStandard(), tolerance)

        #expect(result.outcome == .refused(.badNumber("ETH spot", of: "ETH")))
        #expect(!result.passes)
    }

    @Test func `the case's own parameters hold`() throws {
        var published = try #require(PublishedStandardCase.small.first).published
        published.parameters = .table(["initialMax": .number(0.2)])
        published.initialBalance -= 0.05 * 1_500

        #expect(published.compared(with: DeriveStandard(), tolerance).passes)
    }
}
