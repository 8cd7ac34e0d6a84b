/// What netting books in one owner's pool does to requirement and coverage; a mutual pool is a ``MutualStudy``.
///
/// The pool's margin is the rule's for all members' positions together; a sum of parts is what the members would post
/// alone; a blend asks for half of each.
public struct PoolStudy: Equatable, Sendable {
    public let name: String
    public let members: Int
    /// Pool over sum of parts: mean, least and most over the days.
    public let ratio: Double
    public let ratioRange: ClosedRange<Double>
    /// Share of days on which the pool's loss exceeded the pool's margin, the sum of parts, and the blend.
    public let exceeded: Double
    public let exceededBySum: Double
    public let exceededByBlend: Double
    /// Days on which the pool's margin was short but the sum of parts was not, of those on which the pool's was.
    public let wouldHaveCovered: Int
    public let shortDays: Int
    /// Loss beyond margin over the period, in average sums of parts: members alone, pool, blend.
    public let shortfallAlone: Double
    public let shortfallPool: Double
    public let shortfallBlend: Double

    /// - Precondition: paths of the same days.
    public init(_ name: String, pool: MarginPath, members: [MarginPath]) {
        self.name = name
        self.members = members.count
        let sum = pool.margins.indices.map { day in members.reduce(0.0) { $0 + $1.margins[day] } }
        let ratios = zip(pool.margins, sum).map { $0 / $1 }
        ratio = ratios.reduce(0, +) / Double(max(1, ratios.count))
        ratioRange = (ratios.min() ?? 0)...(ratios.max() ?? 0)
        let parts = MarginPath(margins: sum, losses: pool.losses)
        let blend = MarginPath(
            margins: zip(pool.margins, sum).map { 0.5 * $0 + 0.5 * $1 }, losses: pool.losses)
        let days = Double(max(1, pool.margins.count))
        exceeded = Double(pool.exceedanceCount) / days
        exceededBySum = Double(parts.exceedanceCount) / days
        exceededByBlend = Double(blend.exceedanceCount) / days
        shortDays = pool.exceedanceCount
        wouldHaveCovered = zip(pool.exceedances, parts.exceedances).count { $0 && !$1 }
        shortfallAlone = members.reduce(0.0) { $0 + $1.totalShortfall } / parts.average
        shortfallPool = pool.totalShortfall / parts.average
        shortfallBlend = blend.totalShortfall / parts.average
    }

    /// Members by pool: all long, and long against short, as in docs/risk-quality.md §2.
    public static let pools: [(name: String, members: [StandardBook])] = {
        func book(_ coin: String, _ size: Double) -> StandardBook {
            StandardBook("\(coin) \(size > 0 ? "long" : "short")", [.perpetual(coin, size: size)])
        }
        return [
            ("2: long BTC, long ETH", [book("BTC", 1), book("ETH", 1)]),
            ("2: long BTC, short ETH", [book("BTC", 1), book("ETH", -1)]),
            ("5: all long", ["BTC", "ETH", "SOL", "XRP", "BNB"].map { book($0, 1) }),
            (
                "5: BTC, ETH, SOL long, XRP, BNB short",
                [book("BTC", 1), book("ETH", 1), book("SOL", 1), book("XRP", -1), book("BNB", -1)]
            ),
        ]
    }()

    /// One book of all members' legs.
    public static func netted(_ name: String, _ members: [StandardBook]) -> StandardBook {
        StandardBook(name, members.flatMap(\.legs))
    }
}
