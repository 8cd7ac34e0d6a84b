import Foundation

/// The report as tables of Markdown, to be read and to be put into `docs/risk-quality.md`.
struct BacktestText {
    let report: BacktestReport

    var text: String {
        var parts = [
            "Data \(report.data.first) to \(report.data.last); parameters chosen on margins to \(report.split)."
        ]
        parts += report.notes.map { "Note: \($0)" }
        parts += report.coverage.map(coverage)
        if !report.forecasts.isEmpty { parts.append(forecasts) }
        if !report.crashes.isEmpty { parts.append(crashes) }
        if !report.intraday.isEmpty { parts.append(intraday) }
        parts.append(pools)
        if !report.mutual.isEmpty { parts.append(mutual) }
        parts.append(books)
        if !report.dynamics.isEmpty { parts.append(dynamics) }
        if !report.frontier.isEmpty { parts.append(frontier) }
        return parts.joined(separator: "\n\n")
    }

    private func coverage(_ table: BacktestReport.CoverageTable) -> String {
        let title =
            "\(table.kind) books, \(table.holdingDays) d, \(table.period) "
            + "(\(table.span.first) to \(table.span.last), \(table.span.days) days)"
            + (table.isEqualised ? ", at equal coverage to the split" : "")
        return Self.table(
            title,
            [
                "model", "avg margin", "exceeded (95 %)", "worst book", "worst loss / margin", "margin / 99 % loss",
                "rise 1 / 5 / 30 d", "peak / trough", "sd", "shortfall", "Kupiec high / low", "clustered",
            ],
            table.rows.map { row in
                [
                    row.model + (table.isEqualised ? " × \(Self.number(row.multiplier, 2))" : ""),
                    Self.percent(row.average, 1),
                    "\(row.exceedances) = \(Self.percent(row.exceededShare, 2)) "
                        + "[\(row.interval.map { Self.number(100 * $0, 2) }.joined(separator: ", "))]",
                    "\(Self.percent(row.worstBookShare, 2)) \(row.worstBook)", Self.number(row.worstShortfall, 2),
                    Self.number(row.coverRatio, 2),
                    row.rises.map { Self.number(100 * $0, 0) }.joined(separator: " / ") + " %",
                    Self.number(row.peakToTrough, 2), Self.number(row.changeDeviation, 4),
                    Self.number(row.totalShortfall, 2), "\(row.rejectedHigh) / \(row.rejectedLow)",
                    "\(row.clustered)",
                ]
            })
    }

    private var forecasts: String {
        Self.table(
            "Acerbi and Szekely's Z₂ at 97.5 %, linear books, without stress",
            ["model", "Z₂ of all days: worst book", "median book", "windows of 250 days below −0.70"],
            report.forecasts.map { row in
                let sorted = row.statistics.sorted()
                return [
                    row.model, Self.number(sorted.first ?? 0, 2), Self.number(sorted[sorted.count / 2], 2),
                    "\(row.rejected) of \(row.windows)",
                ]
            })
    }

    private var crashes: String {
        let windows = report.crashes.reduce(into: [String]()) { if !$0.contains($1.window) { $0.append($1.window) } }
        let models = report.crashes.reduce(into: [String]()) { if !$0.contains($1.model) { $0.append($1.model) } }
        return Self.table(
            "Crashes: exceedances of all linear books / worst loss over margin / rise of the median book",
            ["model"] + windows,
            models.map { model in
                [model]
                    + report.crashes.filter { $0.model == model }.map {
                        "\($0.exceedances) / \(Self.number($0.worstShortfall, 2)) / \(Self.percent($0.rise, 0))"
                    }
            })
    }

    private var intraday: String {
        let rows = report.intraday
        return Self.table(
            "On the way: margin at the close, worst hourly price of the day after, \(rows[0].first) to \(rows[0].last), "
                + "\(rows[0].bookDays) book-days of one perpetual",
            ["model", "exceeded at the close", "exceeded on the way", "worst loss / margin: close", "on the way"],
            rows.map { row in
                [
                    row.model, "\(row.exceededAtClose)", "\(row.exceededOnTheWay)", Self.number(row.worstAtClose, 2),
                    Self.number(row.worstOnTheWay, 2),
                ]
            })
    }

