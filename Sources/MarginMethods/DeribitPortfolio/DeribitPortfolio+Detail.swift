public import MarginModel

extension DeribitPortfolio {
    /// The cells of every risk matrix as they count: gains cut, the extended table weighed and damped.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        var detail = MethodDetail()
        for matrix in try matrices(of: question) {
            guard let asset = assets[matrix.asset] else { continue }
            let grid = DeribitGrid(asset, bucketsPerSide: bucketsPerSide, extendedMoves: extendedMoves)
            let place = matrix.name == matrix.asset ? "" : " of \(matrix.name)"
            let cells =
                zip(grid.standard, matrix.aggregated.standard).map { ($0, $1, "") }
                + zip(grid.extended, matrix.aggregated.extended).map { ($0, $1, ", extended") }
            detail.scenarios += cells.map { cell, gain, table in
                MethodDetail.Scenario(
                    underlying: matrix.asset, index: cell.index, spotMove: cell.move,
                    label: "volatility \(cell.volatility.rawValue)\(table)\(place)", gain: gain * matrix.dollarsPerUnit)
            }
            let worst = matrix.worstCase * matrix.dollarsPerUnit
            detail.figures.append(
                MethodAnswer.Component(
                    "worst cell \(matrix.name)", initial: worst, maintenance: maintenanceFactor * worst))
        }
        return detail
    }
}
