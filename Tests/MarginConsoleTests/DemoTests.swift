import Foundation
import Histogram
import MarginConsole
import MarginDomain
import Testing

@Suite struct DemoTests {
    private var moment: ProgressLine.Moment {
        ProgressLine.Moment(
            share: 0.5, time: Timestamp(1_772_442_021_400_000_000), events: 12_345, evaluations: 9_876_543, signals: 17,
            called: 3, liquidating: 1)
    }

    @Test func `progress without a terminal is plain lines`() {
        let line = ProgressLine(.plain)

        #expect(
            line.drawing(moment)
                == "[==========          ] 09:00:21.400  events 12,345  evaluations 9,876,543  signals 17  called 3"
                + "  liquidating 1\n")
        #expect(line.ending.isEmpty)
    }

    @Test func `progress on a terminal is drawn over itself and fits`() {
        let style = ConsoleStyle(isTerminal: true, noColour: "1", width: 80)
        let drawing = ProgressLine(style).drawing(moment)

        #expect(drawing.hasPrefix("\r") && drawing.hasSuffix("\u{1b}[K"))
        #expect(drawing.count < 80)
        #expect(!drawing.contains("\u{1b}[3"))
        #expect(ProgressLine(style).ending == "\n")
    }

    @Test func `colours appear on terminals only, unless they are not wanted`() {
        #expect(ConsoleStyle(isTerminal: true, noColour: nil).hasColour)
        #expect(ConsoleStyle(isTerminal: true, noColour: "").hasColour)
        #expect(!ConsoleStyle(isTerminal: true, noColour: "1").hasColour)
        #expect(!ConsoleStyle(isTerminal: false, noColour: nil).hasColour)
        #expect(
            ProgressLine(ConsoleStyle(isTerminal: true, hasColour: true, width: 200)).drawing(moment).contains(
                "\u{1b}[31m"))
    }

    @Test func `latencies come from a histogram`() {
        let summary = LatencySummary((1...1_000).map { Duration64($0 * 1_000) })

        #expect(summary.count == 1_000)
        #expect(abs(Double(summary.p50Nanoseconds) - 500_000) < 1_000)
        #expect(abs(Double(summary.p99Nanoseconds) - 990_000) < 2_000)
        #expect(LatencySummary([]).maxNanoseconds == 0)
    }

    private func summary() -> DemoSummary {
        var summary = DemoSummary()
        summary.seconds = 30
        summary.eventsIn = 60_000
        summary.countKinds([.marginCall: 4, .warning: 9])
        summary.countStates([.liquidating: 1, .healthy: 1_999])
        summary.pickWorst(
            of: [
                exampleState(3, .healthy, utilisation: 400_000_000),
                exampleState(2, .warning, utilisation: 800_000_000),
                exampleState(1, .liquidating, utilisation: .max), exampleState(4, .warning, utilisation: 850_000_000),
            ], countMax: 3)
        return summary
    }

    @Test func `the worst pools come first`() {
        #expect(summary().worstPools.map(\.pool) == [1, 4, 2])
        #expect(summary().worstPools[0].utilisation == nil)
    }

    @Test func `the summary is a text of aligned tables`() {
        let text = summary().text()

        #expect(text.contains("events in           60,000"))
        #expect(text.contains("events per second     2000"))
        #expect(text.contains("signals\nwarning      9\nmargin call  4"))
        #expect(text.contains("pools now\nhealthy      1,999\nliquidating      1"))
        #expect(!text.contains("\u{1b}") && !text.hasSuffix("\n"))
    }

    @Test func `the keys of the JSON stay as they are`() throws {
        let json = try JSONEncoder().encode(summary())
        let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])

        #expect(
            object.keys.sorted() == [
                "accounts", "bot", "deadLetters", "digest", "evaluations", "eventsIn", "instruments", "pools",
                "poolsByState", "records", "seconds", "signals", "signalsByKind", "tickToSignal", "worstPools",
            ])
        #expect(object["pools"] as? Int == 2_000)
        let bot = try #require(object["bot"] as? [String: Any])
        #expect(bot.keys.contains("slicesFilled") && bot.keys.contains("gaps"))
    }
}
