public import MarginDomain

/// Where a pool's margin comes from, for people: levels, components, binding moves, worst scenarios, inputs, shares.
public struct ExplanationText: Sendable {
    let names: Nomenclature
    /// Scenarios shown of each underlying; the answer itself has them all.
    let scenarioCountMax: Int

    public init(_ names: Nomenclature, scenarioCountMax: Int = 5) {
        self.names = names
        self.scenarioCountMax = scenarioCountMax
    }

    /// The whole text, ending without a line break.
    public func text(_ explanation: Explanation) -> String {
        [
            head(explanation), levels(explanation), settlements(explanation), components(explanation),
            parts(explanation, adding: true), parts(explanation, adding: false), binding(explanation),
            scenarios(explanation), methodScenarios(explanation), inputs(explanation), members(explanation),
            stakes(explanation),
        ].filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private func head(_ explanation: Explanation) -> [String] {
        let fate = explanation.committed ? "committed" : "not yet committed"
        return [
            "Pool \(explanation.pool) is \(explanation.state.words) at \(TimeOfDayText.text(explanation.eventTime))",
            "record \(explanation.record), \(fate); last moved by \(explanation.cause.words); "
                + "parameters version \(explanation.parameterVersion)"
                + (explanation.stale ? "; a price it depends on is not trusted" : ""),
        ] + withoutMargin(explanation)
    }

    /// Why there is none, in what place, and what cures it.
    private func withoutMargin(_ explanation: Explanation) -> [String] {
        guard let sentence = explanation.noMargin.sentence(naming: names.name, names.name) else { return [] }
        let said = explanation.methodFault.isEmpty ? [] : ["its method says: \(explanation.methodFault)"]
        return ["no margin: \(sentence)"] + said
    }

    private func levels(_ explanation: Explanation) -> [String] {
        let rows: [(String, Value, Value?)] = [
            ("equity", explanation.equity, explanation.equityChange),
            ("initial margin", explanation.initialMargin, explanation.initialMarginChange),
            ("release level", explanation.releaseMargin, nil),
            ("maintenance margin", explanation.maintenanceMargin, explanation.maintenanceMarginChange),
            ("excess over maintenance", explanation.excess, nil),
        ]
        let table = TextTable(
            [.init("", .left), .init("USD"), .init("change")],
            rows: rows.map { [$0.0, DollarText.exact($0.1), $0.2.map { signed($0) } ?? ""] })
        return table.lines + ["utilisation \(DecimalText.percent(explanation.utilisation))"]
    }

    private func components(_ explanation: Explanation) -> [String] {
        let present = explanation.components.filter { $0.initial != .zero || $0.maintenance != .zero }
        guard !present.isEmpty else { return ["No component of the requirement is above zero."] }
        let columns: [TextTable.Column] = [.init("component", .left), .init("initial"), .init("maintenance")]
        return TextTable(
            columns,
            rows: present.map {
                [$0.component.words, DollarText.exact($0.initial), DollarText.exact($0.maintenance)]
            }
        ).lines
    }

    private func binding(_ explanation: Explanation) -> [String] {
        explanation.binding.map { binding in
            guard binding.scenario >= 0 else { return "\(names.name(binding.underlying)): no move makes a loss" }
            return "\(names.name(binding.underlying)): worst at spot \(DecimalText.move(binding.node)), "
                + "\(binding.shape.words), a loss of \(DollarText.exact(binding.loss))"
        }
    }

    private func scenarios(_ explanation: Explanation) -> [String] {
        let underlyings = Set(explanation.scenarios.map(\.underlying)).sorted()
        let worst = underlyings.flatMap { underlying in
            explanation.scenarios.filter { $0.underlying == underlying }
                .sorted { ($0.gain, $0.scenario) < ($1.gain, $1.scenario) }
                .prefix(scenarioCountMax)
        }
        guard !worst.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init("worst moves of", .left), .init("spot"), .init("volatility", .left), .init("gain USD"),
        ]
        return TextTable(
            columns,
            rows: worst.map {
                [names.name($0.underlying), DecimalText.move($0.node), $0.shape.words, DollarText.exact($0.gain)]
            }
        ).lines
    }

    private func members(_ explanation: Explanation) -> [String] {
        guard explanation.members.count > 1 else { return [] }
        let columns: [TextTable.Column] = [
            .init("member", .left), .init("alone"), .init("share"), .init("maintenance share"),
        ]
        return TextTable(
            columns,
            rows: explanation.members.map { member in
                let isolated = member.instrument.isPresent ? " \(names.name(member.instrument))" : ""
                return [
                    "account \(member.account)\(isolated)", DollarText.exact(member.standAlone),
                    DollarText.exact(member.share), DollarText.exact(member.maintenanceShare),
                ]
            }
        ).lines
    }

    private func signed(_ value: Value) -> String { (value > .zero ? "+" : "") + DollarText.exact(value) }
}
