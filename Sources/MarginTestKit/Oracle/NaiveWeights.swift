import MarginDomain

/// How much each column counts in the shares of a one-owner pool: paragraph 10 of the page.
struct NaiveWeights {
    /// `π_u` by canonical index, underlyings ascending.
    private(set) var pi: [(u: AssetID, weights: [Double])] = []

    private let scan: NaiveScan
    private let parameters: NaiveParameters
    private let epsilon: Double

    init(_ scan: NaiveScan, _ parameters: NaiveParameters) {
        self.scan = scan
        self.parameters = parameters
        epsilon = 0.05 * scan.scan
        let kappa = parameters["kappa"]
        for u in scan.underlyings {
            let count = losses(u).count
            if scan.scan <= 0 {
                pi.append((u, Array(repeating: 0, count: count)))
                continue
            }
            let p = nearness(Array(0..<count), of: u, behind: 0, share: 1)
            guard scan.underlyings.count > 1 else {
                pi.append((u, p))
                continue
            }
            let q = secondChoices(u)
            pi.append((u, zip(p, q).map { (1 - kappa) * $0 + kappa * $1 }))
        }
    }

    /// `ℓ_u` of the pool.
    private func losses(_ u: AssetID) -> [Double] { scan.g[u, default: []].map { Double(quanta: -$0) } }

    /// A share spread over some columns in proportion to `max(0, ℓ − max ℓ − behind + ε)`; nothing for the others.
    private func nearness(_ columns: [Int], of u: AssetID, behind: Double, share: Double) -> [Double] {
        let losses = losses(u)
        let largest = columns.map { losses[$0] }.max() ?? 0
        var weights = Array(repeating: 0.0, count: losses.count)
        for column in columns { weights[column] = max(0, losses[column] - largest - behind + epsilon) }
        let sum = weights.reduce(0, +)
        return weights.map { share * ($0 / sum) }
    }

    /// `q_u`.
    private func secondChoices(_ u: AssetID) -> [Double] {
        let nodes = NaiveScan.commonNodes(parameters)
        let B = nodes.map { c in
            scan.underlyings.map { v in window(c, of: v).map { losses(v)[$0] }.max() ?? 0 }.reduce(0, +)
        }
        let worst = B.max() ?? 0
        let counts = nodes.indices.map { v($0, nodes) * max(0, B[$0] - worst + epsilon) }
        let sum = counts.reduce(0, +)
        var q = Array(repeating: 0.0, count: losses(u).count)
        for (place, c) in nodes.enumerated() where counts[place] > 0 {
            let own = nearness(window(c, of: u), of: u, behind: worst - B[place], share: counts[place] / sum)
            for column in q.indices { q[column] += own[column] }
        }
        return q
    }

    /// The columns of `W_u(c)`.
    private func window(_ c: NaiveColumn.Node, of u: AssetID) -> [Int] {
        let w = parameters.underlyings[u]?.window.fraction ?? 8
        let columns = scan.columns[u, default: []]
        return columns.indices.filter { NaiveScan.isInWindow(columns[$0].node, of: c, w: w, parameters) }
    }

    /// `v_c`.
    private func v(_ place: Int, _ nodes: [NaiveColumn.Node]) -> Double {
        guard case .tail(let own) = nodes[place] else { return 1 }
        let tails = parameters.tails
        return 1 / Double(tails.filter { ($0.billionths < 0) == (tails[own].billionths < 0) }.count)
    }
}
