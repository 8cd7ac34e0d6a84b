import CMarginKernels
import MarginDomain

/// The scenario columns of one underlying: which spot move and which volatility shape each stands for.
///
/// Rows keep columns in the order that suits the kernel (`CMarginKernels.h`); published scenario vectors are in the
/// canonical order of docs/margin-model.md §3. This type is the only place that knows both.
struct ScenarioGrid: Equatable, Sendable {
    /// `R`.
    let range: Double
    let tails: [Double]
    /// Weight of each tail.
    let damping: [Double]
    let halfSteps: Bool

    init(range: Double, scan: ParameterSet.Scan, halfSteps: Bool) {
        self.range = range
        tails = scan.tails
        damping = scan.tails.map { move in
            let weight = (scan.tailDamping * range) / abs(move)
            return weight < 1 ? weight : 1
        }
        self.halfSteps = halfSteps
    }

    /// Twice the node numbers of the ordinary moves in lane order, and of the half steps.
    static let doubledNodes = [-8, -6, -4, -2, 2, 4, 6, 8]
    static let doubledHalfNodes = [-7, -5, -3, -1, 1, 3, 5, 7]

    /// `m_j = (j·R)/4`.
    func move(doubledNode: Int) -> Double { (Double(doubledNode) / 2 * range) / 4 }

    /// As the kernels take it: the ordinary moves, the tails, the half steps, the weights of the tails.
    var vectors: [SIMD8<Double>] {
        [
            SIMD8(Self.doubledNodes.map { move(doubledNode: $0) }), SIMD8(tails),
            SIMD8(Self.doubledHalfNodes.map { move(doubledNode: $0) }), SIMD8(damping),
        ]
    }

    /// One scenario column.
    struct Column: Equatable, Sendable {
        let move: Double
        /// Weight of the move.
        let damping: Double
        let shape: VolatilityShape
        let place: Place
    }

    /// Where a column lies in a row.
    enum Place: Equatable, Sendable {
        case row(vector: Int, lane: Int)
        case half(vector: Int, lane: Int)
    }

    /// All columns; the position is the canonical index.
    var columns: [Column] {
        var list: [Column] = []
        let nodes = halfSteps ? Array(-8...8) : Array(stride(from: -8, through: 8, by: 2))
        for node in nodes {
            for shape in VolatilityShape.allCases {
                list.append(
                    Column(
                        move: move(doubledNode: node), damping: 1, shape: shape,
                        place: Self.place(doubledNode: node, shape: Int(shape.rawValue))))
            }
        }
        for (lane, move) in tails.enumerated() {
            for (vector, shape) in [(mk_tail_flat, VolatilityShape.upFlat), (mk_tail_steep, .upSteep)] {
                list.append(
                    Column(
                        move: move, damping: damping[lane], shape: shape,
                        place: .row(vector: vector, lane: lane)))
            }
        }
        return list
    }

    static func place(doubledNode node: Int, shape: Int) -> Place {
        if node == 0 { return .row(vector: mk_centre, lane: shape) }
        if let lane = doubledNodes.firstIndex(of: node) { return .row(vector: shape, lane: lane) }
        guard let lane = doubledHalfNodes.firstIndex(of: node) else { preconditionFailure("no such node") }
        return .half(vector: shape, lane: lane)
    }
}
