public import MarginModel

extension DerivePortfolio {
    /// The gain under every scenario, and that of the basis behind them; the worst loss of each kind, as the published
    /// cases name them (`PMRM_2/portfolio_cases` of derivexyz/v2-core).
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        let book = try PortfolioBook(try DeriveAccount(question), question, self)
        guard let market = book.market else { return MethodDetail() }
        var detail = MethodDetail()
        var worst: [PortfolioScenario.Kind: Double] = [:]
        for (index, scenario) in scenarios.enumerated() {
            let gain = book.gain(scenario)
            worst[scenario.kind] = min(worst[scenario.kind] ?? gain, gain)
            detail.scenarios.append(
                MethodDetail.Scenario(
                    underlying: market.symbol, index: index, spotMove: scenario.spotFactor - 1,
                    label: "volatility \(scenario.volatility.rawValue)", gain: gain))
        }
        detail.scenarios.append(
            MethodDetail.Scenario(
                underlying: market.symbol, index: scenarios.count, spotMove: 0, label: "basis", gain: -book.basisLoss))
        for kind in PortfolioScenario.Kind.allCases {
            guard let gain = worst[kind] else { continue }
            detail.figures.append(
                MethodAnswer.Component("worst \(kind.rawValue)", initial: -gain, maintenance: -gain))
        }
        detail.figures.append(
            MethodAnswer.Component("basis loss", initial: book.basisLoss, maintenance: book.basisLoss))
        return detail
    }
}

extension PortfolioScenario {
    /// What kind of loss a scenario can be the worst of.
    fileprivate enum Kind: String, CaseIterable { case regular, tail, skew }

    fileprivate var kind: Kind { volatility.isRotation ? .skew : weight < 1 ? .tail : .regular }
}
