import MarginDomain

/// What a published method says of its requirement.
extension ExplanationText {
    /// - Parameter adding: what sums to the requirement, or else the amounts that this was chosen from.
    func parts(_ explanation: Explanation, adding: Bool) -> [String] {
        let parts = explanation.parts.filter { $0.adds == adding }
        guard !parts.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init(adding ? "made of" : "chosen from", .left), .init("initial"), .init("maintenance"),
        ]
        return TextTable(
            columns, rows: parts.map { [$0.name, DollarText.exact($0.initial), DollarText.exact($0.maintenance)] }
        ).lines
    }

    /// The worst of each underlying, and those that bind.
    func methodScenarios(_ explanation: Explanation) -> [String] {
        let worst = Set(explanation.methodScenarios.map(\.underlying)).sorted().flatMap { underlying in
            explanation.methodScenarios.filter { $0.underlying == underlying }
                .sorted { ($0.gain, $0.scenario) < ($1.gain, $1.scenario) }
                .prefix(scenarioCountMax)
        }
        guard !worst.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init("worst scenarios of", .left), .init("spot"), .init("", .left), .init("gain USD"), .init("", .left),
        ]
        return TextTable(
            columns,
            rows: worst.map { scenario in
                let isWhole = scenario.underlying == AssetID(0)
                return [
                    isWhole ? "everything" : names.name(scenario.underlying),
                    isWhole ? "" : DecimalText.move(scenario.node), scenario.label, DollarText.exact(scenario.gain),
                    scenario.binds ? "binds" : "",
                ]
            }
        ).lines
    }
}
