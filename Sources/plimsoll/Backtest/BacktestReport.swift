import MarginMethods

/// What `plimsoll backtest` found, as it is printed and as JSON.
struct BacktestReport: Encodable {
    var command: String
    /// First and last date with a return.
    var data: Span
    /// Parameters were chosen on margins up to this date.
    var split: String
    /// What was assumed because the files do not say it.
    var notes: [String]
    var coverage: [CoverageTable] = []
    var books: [BookRow] = []
    var forecasts: [ForecastRow] = []
    var crashes: [CrashRow] = []
    var intraday: [IntradayRow] = []
    var pools: [PoolRow] = []
    var mutual: [MutualRow] = []
    var dynamics: [DynamicRow] = []
    var frontier: [FrontierRow] = []

    /// Dates of margins, both included.
    struct Span: Encodable {
        var first: String
        var last: String
        var days: Int
    }

    /// Models over all books of a kind in a period.
    struct CoverageTable: Encodable {
        /// `linear` or `options`.
        var kind: String
        var period: String
        var span: Span
        var holdingDays: Int
        /// Whether margins are multiplied to equal coverage before the split.
        var isEqualised: Bool
        var rows: [CoverageRow]
    }

    struct CoverageRow: Encodable {
        var model: String
        var multiplier: Double
        var average: Double
        var exceedances: Int
        var exceededShare: Double
        /// 95 %, block bootstrap.
        var interval: [Double]
        var worstBook: String
        var worstBookShare: Double
        var worstShortfall: Double
        var totalShortfall: Double
        var coverRatio: Double
        /// Over 1, 5 and 30 days, median book.
        var rises: [Double]
        var peakToTrough: Double
        var changeDeviation: Double
        var rejectedHigh: Int
        var rejectedLow: Int
        var clustered: Int

        init(_ model: String, _ summary: CoverageSummary, books: [StandardBook], multiplier: Double = 1) {
            self.model = model
            self.multiplier = multiplier
            average = summary.average
            exceedances = summary.exceedances
            exceededShare = summary.exceededShare
            interval = [summary.interval.lowerBound, summary.interval.upperBound]
            worstBook = books[summary.worstBook].name
            worstBookShare = summary.worstBookShare
            worstShortfall = summary.worstShortfall
            totalShortfall = summary.totalShortfall
            coverRatio = summary.coverRatio
            rises = summary.rises
            peakToTrough = summary.peakToTrough
            changeDeviation = summary.changeDeviation
            rejectedHigh = summary.rejectedHigh
            rejectedLow = summary.rejectedLow
            clustered = summary.clustered
        }
    }

    /// One book under one model, whole sample, one day.
    struct BookRow: Encodable {
        var model: String
        var book: String
        var days: Int
        var average: Double
        var exceedances: Int
        var kupiec: Double
        var binomialTail: Double
        var christoffersen: Double
        var worstShortfall: Double

        init(_ model: String, _ book: String, _ path: MarginPath) {
            let test = ExceedanceTest(path.exceedances, probability: 0.01)
            self.model = model
            self.book = book
            days = test.days
            average = path.average
            exceedances = test.count
            kupiec = test.kupiecOneSided
            binomialTail = test.binomialTail
            christoffersen = test.christoffersenTail
            worstShortfall = path.worstShortfall
        }
    }

    struct ForecastRow: Encodable {
        var model: String
        var confidence: Double
        /// By book.
        var statistics: [Double]
        var windows: Int
        var rejected: Int
    }

    struct CrashRow: Encodable {
        var model: String
        var window: String
        var exceedances: Int
        var worstShortfall: Double
        var rise: Double
    }

    /// Margin at the close against the worst price of the following day.
    struct IntradayRow: Encodable {
        var model: String
        var first: String
        var last: String
        var bookDays: Int
        var exceededAtClose: Int
        var exceededOnTheWay: Int
        var worstAtClose: Double
        var worstOnTheWay: Double
    }

    struct PoolRow: Encodable {
        var pool: String
        var ratio: Double
        var ratioRange: [Double]
        var exceeded: Double
        var exceededBySum: Double
        var exceededByBlend: Double
        var shortDays: Int
        var wouldHaveCovered: Int
        var shortfallAlone: Double
        var shortfallPool: Double
        var shortfallBlend: Double

        init(_ study: PoolStudy) {
            pool = study.name
            ratio = study.ratio
            ratioRange = [study.ratioRange.lowerBound, study.ratioRange.upperBound]
            exceeded = study.exceeded
            exceededBySum = study.exceededBySum
            exceededByBlend = study.exceededByBlend
            shortDays = study.shortDays
            wouldHaveCovered = study.wouldHaveCovered
            shortfallAlone = study.shortfallAlone
            shortfallPool = study.shortfallPool
            shortfallBlend = study.shortfallBlend
        }
    }

    struct FrontierRow: Encodable {
        var decay: Double
        var lookBackDays: Int
        var stressWeight: Double
        var scaling: String
        var limit: Double
        var confidence: Double
        var multiplier: Double
        var before: CoverageRow
        var after: CoverageRow

        init(_ point: FrontierPoint, books: [StandardBook]) {
            decay = point.decay
            lookBackDays = point.lookBackDays
            stressWeight = point.stressWeight
            scaling = point.scaling.rawValue
            limit = point.limit
            confidence = point.confidence
            multiplier = point.multiplier
            before = CoverageRow("before", point.before, books: books, multiplier: point.multiplier)
            after = CoverageRow("after", point.after, books: books, multiplier: point.multiplier)
        }
    }
}
