internal import CMarginKernels

/// One book's margins and the losses that followed them.
public struct MarginPath: Equatable, Sendable {
    /// By day.
    public let margins: [Double]
    /// By day of the margin; positive = loss.
    public let losses: [Double]

    public init(margins: [Double], losses: [Double]) {
        precondition(margins.count == losses.count, "a loss for every margin")
        self.margins = margins
        self.losses = losses
    }

    /// Some of the days.
    public func slice(_ places: Range<Int>) -> MarginPath {
        MarginPath(margins: Array(margins[places]), losses: Array(losses[places]))
    }

    /// The same with every margin multiplied.
    public func scaled(by multiplier: Double) -> MarginPath {
        MarginPath(margins: margins.map { multiplier * $0 }, losses: losses)
    }

    /// Whether the loss was more than the margin, by day.
    public var exceedances: [Bool] { zip(margins, losses).map { $0 < $1 } }

    public var exceedanceCount: Int { exceedances.count { $0 } }

    public var average: Double { margins.isEmpty ? 0 : margins.reduce(0, +) / Double(margins.count) }

    /// Loss beyond margin, added up over the days.
    public var totalShortfall: Double { zip(margins, losses).reduce(0.0) { $0 + max(0, $1.1 - $1.0) } }

    /// The largest loss beyond margin, as a multiple of that day's margin; 0 if none.
    public var worstShortfall: Double {
        zip(margins, losses).reduce(0.0) { worst, day in
            day.1 > day.0 ? max(worst, (day.1 - day.0) / day.0) : worst
        }
    }

    /// The largest relative rise of the margin over so many days; 0 if it never rose.
    public func largestRise(over days: Int) -> Double {
        guard margins.count > days else { return 0 }
        return zip(margins, margins.dropFirst(days)).reduce(0.0) { max($0, $1.1 / $1.0 - 1) }
    }

    /// Highest over lowest margin.
    public var peakToTrough: Double { (margins.max() ?? 1) / (margins.min() ?? 1) }

    /// Standard deviation of the daily logarithmic change of the margin.
    public var changeDeviation: Double {
        let changes = zip(margins, margins.dropFirst()).map { mk_logarithm($1 / $0) }
        guard !changes.isEmpty else { return 0 }
        let mean = changes.reduce(0, +) / Double(changes.count)
        return (changes.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(changes.count)).squareRoot()
    }

    /// Average margin over the 99 % quantile of the losses that came: how much more than needed in hindsight.
    public var coverRatio: Double { average / TailMeasure.valueAtRisk(losses, confidence: 0.99) }
}
