extension BacktestText {
    var mutual: String {
        Self.table(
            "Mutual pools under the default model, books held for a month, members with exactly their shares",
            [
                "pool", "shares / alone (range)", "money that keeps the credit / alone", "pledges / alone",
                "β (range)", "fenced at the share: utilisation / concentration", "largest rise in a day: share / alone",
            ],
            report.mutual.map { row in
                [
                    row.pool, Self.ranged(row.ratio, row.ratioRange), Self.number(row.moneyRatio, 2),
                    Self.number(row.pledgeRatio, 2),
                    Self.ranged(row.beta, row.betaRange)
                        + (row.inexactDays > 0 ? ", given up on \(row.inexactDays) days" : ""),
                    "\(Self.percent(row.fencedForUtilisation, 0)) / \(Self.percent(row.fencedForConcentration, 0))",
                    "\(Self.percent(row.shareRise, 0)) / \(Self.percent(row.standAloneRise, 0))",
                ]
            })
            + "\n\n"
            + Self.table(
                "Mutual pools: days of \(report.mutual.first?.days ?? 0), 1 d / 2 d",
                [
                    "pool", "a member beyond its share", "beyond its stand-alone requirement", "not covered",
                    "not covered with the money that keeps the credit", "worst shortfall beyond pledges / alone",
                    "worst shortfall without a pool / alone",
                ],
                report.mutual.map { row in
                    func both(_ value: (BacktestReport.MutualRow.Horizon) -> String) -> String {
                        row.horizons.map(value).joined(separator: " / ")
                    }
                    return [
                        row.pool, both { "\($0.beyondShare)" }, both { "\($0.beyondStandAlone)" },
                        both { "\($0.uncovered)" }, both { "\($0.uncoveredWithMoney)" },
                        both { Self.number($0.worstShortfall, 3) }, both { Self.number($0.worstShortfallAlone, 3) },
                    ]
                })
    }

    private static func ranged(_ mean: Double, _ range: [Double]) -> String {
        "\(number(mean, 2)) (\(range.map { number($0, 2) }.joined(separator: "–")))"
    }
}
