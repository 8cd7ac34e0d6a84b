public import MarginDomain

/// The last index price of every underlying before each 00:00 UTC: the history that the log itself is.
///
/// A price belongs to the day in which it was published. A day is over once any price of a later one has come; until
/// then its close may still change, and so it may when a late price of an earlier day arrives. A day without a price
/// closes where the day before did. The latest ``EngineLimits/dailyClosesMax`` days with prices are kept.
public struct DailyCloses: Sendable {
    /// An underlying's last price of a day.
    public struct Close: Equatable, Sendable {
        /// Days since 1970-01-01.
        public let day: Int64
        public fileprivate(set) var price: Price
    }

    /// Ascending by day.
    private var closes: [AssetID: [Close]] = [:]
    /// The day that is not over; nil before the first price.
    public private(set) var today: Int64?

    /// No price yet.
    public init() {}

    /// Takes note of an index price.
    ///
    /// - Precondition: an underlying's prices arrive in order of their publication.
    /// - Returns: whether anything about days that are over changed.
    public mutating func note(_ price: Price, of underlying: AssetID, published: Timestamp) -> Bool {
        let day = published.day
        var own = closes.removeValue(forKey: underlying) ?? []
        defer { closes[underlying] = own }
        if let last = own.indices.last, own[last].day == day {
            let isOver = day < (today ?? day)
            let isOther = own[last].price != price
            own[last].price = price
            return isOver && isOther
        }
        own.append(Close(day: day, price: price))
        // Today's price is no close yet.
        if own.count > EngineLimits.dailyClosesMax + 1 { own.removeFirst() }
        defer { today = max(today ?? day, day) }
        return today != day
    }

    /// The last price of an underlying that belongs to a day, over or not; nil on a day without any.
    public func lastPrice(of underlying: AssetID, on day: Int64) -> Price? {
        closes[underlying]?.last { $0.day <= day }.flatMap { $0.day == day ? $0.price : nil }
    }

    /// An underlying's closes on every day that is over, from its first to the last one; at most
    /// ``EngineLimits/dailyClosesMax``, the latest.
    public func closes(of underlying: AssetID) -> [Close] {
        guard let today, let own = closes[underlying], let first = own.first?.day else { return [] }
        let earliest = max(first, today - Int64(EngineLimits.dailyClosesMax))
        guard earliest < today else { return [] }
        var days: [Close] = []
        days.reserveCapacity(Int(today - earliest))
        var next = 0
        for day in earliest..<today {
            while next + 1 < own.count, own[next + 1].day <= day { next += 1 }
            days.append(Close(day: day, price: own[next].price))
        }
        return days
    }
}

extension Timestamp {
    /// Days since 1970-01-01, in UTC.
    public var day: Int64 {
        let (days, rest) = nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
        return rest < 0 ? days - 1 : days
    }
}
