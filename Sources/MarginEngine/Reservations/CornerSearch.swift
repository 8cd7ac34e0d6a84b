import MarginDomain
import MarginModel

/// The corner of reserved orders in which most initial margin is missing, found without trying them all: branch and bound
/// over the instruments.
///
/// Holdings together have at least the excess that they have apart (``StandAlone``). So with some instruments decided no
/// corner has less than what is decided has, and of every open instrument its worse end by itself. A branch that cannot
/// lack more than what was found already is not followed; the worse end goes first, of the instrument that can take most.
/// A pool with a little margin to spare is mostly settled by the first bound.
struct CornerSearch {
    private var variations: Variations
    private let ends: [End]
    /// The least that the ends from each on can add by themselves; nil where that says nothing of them together.
    private let open: [Value]?
    /// Takes what is wanted away.
    private let without: PoolHoldings
    private let rest: Value
    private let allowance: Allowance
    /// What is missing in the worst corner that was found; nothing if none lacks any.
    private(set) var worst = Value.zero
    /// How many margins were computed.
    private(set) var evaluations = 0
    /// Why the last one that was none was none.
    private var status = MarginStatus.margined

    /// One instrument's ends, the worse first, and what takes them back.
    private struct End {
        let parts: [(part: PoolHoldings, back: PoolHoldings)]
        let worse: Value

        init(_ ends: FillCorners.Ends, _ apart: FillsApart.Ends?) {
            let (sold, bought) = ((ends.sold, ends.sold.opposite), (ends.bought, ends.bought.opposite))
            let isSoldWorse = apart.map { $0.sold.excess.initial < $0.bought.excess.initial } ?? true
            parts = isSoldWorse ? [sold, bought] : [bought, sold]
            worse = apart.map { StandAlone.worse($0.sold, $0.bought).excess.initial } ?? .zero
        }
    }

    /// - Parameters:
    ///   - holdings: of the pool, without what is wanted.
    ///   - apart: what everything comes to by itself; nil where every corner has to be tried.
    ///   - rest: what instruments that are in no corner take, never positive.
    init(
        _ fills: Fills, from holdings: PoolHoldings, apart: FillsApart?, rest: Value, _ allowance: Allowance,
        in book: MarginBook
    ) {
        let joint = fills.corners.joint
        var ends = joint.enumerated().map { End($1, apart?.ends[$0]) }
        if apart != nil { ends.sort { $0.worse < $1.worse } }
        self.ends = ends
        open = apart.map { _ in
            ends.indices.map { place in ends[place...].reduce(Value.zero) { $0 + $1.worse } }
        }
        without = fills.wanted.opposite
        self.rest = rest
        self.allowance = allowance
        variations = Variations(of: holdings, in: book)
        variations.shift(by: fills.wanted)
        variations.shift(by: fills.corners.losses)
    }

    mutating func run() throws(CornerWithoutMargin) { try visit(0, nil) }

    /// - Parameter known: the excess with what is decided, if it is the same as a branch before.
    private mutating func visit(_ depth: Int, _ known: MarginExcess?) throws(CornerWithoutMargin) {
        guard depth < ends.count else { return try judge(known ?? excess(adding: PoolHoldings())) }
        var known = known
        if let open {
            known = known ?? excess(adding: PoolHoldings())
            if let known, known.initial + open[depth] + rest >= Self.roundings - worst { return }
        }
        for (part, back) in ends[depth].parts {
            if part.isNothing {
                try visit(depth + 1, known)
                continue
            }
            variations.shift(by: part)
            try visit(depth + 1, nil)
            variations.shift(by: back)
        }
    }

    /// Takes a corner in.
    private mutating func judge(_ after: MarginExcess?) throws(CornerWithoutMargin) {
        guard let after else { throw CornerWithoutMargin(status: status) }
        // SPEED: a corner that lacks no more than what was found is compared with nothing.
        if allowance == .initialMargin, after.initial + rest >= .zero - worst { return }
        guard let before = excess(adding: without) else { throw CornerWithoutMargin(status: status) }
        if after.isNoWorse(than: before) { return }
        worst = max(worst, allowance.missing(after, before: before, rest: rest))
    }

    private mutating func excess(adding change: PoolHoldings) -> MarginExcess? {
        evaluations += 1
        let margin = variations.margin(adding: change)
        guard let excess = MarginExcess(margin) else {
            status = margin.status
            return nil
        }
        return excess
    }

    /// What the roundings of all elementary charges of a question come to at most, amply: a dollar.
    static let roundings = Value(Value.perDollar)
}

/// A corner that had to be tried has no margin.
struct CornerWithoutMargin: Error {
    let status: MarginStatus
}

extension PoolHoldings {
    fileprivate var isNothing: Bool { positions.isEmpty && orders.isEmpty && balances.isEmpty }
}

extension Allowance {
    /// What an order that is not allowed lacks, more than nothing: of initial margin, or of what there was before.
    func missing(_ after: MarginExcess, before: MarginExcess, rest: Value) -> Value {
        switch self {
        case .initialMargin: .zero - after.initial - rest
        case .reducing: max(before.initial - after.initial, before.maintenance - after.maintenance)
        }
    }
}
