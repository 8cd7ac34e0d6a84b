/// A stretch of days in which markets fell, looked at by itself.
public struct CrashWindow: Equatable, Sendable {
    public let name: String
    /// First and last date of margins.
    public let from: String
    public let to: String

    public init(name: String, from: String, to: String) {
        self.name = name
        self.from = from
        self.to = to
    }

    /// Those of the comparison of docs/risk-quality.md §2, by calendar month.
    public static let all = [
        CrashWindow(name: "2021-05", from: "2021-05-01", to: "2021-05-31"),
        CrashWindow(name: "2022-05/06", from: "2022-05-01", to: "2022-06-30"),
        CrashWindow(name: "2022-11", from: "2022-11-01", to: "2022-11-30"),
        CrashWindow(name: "2024-08", from: "2024-08-01", to: "2024-08-31"),
        CrashWindow(name: "2025-10", from: "2025-10-01", to: "2025-10-31"),
        CrashWindow(name: "2026-02", from: "2026-01-26", to: "2026-02-28"),
    ]

    /// What a model's margins did in the window.
    public struct Outcome: Equatable, Sendable {
        /// Of all books.
        public let exceedances: Int
        public let worstShortfall: Double
        /// Highest margin in the window over the mean of the 15 days before, of the median book; 0 = no rise.
        public let rise: Double
    }

    /// - Parameter paths: books over the backtest's days.
    /// - Returns: nil unless the backtest has the window's first day and fifteen days before it.
    public func outcome(_ paths: [MarginPath], of backtest: Backtest) -> Outcome? {
        let first = backtest.data.place(of: from) - backtest.days.lowerBound
        let end = min(backtest.data.place(of: to) + 1, backtest.days.upperBound) - backtest.days.lowerBound
        guard first >= 15, end > first else { return nil }
        let inside = paths.map { $0.slice(first..<end) }
        let rises = paths.indices.map { book in
            let before = paths[book].slice(first - 15..<first).average
            return max(0, (inside[book].margins.max() ?? 0) / before - 1)
        }
        return Outcome(
            exceedances: inside.reduce(0) { $0 + $1.exceedanceCount },
            worstShortfall: inside.reduce(0.0) { max($0, $1.worstShortfall) }, rise: CoverageSummary.median(rises))
    }
}
