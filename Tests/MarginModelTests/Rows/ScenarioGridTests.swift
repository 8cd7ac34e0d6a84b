import MarginDomain
import Testing

@testable import MarginModel

@Suite struct ScenarioGridTests {
    @Test(arguments: [(false, 61), (true, 101)])
    func `every canonical column has a place of its own in a row`(_ halfSteps: Bool, _ count: Int) {
        let columns = Self.grid(halfSteps: halfSteps).columns

        #expect(columns.count == count)
        for (index, column) in columns.enumerated() {
            #expect(columns.firstIndex { $0.place == column.place } == index)
        }
    }

    @Test func `ordinary nodes ascend with five shapes each, then come the tails with two`() {
        let columns = Self.grid(halfSteps: false).columns

        #expect(columns[0].move == -0.16)
        #expect(columns[0].shape == .same)
        #expect(columns[4].shape == .downSteep)
        #expect(columns[20].move == 0)
        #expect(columns[44].move == 0.16)
        #expect(columns[45].move == -0.66)
        #expect(columns[45].shape == .upFlat)
        #expect(columns[46].shape == .upSteep)
        #expect(columns[60].move == 5)
        #expect(columns[60].damping == 0.77 * 0.16 / 5)
        #expect(columns[44].damping == 1)
    }

    @Test func `half steps lie between the quarter nodes`() {
        let columns = Self.grid(halfSteps: true).columns

        #expect(columns[5].move == (-3.5 * 0.16) / 4)
        #expect(columns[42].move == (0.5 - 0.5) * 0.16)
        #expect(columns.map(\.move).prefix(85) == columns.map(\.move).prefix(85).sorted().prefix(85))
    }

    @Test func `half steps are on while something unexpired expires within three days`() {
        for (days, expected) in [(2.9, true), (3.0, true), (3.1, false), (-1, false)] {
            var world = ModelWorld()
            world.index(ModelWorld.btc, 6_000_000)
            _ = world.future(1, ModelWorld.btc, days: days)
            world.book.refresh(ModelWorld.btc.id, at: ModelWorld.start)

            #expect(world.book.underlyings[0].table.hasHalfSteps == expected)
        }
    }

    private static func grid(halfSteps: Bool) -> ScenarioGrid {
        ScenarioGrid(range: 0.16, scan: ModelWorld.parameters().scan, halfSteps: halfSteps)
    }
}
