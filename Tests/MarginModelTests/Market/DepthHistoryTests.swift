import MarginDomain
import Testing

@testable import MarginModel

/// `L_u`, the depth of the thinnest hour of five days: docs/margin-model.md §8.
@Suite struct DepthHistoryTests {
    /// Hours since the start of a day, dollars on both sides; what is the least afterwards.
    private static func least(_ depths: [(hour: Double, bid: Int64, ask: Int64)]) -> Int64? {
        var history = DepthHistory()
        for depth in depths {
            history.add(
                Depth(
                    underlying: AssetID(1), bid: Value(depth.bid), ask: Value(depth.ask),
                    publishTime: Timestamp(20_000 * 86_400_000_000_000 + Int64(depth.hour * 3_600e9))))
        }
        return history.least
    }

    @Test func `the thinner side counts, and of the running hour its mean while there is no other`() {
        #expect(Self.least([]) == nil)
        #expect(Self.least([(0, 100, 70)]) == 70)
        #expect(Self.least([(0, 100, 70), (0.9, 41, 300)]) == 55)
    }

    @Test func `an hour counts when it is over`() {
        #expect(Self.least([(0, 100, 100), (1, 10, 10)]) == 100)
        #expect(Self.least([(0, 100, 100), (1, 10, 10), (2.5, 900, 900)]) == 10)
        #expect(Self.least([(0, 100, 100), (1, 10, 10), (1.5, 200, 201), (9, 900, 900)]) == 100)
    }

    @Test func `five days count, the newest and the four before`() {
        let thin: [(hour: Double, bid: Int64, ask: Int64)] = [(23, 10, 10), (24, 50, 50)]

        #expect(Self.least(thin + [(4 * 24 + 23.9, 80, 80)]) == 10)
        #expect(Self.least(thin + [(5 * 24, 80, 80)]) == 50)
        #expect(Self.least(thin + [(5 * 24, 80, 80), (6 * 24, 90, 90)]) == 80)
        // After five silent days nothing finished is left.
        #expect(Self.least(thin + [(30 * 24, 80, 80)]) == 80)
    }
}
