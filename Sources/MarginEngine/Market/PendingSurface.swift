import MarginDomain

/// Volatility points that wait to take effect together.
///
/// They move every pool with options, so they are gathered into a surface and make their own, rarer cuts.
struct PendingSurface: Sendable {
    private var points: [VolatilityPoint] = []
    /// Whether a point that ends the surface has arrived.
    private(set) var isComplete = false
    /// When a surface last took effect.
    private(set) var lastEffect: Timestamp?

    /// Least event time between two surfaces of one underlying.
    static let spacing = Duration64.seconds(1)

    mutating func add(_ point: VolatilityPoint) {
        points.append(point)
        if point.last { isComplete = true }
    }

    /// Whether the surface may take effect at `now`.
    func isDue(at now: Timestamp) -> Bool {
        guard isComplete else { return false }
        guard let lastEffect else { return true }
        return now >= lastEffect + Self.spacing
    }

    /// The points, in the order in which they came; the next surface starts empty.
    mutating func take(at now: Timestamp) -> [VolatilityPoint] {
        defer { points = [] }
        isComplete = false
        lastEffect = now
        return points
    }

    /// When the pending or last point of an expiry and strike was published, if one is pending.
    func published(_ expiry: Timestamp, _ strike: Price) -> Timestamp? {
        points.last { $0.expiry == expiry && $0.strike == strike }?.publishTime
    }
}
