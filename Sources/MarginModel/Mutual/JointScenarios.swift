import MarginDomain

/// The joint scenarios of several underlyings: docs/margin-model.md §6, read as losses.
///
/// A joint scenario is a pair. Its *first* choice is a column of each underlying, free of one another; its *second* is a
/// common node `c` and a column of each underlying in the window `W_u(c)`. A loss under it is `1 − κ` times the first
/// and `κ` times the second. With one underlying the two coincide, and a scenario is a column.
///
/// Losses are laid out flat: the columns of every underlying in canonical order, underlying after underlying.
struct JointScenarios: Equatable, Sendable {
    let sections: [Section]
    /// Share of the loss with credit across underlyings.
    let kappa: Double
    /// `v_c`: 1 for the quarter nodes; tails of one sign count as one node together.
    let commonWeights: [Double]

    /// One underlying's run of the columns.
    struct Section: Equatable, Sendable {
        let columns: Range<Int>
        /// Columns of each node: the ordinary nodes ascending, then the tails.
        let nodes: [Range<Int>]
        /// Nodes of `W_u(c)` by common node: −4…4, then the tails.
        let windows: [[Int]]
    }

    /// A joint scenario by flat columns, one of each underlying; the choices of one underlying are the same.
    struct Choice: Equatable, Sendable {
        var first: [Int]
        var second: [Int]
    }

    var columnCount: Int { sections.last?.columns.upperBound ?? 0 }

    /// Whether the two choices coincide.
    var isSingle: Bool { sections.count < 2 }
}

extension JointScenarios {
    /// - Parameter underlyings: in ascending order; grids of one parameter set, which have the same tails.
    init(_ underlyings: [(grid: ScenarioGrid, window: Int)], kappa: Double) {
        var start = 0
        sections = underlyings.map { underlying in
            let section = Section(underlying.grid, window: underlying.window, start: start)
            start = section.columns.upperBound
            return section
        }
        self.kappa = kappa
        let tails = underlyings.first?.grid.tails ?? []
        commonWeights =
            [Double](repeating: 1, count: Self.quarterNodes.count)
            + tails.map { tail in 1 / Double(tails.count { ($0 < 0) == (tail < 0) }) }
    }

    static let quarterNodes = -4...4
    /// Columns of a tail: both rises of volatility.
    fileprivate static let tailShapes = 2
}

extension JointScenarios.Section {
    init(_ grid: ScenarioGrid, window: Int, start: Int) {
        let doubled = grid.halfSteps ? Array(-8...8) : Array(stride(from: -8, through: 8, by: 2))
        let shapes = VolatilityShape.allCases.count
        var nodes: [Range<Int>] = []
        var end = start
        for width in doubled.map({ _ in shapes }) + grid.tails.map({ _ in JointScenarios.tailShapes }) {
            nodes.append(end..<end + width)
            end += width
        }
        let everyNode = Array(nodes.indices)
        let isWhole = window >= UnderlyingParameters.wholeWindow
        let near = JointScenarios.quarterNodes.map { node in
            isWhole ? everyNode : doubled.indices.filter { abs(doubled[$0] - 2 * node) <= 2 * window }
        }
        let far = grid.tails.indices.map { place in
            isWhole ? everyNode : [grid.tails[place] < 0 ? 0 : doubled.count - 1, doubled.count + place]
        }
        self.init(columns: start..<end, nodes: nodes, windows: near + far)
    }
}

extension JointScenarios {
    /// `(1 − κ)·A + κ·B`: the largest loss over all joint scenarios; with one underlying the largest of the column.
    func worst(_ losses: [Double]) -> Double {
        let (apart, together) = worstParts(losses)
        return isSingle ? apart : (1 - kappa) * apart + kappa * together
    }

    /// `A`, the sum of the underlyings' largest losses, and `B`, the largest of their sum near a common node.
    func worstParts(_ losses: [Double]) -> (apart: Double, together: Double) {
        var apart = 0.0
        var sums = InlineArray<17, Double>(repeating: 0)
        for section in sections {
            let maxima = section.nodeMaxima(losses)
            var largest = -Double.infinity
            for node in section.nodes.indices where maxima[node] > largest { largest = maxima[node] }
            apart += largest
            for (common, window) in section.windows.enumerated() {
                var inWindow = -Double.infinity
                for node in window where maxima[node] > inWindow { inWindow = maxima[node] }
                sums[common] += inWindow
            }
        }
        var together = sections.isEmpty ? 0 : -Double.infinity
        for common in commonWeights.indices where sums[common] > together { together = sums[common] }
        return (apart, together)
    }

    /// The joint scenario of the largest loss; the lowest numbers among equals.
    func worstChoice(_ losses: [Double]) -> Choice {
        let first = sections.map { Self.worstColumn(losses, Array($0.columns)) }
        guard !isSingle else { return Choice(first: first, second: first) }
        var best = -Double.infinity
        var second = first
        for common in commonWeights.indices {
            let columns = sections.map { Self.worstColumn(losses, $0.columns(near: common)) }
            let sum = columns.reduce(0.0) { $0 + losses[$1] }
            if sum > best { (best, second) = (sum, columns) }
        }
        return Choice(first: first, second: second)
    }

    /// A loss under one joint scenario.
    func loss(_ losses: [Double], under choice: Choice) -> Double {
        let first = choice.first.reduce(0.0) { $0 + losses[$1] }
        guard !isSingle else { return first }
        return (1 - kappa) * first + kappa * choice.second.reduce(0.0) { $0 + losses[$1] }
    }

    private static func worstColumn(_ losses: [Double], _ columns: [Int]) -> Int {
        columns.reduce(columns[0]) { losses[$1] > losses[$0] ? $1 : $0 }
    }
}

extension JointScenarios.Section {
    /// Columns of `W_u(c)`, ascending.
    func columns(near common: Int) -> [Int] { windows[common].flatMap { Array(nodes[$0]) } }

    /// The largest loss of each node.
    func nodeMaxima(_ losses: [Double]) -> InlineArray<25, Double> {
        var maxima = InlineArray<25, Double>(repeating: -.infinity)
        for (node, columns) in nodes.enumerated() {
            var largest = -Double.infinity
            for column in columns where losses[column] > largest { largest = losses[column] }
            maxima[node] = largest
        }
        return maxima
    }
}
