import MarginMethods
import Testing

/// Value at risk and expected shortfall of a list of losses.
@Suite struct TailMeasureTests {
    /// Open Source Risk Engine, `Examples/MarketRisk/ExpectedOutput/HistSimVar` at b1f23933: the 15 smallest of 715
    /// profits and losses of the class "All".
    static let smallest = [
        -1_069_145.188965, -1_016_501.188572, -965_400.870434, -929_586.683671, -916_945.520777, -916_424.386422,
        -910_260.713482, -874_503.346996, -863_072.257754, -860_837.978625, -854_304.233066, -841_600.455109,
        -814_045.671608, -810_162.556667, -803_483.559298,
    ]

    /// As losses, with the other 700 that the quantile at 1 % does not see.
    static let losses = smallest.map { -$0 } + (0..<700).map { 800_000 - Double($0) * 1000 }

    @Test func `ORE's quantile and shortfall at one percent come out of its printed tail`() {
        let quantile = TailMeasure.valueAtRisk(Self.losses, confidence: 0.99)
        let shortfall = TailMeasure.whole.shortfall(Self.losses, confidence: 0.99)

        #expect(quantile == 874_503.346996)
        // Published to six decimals.
        #expect(abs(shortfall - 949_845.987415) <= 5e-7)
    }

    @Test func `the fractional tail gives the boundary loss the fraction that is left`() {
        // 715 × 1 % = 7.15: the seven worst, and 0.15 of the eighth.
        let seven = Self.smallest.prefix(7).reduce(0.0) { $0 - $1 }

        let shortfall = TailMeasure.fractional.shortfall(Self.losses, confidence: 0.99)

        #expect(abs(shortfall - (seven + 0.15 * 874_503.346996) / 7.15) <= 1e-6)
    }

    /// 1 − 0.99 is a little more than 0.01 in binary; the tail of 1000 losses still has 10, not 11.
    @Test(arguments: [(1000, 0.99, 10), (100, 0.95, 5), (200, 0.975, 5), (715, 0.99, 8), (715, 0.95, 36), (3, 0.99, 1)])
    func `a tail has as many losses as the decimals say`(count: Int, confidence: Double, rank: Int) {
        let losses = (1...count).map(Double.init)

        let quantile = TailMeasure.valueAtRisk(losses, confidence: confidence)

        #expect(quantile == Double(count - rank + 1))
    }

    @Test func `both conventions agree where the tail is a whole number of different losses`() {
        let losses = (1...1000).map { Double(($0 * 7919) % 1009) }

        for confidence in [0.99, 0.975, 0.9] {
            let whole = TailMeasure.whole.shortfall(losses, confidence: confidence)
            let fractional = TailMeasure.fractional.shortfall(losses, confidence: confidence)
            #expect(abs(whole - fractional) <= 1e-12 * whole)
        }
    }

    @Test func `losses that tie at the boundary all belong to ORE's tail`() {
        let losses: [Double] = [10, 5, 5, 5] + Array(repeating: 0, count: 196)

        // 200 × 1 % = 2: the bound is 5, and the losses of at least 5 are four.
        #expect(TailMeasure.whole.shortfall(losses, confidence: 0.99) == 6.25)
        #expect(TailMeasure.fractional.shortfall(losses, confidence: 0.99) == 7.5)
    }

    @Test func `a tail found in one pass is the one that sorting finds`() {
        var inputs = SeededInputs(seed: 11)
        for _ in 0..<200 {
            let losses = (0..<(20 + inputs.whole(600))).map { _ in inputs.number(-1, 1).rounded(toPlaces: 2) }
            for confidence in [0.6, 0.9, 0.975, 0.99] {
                #expect(
                    abs(
                        TailMeasure.fractional.shortfall(losses, confidence: confidence)
                            - NaiveShortfall.fractional(losses, confidence)) <= 1e-12)
                #expect(
                    TailMeasure.valueAtRisk(losses, confidence: confidence)
                        == NaiveShortfall.quantile(losses, confidence))
            }
        }
    }

    @Test func `no losses ask for nothing`() {
        #expect(TailMeasure.fractional.shortfall([], confidence: 0.99) == 0)
        #expect(TailMeasure.whole.shortfall([], confidence: 0.99) == 0)
        #expect(TailMeasure.valueAtRisk([], confidence: 0.99) == 0)
    }
}
