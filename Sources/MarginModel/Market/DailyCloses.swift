public import MarginDomain

/// The last index price of every underlying before each 00:00 UTC, and the last level of each of its volatility indices:
/// the history that the log itself is.
///
/// A level belongs to the day in which it was published. A day is over once any level of a later one has come; until
/// then its close may still change, and so it may when a late level of an earlier day arrives. A day without a level
/// closes where the day before did. The latest ``EngineLimits/dailyClosesMax`` days with levels are kept of each. Days
/// are the same for all: what is over for one is over for every other.
public struct DailyCloses: Sendable {
    /// An underlying's last price of a day.
    public struct Close: Equatable, Sendable {
        /// Days since 1970-01-01.
        public let day: Int64
        public let price: Price
    }

    /// A volatility index as it stands.
    public struct Index: Equatable, Sendable {
        /// The time to expiry that it is for.
        public let tenorDays: UInt16
        public let volatility: Volatility
        public let publishTime: Timestamp
    }

    /// An underlying's volatility at one tenor.
    private struct Volatilities: Sendable {
        var series = DailySeries<Volatility>()
        var publishTime = Timestamp.zero

        mutating func note(_ index: VolatilityIndex, today: Int64?) -> Bool {
            publishTime = index.publishTime
            return series.note(index.volatility, on: index.publishTime.day, today: today)
        }
    }

    private var prices: [AssetID: DailySeries<Price>] = [:]
    private var volatilities: [AssetID: [UInt16: Volatilities]] = [:]
    /// The day that is not over; nil before the first level.
    public private(set) var today: Int64?

    /// No price yet.
    public init() {}

    /// Takes note of an index price.
    ///
    /// - Precondition: an underlying's prices arrive in order of their publication.
    /// - Returns: whether anything about days that are over changed.
    public mutating func note(_ price: Price, of underlying: AssetID, published: Timestamp) -> Bool {
        defer { today = max(today ?? published.day, published.day) }
        return prices[underlying, default: DailySeries()].note(price, on: published.day, today: today)
    }

    /// Takes note of a volatility index.
    ///
    /// - Precondition: the levels of an underlying's tenor arrive in order of their publication.
    /// - Returns: whether anything about days that are over changed.
    public mutating func note(_ index: VolatilityIndex) -> Bool {
        let day = index.publishTime.day
        defer { today = max(today ?? day, day) }
        return volatilities[index.underlying, default: [:]][index.tenorDays, default: Volatilities()]
            .note(index, today: today)
    }

    /// The last price of an underlying that belongs to a day, over or not; nil on a day without any.
    public func lastPrice(of underlying: AssetID, on day: Int64) -> Price? { prices[underlying]?.last(on: day) }

    /// An underlying's closes on every day that is over, from its first to the last one; at most
    /// ``EngineLimits/dailyClosesMax``, the latest.
    public func closes(of underlying: AssetID) -> [Close] {
        guard let today, let own = prices[underlying] else { return [] }
        return own.closes(before: today).map { Close(day: $0.day, price: $0.level) }
    }

    /// How many those are.
    public func count(of underlying: AssetID) -> Int {
        guard let today else { return 0 }
        return prices[underlying]?.count(before: today) ?? 0
    }
}

extension DailyCloses {
    /// An underlying's volatility indices, ascending by tenor.
    public func indices(of underlying: AssetID) -> [Index] {
        (volatilities[underlying] ?? [:]).sorted { $0.key < $1.key }.compactMap { tenor, own in
            own.series.latest.map { Index(tenorDays: tenor, volatility: $0, publishTime: own.publishTime) }
        }
    }

    /// When an underlying's index at a tenor was published last; nil if it never was.
    public func publishTime(of underlying: AssetID, tenorDays: UInt16) -> Timestamp? {
        volatilities[underlying]?[tenorDays]?.publishTime
    }

    /// How many tenors an underlying has.
    public func tenorCount(of underlying: AssetID) -> Int { volatilities[underlying]?.count ?? 0 }

    /// How many days of an underlying's index at a tenor are over, as ``volatilities(of:)`` has them.
    public func count(of underlying: AssetID, tenorDays: UInt16) -> Int {
        guard let today else { return 0 }
        return volatilities[underlying]?[tenorDays]?.series.count(before: today) ?? 0
    }

    /// The closes of an underlying's tenors, ascending by tenor, like those of prices. Those tenors that have as many as
    /// the one with most: a younger one would take the dates that it lacks from all options of the underlying.
    public func volatilities(of underlying: AssetID) -> [(tenorDays: UInt16, closes: [Volatility])] {
        guard let today, let own = volatilities[underlying] else { return [] }
        let longest = own.values.map { $0.series.count(before: today) }.max() ?? 0
        guard longest > 0 else { return [] }
        return own.filter { $0.value.series.count(before: today) == longest }.sorted { $0.key < $1.key }
            .map { (tenorDays: $0.key, closes: $0.value.series.closes(before: today).map(\.level)) }
    }
}

extension Timestamp {
    /// Days since 1970-01-01, in UTC.
    public var day: Int64 {
        let (days, rest) = nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
        return rest < 0 ? days - 1 : days
    }
}
