import MarginDomain

extension ParametersAnswer {
    /// The set in a line.
    var line: String {
        "version \(version)  \(stage)\(notice)  \(values.count) values"
    }

    private var stage: String {
        if version.isOfEngine {
            return "\(inForce ? "in force" : "announced"), version \(base) with ranges that follow the market"
        }
        guard status == .effective else {
            return "\(status) by source \(proposer), approved by \(approvals.count) of \(approvalsNeeded)"
        }
        return inForce ? "in force" : "before it"
    }

    /// When the engine puts it in force.
    private var notice: String {
        takesEffect == .zero ? "" : ", \(inForce ? "alone " : "")from the next midnight (UTC)"
    }
}

extension ParameterValue {
    /// As an operator types it.
    var line: String {
        guard model == .empty else { return "\(model)/\(path)=\(text)" }
        let owner = asset.rawValue == 0 ? "" : "@\(asset)"
        let number = value.billionths == .max ? ".inf" : "\(value.fraction)"
        return "\(key)\(owner)\(index > 0 ? "[\(index)]" : "")=\(number)"
    }
}
