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
        func values(_ entries: [RiskParameters]) -> [ParameterValue] {
            entries.map(ParameterValue.init).sorted { left, right in
                let (one, two) = (left.key.description, right.key.description)
                if one != two { return one < two }
                return (left.asset, left.index, left.value.billionths) < (
                    right.asset, right.index, right.value.billionths
                )
            }
        }
        return count == others.count && values(self) == values(others)
    }
}

extension ParameterValue {
    init(_ entry: RiskParameters) {
        self.init(key: entry.key, asset: entry.asset, index: entry.index, value: entry.value)
    }
}
