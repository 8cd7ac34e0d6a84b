import CMarginKernels
import MarginDomain

extension UnderlyingBook {
    /// Makes the tangents those of the present rows.
    ///
    /// - Returns: whether there was anything to do.
    mutating func renewTangents(_ parameters: ParameterSet) -> Bool {
        guard sensitivities.stamp != table.stamp else { return false }
        sensitivities.stamp = table.stamp
        sensitivities.cover(rows: contracts.instruments.count, halfSteps: table.hasHalfSteps)
        for (number, group) in contracts.groups.enumerated() where regions.isBounded(group: number) {
            if let curve = table.curveOfGroup[number], !group.options.isEmpty {
                let terms = curve.terms(parameters, halfSteps: table.hasHalfSteps)
                sensitivities.follow(group.options, terms, table.moves)
            }
            for row in group.markedRows where table.isPriced(row: row) {
                let isInverse = contracts.instruments[row]?.contract.settlement == .inverse
                sensitivities.follow(row: row, of: table, isInverse: isInverse)
            }
        }
        return true
    }

    /// Makes a box one in which the market is well inside.
    ///
    /// - Returns: whether there was anything to do.
    mutating func renewBox(_ number: Int, _ parameters: ParameterSet) -> Bool {
        let box = sensitivities.boxes[number]
        if box.spot > 0, abs(table.spot / box.spot - 1) <= box.spotReach / 2, regions.gone(from: box) <= box.width / 2 {
            return false
        }
        sensitivities.boxes[number].spot = table.spot
        sensitivities.boxes[number].middle = MarketPoint(self)
        sensitivities.boxes[number].gone = regions.extra
        sensitivities.boxes[number].cover(rows: contracts.instruments.count, halfSteps: table.hasHalfSteps)
        guard let own = parameters.underlying(asset.id) else { return true }
        for (group, contracts) in contracts.groups.enumerated() where regions.isBounded(group: group) {
            let basisRate = table.charges[group][mk_expiry_phi]
            let perYear = own.basisPerYear * table.yearsOfGroup[group]
            if let curve = table.curveOfGroup[group], !contracts.options.isEmpty {
                sensitivities.boxes[number].bound(
                    contracts.options, curve.terms(parameters, halfSteps: table.hasHalfSteps),
                    box.terms(basisRate: basisRate, growingWithTime: perYear), table.moves)
            }
            for row in contracts.markedRows where table.isPriced(row: row) {
                let funding = abs(Rate(table.fundingOfRow[row]).fraction)
                sensitivities.boxes[number].bound(
                    row: row, of: table, charge: basisRate + funding, growingWithTime: perYear)
            }
        }
        return true
    }
}
