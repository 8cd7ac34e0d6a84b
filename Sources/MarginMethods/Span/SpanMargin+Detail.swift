public import MarginModel

extension SpanMargin {
    /// The sixteen scenarios of every commodity, and what its risk is the larger of.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        let requirement = try requirement(of: question)
        var detail = MethodDetail()
        for own in requirement.commodities {
            guard let terms = commodities[own.commodity] else { continue }
            let spot = try question.market(of: own.commodity).spot
            detail.scenarios += zip(scenarios, own.losses).enumerated().map { place, cell in
                let (scenario, loss) = cell
                return MethodDetail.Scenario(
                    underlying: own.commodity, index: place + 1,
                    spotMove: scenario.priceMove * terms.dollars(terms.priceScanRange, spot: spot) / spot,
                    label: "volatility \(scenario.volatility)", gain: -loss)
            }
            add("short option minimum", own.shortOptionMinimum, own, &detail)
            add("price risk", own.priceRisk, own, &detail)
            add("net option value", own.netOptionValue, own, &detail)
        }
        return detail
    }

    private func add(_ name: String, _ amount: Double, _ own: SpanCommodityRisk, _ detail: inout MethodDetail) {
        detail.figures.append(
            MethodAnswer.Component("\(name) \(own.commodity)", initial: amount, maintenance: amount))
    }
}
