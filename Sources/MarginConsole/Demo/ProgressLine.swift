public import MarginDomain

/// How a run stands, on one line.
///
/// On a terminal the line is drawn over itself; elsewhere every drawing is a line of its own. It belongs on stderr,
/// so that stdout stays for results.
public struct ProgressLine: Equatable, Sendable {
    /// The figures of one moment.
    public struct Moment: Equatable, Sendable {
        /// Of the whole run, from 0 to 1.
        public var share: Double
        /// Event time.
        public var time: Timestamp
        /// Events taken in.
        public var events: UInt64
        /// Pools evaluated, each time counted.
        public var evaluations: UInt64
        /// Signals made.
        public var signals: UInt64
        /// Pools under a margin call.
        public var called: UInt64
        /// Pools being liquidated or in default.
        public var liquidating: UInt64

        public init(
            share: Double, time: Timestamp, events: UInt64, evaluations: UInt64, signals: UInt64, called: UInt64,
            liquidating: UInt64
        ) {
            self.share = share
            self.time = time
            self.events = events
            self.evaluations = evaluations
            self.signals = signals
            self.called = called
            self.liquidating = liquidating
        }
    }

    private let style: ConsoleStyle
    private static let barWidth = 20

    public init(_ style: ConsoleStyle) { self.style = style }

    /// What to write now, line break included where one is due.
    public func drawing(_ moment: Moment) -> String {
        let line = text(moment)
        // Back to the beginning, and whatever was longer before is wiped out.
        return style.isTerminal ? "\r\(line)\u{1b}[K" : line + "\n"
    }

    /// What to write when the run is over, so that the next text begins on a line of its own.
    public var ending: String { style.isTerminal ? "\n" : "" }

    private func text(_ moment: Moment) -> String {
        let full = Int(min(max(moment.share, 0), 1) * Double(Self.barWidth))
        let bar = String(repeating: "=", count: full) + String(repeating: " ", count: Self.barWidth - full)
        let calm =
            "[\(bar)] \(TimeOfDayText.text(moment.time))  events \(DollarText.grouped(moment.events))"
            + "  evaluations \(DollarText.grouped(moment.evaluations))  signals \(DollarText.grouped(moment.signals))"
        let called = "  called \(moment.called)"
        let liquidating = "  liquidating \(moment.liquidating)"
        // A line that wraps cannot be drawn over; the least important part goes first.
        let fits = !style.isTerminal || (calm + called + liquidating).count < style.width
        return (fits ? calm : "\(TimeOfDayText.text(moment.time))  signals \(DollarText.grouped(moment.signals))")
            + (moment.called > 0 ? ConsoleColour.yellow.paint(called, style) : called)
            + (moment.liquidating > 0 ? ConsoleColour.red.paint(liquidating, style) : liquidating)
    }
}
