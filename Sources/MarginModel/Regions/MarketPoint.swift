import CMarginKernels
import MarginDomain

/// Where the market of one underlying stands in everything but spot, so that widths can be measured from there.
///
/// Two points are compared only while nothing was listed or taken off between them: places stay what they are.
struct MarketPoint: Sendable {
    /// By expiry group; without a curve all but the time are 0.
    var groups: [Group] = []
    /// σ by row, 0 where there is none.
    var volatilities: [Double] = []
    /// M/S by row, 0 where there is none.
    var marks: [Double] = []

    struct Group: Sendable {
        var years: Double
        /// F/S.
        var basis: Double
        /// r·τ.
        var carry: Double
        var surfaceVersion: Int
    }

    init() {}

    init(_ book: borrowing UnderlyingBook) {
        let spot = book.table.spot
        volatilities = [Double](repeating: 0, count: book.contracts.instruments.count)
        marks = book.table.markOfRow.map { $0 / spot }
        for (number, group) in book.contracts.groups.enumerated() {
            let years = book.table.yearsOfGroup[number]
            let curve = book.table.curveOfGroup[number]
            groups.append(
                Group(
                    years: years, basis: (curve?.forward ?? 0) / spot, carry: (curve?.rate ?? 0) * years,
                    surfaceVersion: group.surfaceVersion))
            for option in group.options { volatilities[Int(option.row)] = option.volatility }
        }
    }
}

extension UnderlyingBook {
    /// The width between the market as it is and an earlier point.
    ///
    /// What no region may depend on is not measured: expiries that are not bounded, rows without numbers.
    func width(from point: MarketPoint) -> Double {
        var width = 0.0
        for (number, group) in contracts.groups.enumerated() where regions.isBounded(group: number) {
            let before = point.groups[number]
            let years = table.yearsOfGroup[number]
            var moved = 0.0
            if group.expiry != .zero {
                moved = regions.timeFactor(ofGroup: number) * RegionMetric.distance(before.years / years)
            }
            if let curve = table.curveOfGroup[number] {
                if group.surfaceVersion != before.surfaceVersion { moved += volatilityMove(of: group, from: point) }
                let basis = RegionMetric.distance(curve.forward / table.spot / before.basis) / RegionMetric.basis
                let carry = abs(curve.rate * years - before.carry) / RegionMetric.carry
                moved = max(moved, max(basis, carry))
            }
            width = max(width, moved)
            for row in group.markedRows where table.markOfRow[row] > 0 && point.marks[row] > 0 {
                let ratio = table.markOfRow[row] / table.spot / point.marks[row]
                width = max(width, RegionMetric.distance(ratio) / RegionMetric.basis)
            }
        }
        return width
    }

    /// The largest relative move of any volatility of an expiry.
    private func volatilityMove(of group: ContractTable.ExpiryGroup, from point: MarketPoint) -> Double {
        var (least, most) = (1.0, 1.0)
        for option in group.options {
            let before = point.volatilities[Int(option.row)]
            // From or to nothing is as far as can be.
            let ratio = before > 0 ? option.volatility / before : option.volatility > 0 ? .infinity : 1
            least = min(least, ratio)
            most = max(most, ratio)
        }
        return least > 0 ? max(most - 1, 1 / least - 1) : .infinity
    }
}
