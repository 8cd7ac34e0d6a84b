/// What a model's margins did over all books of a period: coverage, cost, procyclicality.
public struct CoverageSummary: Equatable, Sendable {
    public let books: Int
    public let days: Int
    /// Mean over books and days.
    public let average: Double
    public let exceedances: Int
    /// 95 % interval of the share of book-days exceeded, by block bootstrap.
    public let interval: ClosedRange<Double>
    /// The largest share of days that one book exceeded.
    public let worstBookShare: Double
    /// Place of that book, the first among equals.
    public let worstBook: Int
    /// The largest loss beyond margin, as a multiple of that margin.
    public let worstShortfall: Double
    /// Losses beyond margin in the whole period, over the average margin of all books together.
    public let totalShortfall: Double
    /// Average margin over the realised 99 % loss, mean of books.
    public let coverRatio: Double
    /// Largest relative rise over 1, 5 and 30 days, of the median book.
    public let rises: [Double]
    /// Of the median book.
    public let peakToTrough: Double
    /// Deviation of the daily logarithmic change, of the median book.
    public let changeDeviation: Double
    /// Books that Kupiec's test rejects at 5 %: too many exceedances, and too few (a margin higher than promised).
    public let rejectedHigh: Int
    public let rejectedLow: Int
    /// Books whose exceedances Christoffersen's test finds clustered, at 5 %.
    public let clustered: Int

    /// Days over which rises are measured.
    public static let riseDays = [1, 5, 30]

    /// - Parameter probability: the share of days that may be exceeded.
    /// - Precondition: at least one book, and as many days in each.
    public init(_ paths: [MarginPath], probability: Double = 0.01) {
        precondition(!paths.isEmpty && Set(paths.map(\.margins.count)).count == 1, "books of the same days")
        books = paths.count
        days = paths[0].margins.count
        average = paths.reduce(0.0) { $0 + $1.average } / Double(books)
        let tests = paths.map { ExceedanceTest($0.exceedances, probability: probability) }
        exceedances = tests.reduce(0) { $0 + $1.count }
        interval = BlockBootstrap.interval(ofShares: paths.map(\.exceedances))
        let worst = tests.map(\.count).max() ?? 0
        worstBook = tests.firstIndex { $0.count == worst } ?? 0
        worstBookShare = Double(worst) / Double(max(1, days))
        worstShortfall = paths.reduce(0.0) { max($0, $1.worstShortfall) }
        let whole = paths.reduce(0.0) { $0 + $1.average }
        totalShortfall = paths.reduce(0.0) { $0 + $1.totalShortfall } / whole
        coverRatio = paths.reduce(0.0) { $0 + $1.coverRatio } / Double(books)
        rises = Self.riseDays.map { days in Self.median(paths.map { $0.largestRise(over: days) }) }
        peakToTrough = Self.median(paths.map(\.peakToTrough))
        changeDeviation = Self.median(paths.map(\.changeDeviation))
        let expected = probability * Double(days)
        rejectedHigh = tests.count { $0.kupiecOneSided < 0.05 }
        rejectedLow = tests.count { $0.kupiecTwoSided < 0.05 && Double($0.count) < expected }
        clustered = tests.count { $0.christoffersenTail < 0.05 }
    }

    /// Of book-days.
    public var exceededShare: Double { Double(exceedances) / Double(max(1, books * days)) }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
