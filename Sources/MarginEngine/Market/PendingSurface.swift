import MarginDomain
import MarginModel

/// Volatilities that wait to take effect together: points, and slices of whole expiries.
///
/// They move every pool with options, so they are gathered into a surface and make their own, rarer cuts.
struct PendingSurface: Sendable {
    /// A surface as it takes effect.
    struct Effect {
        /// In the order in which they came.
        var volatilities: [ArrivingVolatility]
        /// Why slices were left out.
        var faults: [SVIFault] = []
    }

    private var volatilities: [ArrivingVolatility] = []
    private var waiting: [Timestamp: WaitingExpiry] = [:]
    /// Whether one that ends the surface has arrived.
    private(set) var isComplete = false
    /// When a surface last took effect.
    private(set) var lastEffect: Timestamp?

    /// Least event time between two surfaces of one underlying.
    static let spacing = Duration64.seconds(1)

    mutating func add(_ point: VolatilityPoint) {
        volatilities.append(.point(point))
        waiting[point.expiry, default: WaitingExpiry()].add(point.publishTime, at: point.strike)
        if point.last { isComplete = true }
    }

    mutating func add(_ slice: SviSlice, _ curve: SVISlice) {
        volatilities.append(.slice(slice, curve))
        waiting[slice.expiry, default: WaitingExpiry()].addSlice(slice.publishTime)
        if slice.last { isComplete = true }
    }

    /// Whether the surface may take effect at `now`.
    func isDue(at now: Timestamp) -> Bool {
        guard isComplete else { return false }
        guard let lastEffect else { return true }
        return now >= lastEffect + Self.spacing
    }

    /// Everything that waits, less slices that can be arbitraged against an earlier expiry; the next surface starts
    /// empty.
    mutating func take(at now: Timestamp) -> Effect {
        defer { (volatilities, waiting) = ([], [:]) }
        isComplete = false
        lastEffect = now
        return Effect(volatilities).withoutCalendarArbitrage
    }

    /// How many volatilities wait.
    var count: Int { volatilities.count }

    /// When what waits for an expiry and strike was published: the last point there, or slice, whichever came later.
    func published(_ expiry: Timestamp, _ strike: Price) -> Timestamp? {
        waiting[expiry].flatMap { $0.points[strike] ?? $0.slice }
    }

    /// When the newest of all that waits for an expiry was published.
    func published(_ expiry: Timestamp) -> Timestamp? { waiting[expiry]?.newest }

    /// Whether volatilities of its expiry stand or wait at as many strikes as they may, and none at that of a point.
    func isFull(for point: VolatilityPoint, beside market: UnderlyingMarket) -> Bool {
        let strikes = waiting[point.expiry]?.points ?? [:]
        let standing = market.pointCount(of: point.expiry)
        guard standing + strikes.count >= EngineLimits.volatilityStrikesMax, strikes[point.strike] == nil else {
            return false
        }
        func stands(_ strike: Price) -> Bool { market.volatility(of: point.expiry, strike: strike) != nil }
        let known = standing + strikes.keys.count { !stands($0) }
        return known >= EngineLimits.volatilityStrikesMax && !stands(point.strike)
    }
}

extension PendingSurface.Effect {
    init(_ volatilities: [ArrivingVolatility]) { self.volatilities = volatilities }

    /// Compares the last slice of each expiry with that of the next earlier expiry that has one and stays.
    fileprivate var withoutCalendarArbitrage: PendingSurface.Effect {
        var curves: [Timestamp: SVISlice] = [:]
        for case .slice(let slice, let curve) in volatilities { curves[slice.expiry] = curve }
        guard curves.count > 1 else { return self }
        var result = self
        var earlier: SVISlice?
        for (expiry, curve) in curves.sorted(by: { $0.key < $1.key }) {
            if let earlier, let fault = curve.calendarArbitrage(after: earlier) {
                result.faults.append(fault)
                result.volatilities.removeAll { volatility in
                    if case .slice(let slice, _) = volatility { slice.expiry == expiry } else { false }
                }
            } else {
                earlier = curve
            }
        }
        return result
    }
}
