import MarginDomain

/// A set of risk parameters that somebody wants, and who agrees.
struct ParameterProposal: Sendable {
    let version: ParameterVersion
    let entries: [RiskParameters]
    let proposer: SourceID
    /// In order of time; never the proposer, each once.
    var approvals: [SourceID] = []

    /// Whether other entries name the same values, in whatever order and with whatever status.
    func isRestated(by others: [RiskParameters]) -> Bool { entries.restate(others) }
}

extension [RiskParameters] {
    /// Whether both lists name the same values, in whatever order and with whatever status and version.
    func restate(_ others: [RiskParameters]) -> Bool {
        func values(_ entries: [RiskParameters]) -> [String] {
            entries.map { entry in
                let model = entry.isOfMethod ? entry.model : .empty
                return "\(model) \(entry.path) \(entry.asset) \(entry.index) \(entry.value.billionths) \(entry.text)"
            }.sorted()
        }
        return count == others.count && values(self) == values(others)
    }
}
