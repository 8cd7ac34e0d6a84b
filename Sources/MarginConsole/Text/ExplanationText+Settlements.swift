import MarginDomain

extension ExplanationText {
    /// The levels in what the pool's positions settle in.
    func settlements(_ explanation: Explanation) -> [String] {
        guard !explanation.settlements.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init("settled in", .left), .init("equity"), .init("initial margin"), .init("release level"),
            .init("maintenance margin"),
        ]
        return TextTable(
            columns,
            rows: explanation.settlements.map { amounts in
                [
                    names.name(amounts.asset), names.amount(amounts.equity, of: amounts.asset),
                    names.amount(amounts.initialMargin, of: amounts.asset),
                    names.amount(amounts.releaseMargin, of: amounts.asset),
                    names.amount(amounts.maintenanceMargin, of: amounts.asset),
                ]
            }
        ).lines
    }
}
