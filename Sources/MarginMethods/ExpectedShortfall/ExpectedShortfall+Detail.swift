public import MarginModel

extension ExpectedShortfall {
    /// The account's gain on every date of the look-back, orders left out, and every amount that the requirement is the
    /// largest of; which binds is in its components.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        let account = try Account(question)
        let held = try losses(of: question)
        var detail = MethodDetail()
        detail.scenarios = held.filtered.losses.enumerated().map { index, loss in
            MethodDetail.Scenario(
                underlying: "", index: index, spotMove: 0,
                label: "as on \(history.dates[held.filtered.first + index])", gain: -loss)
        }
        if parameters.rule != .grid {
            var withOrders = held
            withOrders.add(try scenarios.orderLosses(of: account))
            detail.figures = try figures(initial: withOrders, maintenance: held)
        }
        if parameters.rule != .shortfall, let grid {
            let answer = try grid.answer(question)
            let share = parameters.rule == .grid ? 1 : parameters.gridShare
            detail.figures.append(
                MethodAnswer.Component(
                    "default model's share", initial: share * answer.initialMargin,
                    maintenance: share * answer.maintenanceMargin))
        }
        return detail
    }

    private func figures(
        initial: LossVectors, maintenance: LossVectors
    ) throws(MethodFault) -> [MethodAnswer.Component] {
        let (first, second) = (parameters.initialConfidence, parameters.maintenanceConfidence)
        let more = try requirement(initial, confidence: first)
        let less = try requirement(maintenance, confidence: second)
        func tail(_ measure: ([Double], Double) -> Double) -> (Double, Double) {
            (measure(initial.filtered.losses, first), measure(maintenance.filtered.losses, second))
        }
        let weight = parameters.stress.weight
        let parts: [(String, (Double, Double))] = [
            ("value at risk", tail { TailMeasure.valueAtRisk($0, confidence: $1) }),
            ("expected shortfall", tail { parameters.tail.shortfall($0, confidence: $1) }),
            ("stressed", (more.stressed, less.stressed)), ("long run", (more.longRun, less.longRun)),
            (
                "weighted",
                (
                    max(0, (1 - weight) * more.filtered + weight * more.stressed),
                    max(0, (1 - weight) * less.filtered + weight * less.stressed)
                )
            ),
            ("stress floor", (parameters.stress.floor * more.stressed, parameters.stress.floor * less.stressed)),
            ("long-run floor", (parameters.longRunFloor * more.longRun, parameters.longRunFloor * less.longRun)),
        ]
        return parts.map { MethodAnswer.Component($0.0, initial: $0.1.0, maintenance: $0.1.1) }
    }
}
