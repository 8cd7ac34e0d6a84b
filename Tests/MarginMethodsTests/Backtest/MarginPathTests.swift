import Foundation
import MarginMethods
import Testing

/// Figures of one book, and of all books together.
@Suite struct MarginPathTests {
    static let path = MarginPath(margins: [10, 12, 9, 18], losses: [3, 15, 9, -40])

    @Test func `a loss of exactly the margin is covered`() {
        #expect(Self.path.exceedances == [false, true, false, false])
        #expect(Self.path.exceedanceCount == 1)
        #expect(Self.path.totalShortfall == 3)
        #expect(Self.path.worstShortfall == 0.25)
        #expect(Self.path.average == 12.25)
    }

    @Test func `rises are relative to the margin of so many days before`() {
        #expect(Self.path.largestRise(over: 1) == 1)
        #expect(abs(Self.path.largestRise(over: 2) - 0.5) <= 1e-15)
        #expect(Self.path.largestRise(over: 4) == 0)
        #expect(MarginPath(margins: [3, 2, 1], losses: [0, 0, 0]).largestRise(over: 1) == 0)
        #expect(Self.path.peakToTrough == 2)
        let changes = [log(1.2), log(0.75), log(2.0)]
        let mean = changes.reduce(0, +) / 3
        let variance = changes.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 3
        #expect(abs(Self.path.changeDeviation - variance.squareRoot()) <= 1e-14)
    }

    @Test func `slices and multiples keep days together`() {
        #expect(Self.path.slice(1..<3) == MarginPath(margins: [12, 9], losses: [15, 9]))
        #expect(Self.path.scaled(by: 2).margins == [20, 24, 18, 36])
        #expect(Self.path.scaled(by: 2).losses == Self.path.losses)
    }

    @Test func `a summary names the worst book and takes the median of rises`() {
        let calm = MarginPath(margins: [10, 10, 10, 10], losses: [1, 2, 3, 4])
        let wild = MarginPath(margins: [10, 10, 10, 40], losses: [11, 12, 3, 4])

        let summary = CoverageSummary([calm, wild, Self.path])

        #expect(summary.books == 3 && summary.days == 4 && summary.exceedances == 3)
        #expect(summary.worstBook == 1 && summary.worstBookShare == 0.5)
        #expect(summary.exceededShare == 0.25)
        #expect(summary.rises == [1, 0, 0])
        #expect(summary.worstShortfall == 0.25)
        // Shortfalls 3 and 3, of books with 10, 17.5 and 12.25 on average.
        #expect(abs(summary.totalShortfall - 6 / 39.75) <= 1e-15)
    }

    @Test func `a multiplier lets just so many losses through`() {
        var inputs = SeededInputs(seed: 6)
        let paths = (0..<5).map { book in
            MarginPath(
                margins: (0..<400).map { _ in inputs.number(1, 2) },
                losses: (0..<400).map { _ in inputs.dailyReturn(Double(book + 1)) })
        }
        for coverage in [EqualCoverage(), EqualCoverage(bookShare: 0.02, poolShare: 0.004)] {
            let multiplier = coverage.multiplier(paths)

            func shares(_ factor: Double) -> (worst: Double, pool: Double) {
                let counts = paths.map { $0.scaled(by: factor * multiplier).exceedanceCount }
                return (Double(counts.max() ?? 0) / 400, Double(counts.reduce(0, +)) / 2000)
            }
            #expect(shares(1).worst <= coverage.bookShare && shares(1).pool <= coverage.poolShare)
            let less = shares(1 - 1e-9)
            #expect(less.worst > coverage.bookShare || less.pool > coverage.poolShare)
        }
    }

    @Test func `an interval holds the share it is drawn for, and is the same every time`() {
        var inputs = SeededInputs(seed: 7)
        let paths = (0..<3).map { _ in
            MarginPath(
                margins: Array(repeating: 1, count: 500), losses: (0..<500).map { _ in inputs.number(0, 1.02) })
        }

        let summary = CoverageSummary(paths)

        #expect(summary.interval.contains(summary.exceededShare))
        #expect(summary.interval.lowerBound > 0 && summary.interval.upperBound < 0.05)
        #expect(CoverageSummary(paths) == summary)
        let never = CoverageSummary([
            MarginPath(margins: Array(repeating: 1, count: 50), losses: Array(repeating: 0.5, count: 50))
        ])
        #expect(never.interval == 0...0)
    }

    @Test func `Kupiec's rejections say which side`() {
        // 1 % of 1000 days promised: 30 is too many, 0 too few, 10 right.
        func path(_ count: Int) -> MarginPath {
            MarginPath(
                margins: Array(repeating: 1, count: 1000),
                losses: ExceedanceTestTests.exceedances(count, of: 1000).map { $0 ? 2 : 0.5 })
        }

        let summary = CoverageSummary([path(30), path(0), path(10)])

        #expect(summary.rejectedHigh == 1 && summary.rejectedLow == 1)
    }
}
