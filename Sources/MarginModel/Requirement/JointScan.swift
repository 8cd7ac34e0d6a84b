import CMarginKernels
import MarginDomain

/// Credit between underlyings: the part `B` of the scan, in which all of them move near a common node `c`.
struct JointScan {
    /// `Σ_u min_{j ∈ W_u(c)} G_u(j)`: the common nodes −4…+3, then +4 in the first lane, then the tails.
    private var nodes = SIMD8<Double>.zero
    private var last = SIMD8<Double>.zero
    private var tails = SIMD8<Double>.zero

    mutating func add(_ minima: JointMinima) {
        nodes += minima.nodes
        last += minima.last
        tails += minima.tails
    }

    /// `B`.
    var least: Double {
        var least = last[0]
        for lane in 0..<8 {
            if nodes[lane] < least { least = nodes[lane] }
            if tails[lane] < least { least = tails[lane] }
        }
        return least
    }
}

/// `min_{j ∈ W_u(c)} G_u(j)` of one underlying, as the kernel leaves it.
struct JointMinima {
    let nodes: SIMD8<Double>
    let last: SIMD8<Double>
    let tails: SIMD8<Double>
}

extension ExposureArena {
    /// Of a section that asked for them, as of its last scan.
    func jointMinima(of section: Int) -> JointMinima {
        let first = Int(sections[section].nodes) * mk_joint_vectors
        return JointMinima(
            nodes: nodes[first + mk_joint_nodes], last: nodes[first + mk_joint_last],
            tails: nodes[first + mk_joint_tails])
    }
}