    private var pools: String {
        Self.table(
            "Pools, netted, under expected-shortfall IM",
            [
                "pool", "pool / sum (range)", "exceeded: pool / sum / half of each", "short days the sum covers",
                "shortfall in average sums: alone / pool / half of each",
            ],
            report.pools.map { row in
                [
                    row.pool,
                    "\(Self.number(row.ratio, 2)) (\(row.ratioRange.map { Self.number($0, 2) }.joined(separator: "–")))",
                    [row.exceeded, row.exceededBySum, row.exceededByBlend].map { Self.percent($0, 2) }
                        .joined(separator: " / "),
                    "\(row.wouldHaveCovered) of \(row.shortDays)",
                    [row.shortfallAlone, row.shortfallPool, row.shortfallBlend].map { Self.number($0, 2) }
                        .joined(separator: " / "),
                ]
            })
    }

    private var books: String {
        Self.table(
            "Book by book, 1 d, all days",
            [
                "model", "book", "avg margin", "exceeded", "Kupiec p", "binomial p", "Christoffersen p",
                "worst loss / margin",
            ],
            report.books.map { row in
                [
                    row.model, row.book, Self.percent(row.average, 1), "\(row.exceedances) of \(row.days)",
                    Self.number(row.kupiec, 3), Self.number(row.binomialTail, 3), Self.number(row.christoffersen, 3),
                    Self.number(row.worstShortfall, 2),
                ]
            })
    }

    private var dynamics: String {
        Self.table(
            "Ranges that follow the market: the default model's IM, linear books, 1 d, to the split / after it",
            [
                "setting", "avg margin", "exceeded", "worst book", "worst loss / margin", "rise 1 / 5 / 30 d before",
                "after", "peak / trough", "sd", "at equal coverage ×", "avg margin", "exceeded after",
            ],
            report.dynamics.map { row in
                func both(_ value: (BacktestReport.CoverageRow) -> String) -> String {
                    "\(value(row.before)) / \(value(row.after))"
                }
                func rises(_ row: BacktestReport.CoverageRow) -> String {
                    row.rises.map { Self.number(100 * $0, 0) }.joined(separator: " / ") + " %"
                }
                return [
                    row.setting, both { Self.percent($0.average, 1) },
                    both { "\($0.exceedances) = \(Self.percent($0.exceededShare, 2))" },
                    both { Self.percent($0.worstBookShare, 2) }, both { Self.number($0.worstShortfall, 2) },
                    rises(row.before), rises(row.after), both { Self.number($0.peakToTrough, 2) },
                    both { Self.number($0.changeDeviation, 4) }, Self.number(row.equalAfter.multiplier, 2),
                    "\(Self.percent(row.equalBefore.average, 1)) / \(Self.percent(row.equalAfter.average, 1))",
                    Self.percent(row.equalAfter.exceededShare, 2),
                ]
            })
    }

    private var frontier: String {
        Self.table(
            "Frontier: every setting at equal coverage to the split",
            [
                "λ", "days", "stress", "scaling", "limit", "ES", "×", "avg before", "avg after", "exceeded after",
                "worst book", "rise 5 / 30 d", "sd", "worst loss / margin",
            ],
            report.frontier.map { row in
                [
                    row.scaling == "none" ? "–" : Self.number(row.decay, 2), "\(row.lookBackDays)",
                    Self.number(row.stressWeight, 2), row.scaling, Self.number(row.limit, 0),
                    Self.percent(row.confidence, 1), Self.number(row.multiplier, 2),
                    Self.percent(row.before.average, 1), Self.percent(row.after.average, 1),
                    Self.percent(row.after.exceededShare, 2), Self.percent(row.after.worstBookShare, 2),
                    row.after.rises.dropFirst().map { Self.number(100 * $0, 0) }.joined(separator: " / ") + " %",
                    Self.number(row.after.changeDeviation, 4), Self.number(row.after.worstShortfall, 2),
                ]
            })
    }

    static func table(_ title: String, _ columns: [String], _ rows: [[String]]) -> String {
        let lines = [columns, columns.map { _ in "---" }] + rows
        return "**\(title)**\n\n" + lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    static func number(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    static func percent(_ fraction: Double, _ decimals: Int) -> String {
        number(100 * fraction, decimals) + " %"
    }
}
