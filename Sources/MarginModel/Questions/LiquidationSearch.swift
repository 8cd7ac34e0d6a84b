import MarginDomain

/// The way along every factor to where a pool's equity falls below maintenance margin, a bounded number of cuts at a
/// time: on a book of its own, so that whoever asked may go on meanwhile.
///
/// Excess is not concave in prices, so the first breach is looked for in steps of two percent and then closed in on to a
/// tick (volatilities: a millionth): one that begins and ends within a step is not seen.
public struct LiquidationSearch: Sendable {
    private let whole: MarginBook
    private var book: MarginBook
    private let margin: @Sendable (MarginBook) -> PoolMargin
    private var walks: [Walk] = []
    private var place = 0
    /// What was found so far, ascending by underlying: spot up, spot down, volatilities up, volatilities down.
    public private(set) var points: [LiquidationPoint] = []

    /// One factor in one direction.
    private struct Walk {
        let factor: LiquidationPoint.Factor
        let underlying: AssetID
        let isUp: Bool
        let market: UnderlyingMarket
        let cut: Timestamp
        /// Ticks, or millionths.
        let now: Int64
        var covered: Int64
        var breached: Int64?
    }

    /// What a cut and the margin after it cost.
    public let workPerCut: Int

    /// Whether every factor was walked.
    public var isFinished: Bool { place >= walks.count }

    /// Begins from the market of this moment: rows are made again as of their last cuts.
    ///
    /// - Parameters:
    ///   - needed: everything that the margin depends on: what is held, or what all members of a mutual pool hold.
    ///   - work: what a margin costs.
    ///   - margin: of the pool, in a book that has all of this and is otherwise moved.
    public init(
        of needed: PoolHoldings, in book: MarginBook, costing work: Int,
        _ margin: @escaping @Sendable (MarginBook) -> PoolMargin
    ) {
        whole = book.reduced(to: needed)
        self.book = whole
        workPerCut = work + whole.workPerCut
        self.margin = margin
        // Without margin, or below it already, there is nowhere to go.
        guard let start = MarginExcess(margin(whole)), start.maintenance >= .zero else { return }
        for underlying in whole.underlyings.map(\.asset.id).sorted() {
            guard let market = whole.market(of: underlying), let index = market.index?.price,
                let cut = whole.lastCut(of: underlying)
            else { continue }
            func walk(_ factor: LiquidationPoint.Factor, from now: Int64) {
                for isUp in [true, false] {
                    walks.append(
                        Walk(
                            factor: factor, underlying: underlying, isUp: isUp, market: market, cut: cut, now: now,
                            covered: now))
                }
            }
            walk(.spot, from: index.ticks)
            if whole.holdsOptions(of: underlying) { walk(.volatility, from: Self.millionths) }
        }
    }

    /// Goes on by at most so many cuts.
    public mutating func advance(cuts: Int) {
        for _ in 0..<cuts where !isFinished { step() }
    }

    private mutating func step() {
        let walk = walks[place]
        if let breached = walk.breached {
            guard abs(breached - walk.covered) > 1 else { return finish(at: breached) }
            let middle = walk.covered + (breached - walk.covered) / 2
            guard let holds = isCovered(at: middle) else { return finish(at: nil) }
            if holds { walks[place].covered = middle } else { walks[place].breached = middle }
            return
        }
        let step = max(walk.covered / 50, 1)
        // A price may be as large as a tick count can be; there the walk ends.
        let (next, isBeyond) = walk.covered.addingReportingOverflow(walk.isUp ? step : -step)
        guard !isBeyond, next >= max(walk.now / 20, 1), next / 6 <= walk.now, let holds = isCovered(at: next) else {
            return finish(at: nil)
        }
        if holds { walks[place].covered = next } else { walks[place].breached = next }
    }

    private mutating func finish(at level: Int64?) {
        let walk = walks[place]
        place += 1
        book = whole
        guard let level else { return }
        let move = Double(level - walk.now) / Double(walk.now)
        let index = walk.market.index?.price ?? .zero
        points.append(
            LiquidationPoint(
                factor: walk.factor, underlying: walk.underlying, move: Ratio(nearestBillionths: move),
                price: walk.factor == .spot ? Price(level) : index))
    }

    /// Whether equity reaches maintenance margin with the factor at a level; nil without margin.
    private mutating func isCovered(at level: Int64) -> Bool? {
        let walk = walks[place]
        book.withMarket(of: walk.underlying) { market in
            market =
                switch walk.factor {
                case .spot: walk.market.moved(to: Price(level))
                case .volatility: walk.market.scalingVolatilities(byMillionths: level)
                }
        }
        book.refresh(walk.underlying, at: walk.cut)
        return MarginExcess(margin(book)).map { $0.maintenance >= .zero }
    }

    private static let millionths: Int64 = 1_000_000
}
