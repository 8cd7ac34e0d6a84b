import MarginDomain

/// Credit between underlyings: the part `B` of the scan, in which all of them move near a common node `c`.
struct JointScan {
    /// `Σ_u min_{j ∈ W_u(c)} G_u(j)` for the nine quarter nodes −4…4, then the tails.
    private var sums = InlineArray<17, Double>(repeating: 0)

    /// Adds an underlying: its window `w_u`, its tails, and its node minima.
    mutating func add(window: Int, tails: [Double], _ minima: NodeMinima) {
        let (ordinary, tailMinima, half, centre) = (minima.ordinary, minima.tails, minima.half, minima.centre)
        let isWhole = window >= UnderlyingParameters.wholeWindow
        func minimum(near doubledNode: Int) -> Double {
            let reach = 2 * window
            var least = isWhole || abs(doubledNode) <= reach ? centre : .infinity
            for lane in 0..<8 {
                if isWhole || abs(ScenarioGrid.doubledNodes[lane] - doubledNode) <= reach, ordinary[lane] < least {
                    least = ordinary[lane]
                }
                if isWhole || abs(ScenarioGrid.doubledHalfNodes[lane] - doubledNode) <= reach, half[lane] < least {
                    least = half[lane]
                }
                if isWhole, tailMinima[lane] < least { least = tailMinima[lane] }
            }
            return least
        }
        let whole = isWhole ? minimum(near: 0) : 0
        for node in 0..<9 { sums[node] += isWhole ? whole : minimum(near: 2 * (node - 4)) }
        for lane in 0..<8 {
            let edge = tails[lane] < 0 ? ordinary[0] : ordinary[7]
            let least = tailMinima[lane] < edge ? tailMinima[lane] : edge
            sums[9 + lane] += isWhole ? whole : least
        }
    }

    /// `B`.
    var least: Double {
        var least = Double.infinity
        for node in sums.indices where sums[node] < least { least = sums[node] }
        return least
    }
}
