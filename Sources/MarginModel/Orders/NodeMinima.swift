import CMarginKernels
import MarginDomain

/// `G_u(j)`: the least gain of an underlying at each node, and what pools of several underlyings need of it.
///
/// The plain twin of what the scan kernel does with its vectors, for gains that the kernel cannot sum up.
struct NodeMinima {
    /// Nodes −4…4, with half steps between them if the grid has them.
    private let ordinary: [Double]
    private let tails: [Double]
    private let grid: ScenarioGrid

    /// - Parameter gains: of every column, in canonical order.
    init(_ gains: [Double], _ grid: ScenarioGrid) {
        let shapes = VolatilityShape.allCases.count
        let count = grid.halfSteps ? 17 : 9
        func least(_ first: Int, _ count: Int) -> Double {
            gains[first..<first + count].reduce(.infinity) { $1 < $0 ? $1 : $0 }
        }
        ordinary = (0..<count).map { least($0 * shapes, shapes) }
        tails = grid.tails.indices.map { least(count * shapes + $0 * 2, 2) }
        self.grid = grid
    }

    /// `min_j G_u(j)`.
    var worst: Double { (ordinary + tails).reduce(.infinity) { $1 < $0 ? $1 : $0 } }

    /// `min_{j ∈ W_u(c)} G_u(j)`.
    func joint(window: Int) -> JointMinima {
        guard window < UnderlyingParameters.wholeWindow else {
            var last = SIMD8<Double>(repeating: .infinity)
            last[0] = worst
            return JointMinima(nodes: SIMD8(repeating: worst), last: last, tails: SIMD8(repeating: worst))
        }
        let step = grid.halfSteps ? 2 : 1
        func around(_ node: Int) -> Double {
            let places = max(0, (node - window) * step)...min(ordinary.count - 1, (node + window) * step)
            return ordinary[places].reduce(.infinity) { $1 < $0 ? $1 : $0 }
        }
        var (nodes, beyond) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        var last = SIMD8<Double>(repeating: .infinity)
        for lane in 0..<8 {
            nodes[lane] = around(lane)
            let edge = grid.tails[lane] < 0 ? ordinary[0] : ordinary[ordinary.count - 1]
            beyond[lane] = tails[lane] < edge ? tails[lane] : edge
        }
        last[0] = around(8)
        return JointMinima(nodes: nodes, last: last, tails: beyond)
    }
}
