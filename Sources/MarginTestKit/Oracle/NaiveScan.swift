import MarginDomain

/// The scan over scenarios: paragraph 6 of the page.
struct NaiveScan {
    /// Held, or ordered where orders count; ascending.
    let underlyings: [AssetID]
    /// `g_u(col)`, or `g°_u(col)` with orders, by canonical index.
    var g: [AssetID: [Int128]] = [:]
    /// The columns of each underlying.
    var columns: [AssetID: [NaiveColumn]] = [:]
    /// The loss of the portfolio, in quanta; not negative.
    var scan = 0.0
    /// Of each underlying with a loss, ascending.
    var binding: [Binding] = []

    /// The scan of maintenance margin, or `scan°` with the orders that initial margin sees.
    init(_ book: NaiveBook, _ requirement: NaiveRequirement = .maintenance) {
        let ordered = requirement == .initial ? book.fills.map(\.u) : []
        underlyings = Set(book.underlyings + ordered).sorted()
        for u in underlyings {
            columns[u] = book.columns(of: u)
            g[u] = Self.gains(of: u, book, requirement)
        }
        scan = loss(book.parameters)
        for u in underlyings { appendBinding(of: u) }
    }

    /// What several would gain together, over underlyings that some of them do not have.
    init(adding scans: [NaiveScan], over underlyings: [AssetID], _ parameters: NaiveParameters) {
        self.underlyings = underlyings
        for scan in scans {
            for (u, gains) in scan.g {
                columns[u] = scan.columns[u]
                g[u] = g[u].map { zip($0, gains).map { $0 + $1 } } ?? gains
            }
        }
        scan = loss(parameters)
    }

    /// `g_u(col) = Σ q_i·g_i(col) + [C_u·d·m]`, and `Σ_o min(0, h_o(col))` more where orders count.
    static func gains(of u: AssetID, _ book: NaiveBook, _ requirement: NaiveRequirement) -> [Int128] {
        var gains: [Int128] = []
        let lines = book.lines(of: u)
        let C = Double(quanta: book.C[u, default: 0])
        for (index, column) in book.columns(of: u).enumerated() {
            let coin = (C * column.d) * column.m
            var gain = Int128(integral: (coin + 0x1.8p52) - 0x1.8p52)
            for line in lines { gain += line.q * line.row.g[index] }
            if requirement == .initial {
                for fill in book.fills where fill.u == u { gain += fill.loss(index, column) }
            }
            gains.append(gain)
        }
        return gains
    }

    /// `G_u(j) = min over shapes of g_u(j, v)`, in canonical order of the nodes.
    private func G(_ u: AssetID) -> [(node: NaiveColumn.Node, gain: Double)] {
        var G: [(node: NaiveColumn.Node, gain: Double)] = []
        for (column, gain) in zip(columns[u, default: []], g[u, default: []]) {
            let gain = Double(quanta: gain)
            if let last = G.last, last.node == column.node {
                G[G.count - 1].gain = min(last.gain, gain)
            } else {
                G.append((column.node, gain))
            }
        }
        return G
    }

    /// `scan` of one or several underlyings.
    private func loss(_ parameters: NaiveParameters) -> Double {
        let G = underlyings.map { (u: $0, nodes: self.G($0)) }
        let least = G.map { $0.nodes.map(\.gain).min() ?? 0 }
        if G.isEmpty { return 0 }
        if G.count == 1 { return 0 - least[0] }

        var A = 0.0
        for gain in least { A += gain }
        var B = Double.infinity
        for c in Self.commonNodes(parameters) {
            var sum = 0.0
            for (u, nodes) in G {
                let w = parameters.underlyings[u]?.window.fraction ?? 8
                let window = nodes.filter { Self.isInWindow($0.node, of: c, w: w, parameters) }
                sum += window.map(\.gain).min() ?? 0
            }
            B = min(B, sum)
        }
        let kappa = parameters["kappa"]
        return 0 - ((1 - kappa) * A + kappa * B)
    }

    /// `c`: the nine quarter nodes and the tails.
    static func commonNodes(_ parameters: NaiveParameters) -> [NaiveColumn.Node] {
        (-4...4).map { .ordinary(Double($0)) } + parameters.tails.indices.map { .tail($0) }
    }

    /// Whether a node lies in `W_u(c)`.
    static func isInWindow(
        _ j: NaiveColumn.Node, of c: NaiveColumn.Node, w: Double, _ parameters: NaiveParameters
    ) -> Bool {
        if w >= 8 { return true }
        switch (j, c) {
        case (.ordinary(let j), .ordinary(let c)): return (j - c).magnitude <= w
        case (.tail, .ordinary): return false
        case (.ordinary(let j), .tail(let c)): return j == (parameters.tails[c].billionths < 0 ? -4 : 4)
        case (.tail(let j), .tail(let c)): return j == c
        }
    }

    /// The column of the smallest gain, the lowest index among equals; none when that is not a loss.
    private mutating func appendBinding(of u: AssetID) {
        guard let gains = g[u], let least = gains.min(), least < 0, let index = gains.firstIndex(of: least),
            let column = columns[u]?[index]
        else { return }
        binding.append(
            Binding(
                underlying: u, node: Ratio(decimal: column.m), shape: column.shape, scenario: Int16(index),
                loss: Value(saturating: -least)))
    }
}
