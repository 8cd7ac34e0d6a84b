import MarginDomain

/// What a member of a mutual pool is given, stands for, and why its share changed.
extension ExplanationText {
    func stakes(_ explanation: Explanation) -> [String] {
        guard let first = explanation.stakes.first else { return [] }
        let columns: [TextTable.Column] = [
            .init("member", .left), .init("equity"), .init("pledged"), .init("credit"), .init("may withdraw"),
            .init("", .left),
        ]
        let table = TextTable(
            columns,
            rows: explanation.stakes.map { stake in
                [
                    name(stake), DollarText.exact(stake.equity), DollarText.exact(stake.pledge),
                    DecimalText.percent(stake.credit), DollarText.exact(stake.withdrawable), remark(stake),
                ]
            })
        return [
            "Mutual pool \(first.mutualPool): credit of at most \(DecimalText.percent(first.beta)); "
                + "\(DollarText.exact(first.poolExcess)) left together in the worst case"
        ] + table.lines + [""] + causes(explanation)
    }

    private func causes(_ explanation: Explanation) -> [String] {
        let columns: [TextTable.Column] = [
            .init("share moved by", .left), .init("own"), .init("others"), .init("market"), .init("parameters"),
        ]
        return TextTable(
            columns,
            rows: explanation.stakes.map { stake in
                [name(stake)]
                    + [stake.own, stake.others, stake.market, stake.parameters].map { DollarText.exact($0) }
            }
        ).lines
    }

    private func name(_ stake: MutualStake) -> String {
        "account \(stake.account), pool \(stake.memberPool)"
    }

    private func remark(_ stake: MutualStake) -> String {
        let fence: String? =
            switch stake.ringFence {
            case .none: nil
            case .utilisation: "ring-fenced: little equity left by itself"
            case .concentration: "ring-fenced: too much of the pool's loss"
            case .searchSpent: "no credit for anybody: the search for it was given up"
            }
        let notice = stake.leaves == .zero ? nil : "leaves from \(TimeOfDayText.text(stake.leaves))"
        return [fence, notice].compactMap { $0 }.joined(separator: "; ")
    }
}
