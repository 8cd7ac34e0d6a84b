import MarginDomain

extension DemoSummary {
    /// For people: aligned tables, one blank line between them, ending without a line break.
    public func text(_ style: ConsoleStyle = .plain) -> String {
        [
            throughput, counted("signals", signalsByKind), counted("pools now", poolsByState, style), latency, worst,
            botText,
        ]
        .filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var throughput: [String] {
        let rate = seconds > 0 ? Double(eventsIn) / seconds : 0
        let rows = [
            ["accounts", DollarText.grouped(accounts)], ["pools", DollarText.grouped(pools)],
            ["instruments", DollarText.grouped(instruments)], ["seconds", DecimalText.fixed(seconds, places: 1)],
            ["events in", "\(DollarText.grouped(eventsIn))"],
            ["events per second", DecimalText.fixed(rate, places: 0)],
            ["records in the log", DollarText.grouped(records)], ["evaluations", DollarText.grouped(evaluations)],
            ["signals", DollarText.grouped(signals)], ["dead letters", DollarText.grouped(deadLetters)],
        ]
        let lines = TextTable([.init("", .left), .init("")], rows: rows).lines
        // Beside the table: it is longer than any number, and would push them all to the right.
        return digest.isEmpty ? lines : lines + ["digest of signals: \(digest)"]
    }

    private func counted(_ heading: String, _ tallies: [Tally], _ style: ConsoleStyle = .plain) -> [String] {
        guard !tallies.isEmpty else { return [] }
        let table = TextTable(
            [.init(heading, .left), .init("")], rows: tallies.map { [$0.name, DollarText.grouped($0.count)] })
        let grave = [LifeCycle.liquidating, .defaulted].map(\.words)
        return table.lines.map { line in
            grave.contains { line.hasPrefix($0) } ? ConsoleColour.red.paint(line, style) : line
        }
    }

    private var latency: [String] {
        let columns: [TextTable.Column] = [
            .init("latency", .left), .init("count"), .init("p50"), .init("p90"), .init("p99"), .init("p99.9"),
            .init("max"),
        ]
        return TextTable(columns, rows: [["tick to signal"] + tickToSignal.cells]).lines
    }

    private var worst: [String] {
        guard !worstPools.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init("worst pools"), .init("state", .left), .init("equity"), .init("initial"), .init("maintenance"),
            .init("utilisation"),
        ]
        let rows = worstPools.map { pool in
            [
                "\(pool.pool)", pool.state, short(pool.equity), short(pool.initialMargin),
                short(pool.maintenanceMargin),
                pool.utilisation.map { DecimalText.fixed($0 * 100, places: 1) + " %" } ?? "no limit",
            ]
        }
        return TextTable(columns, rows: rows).lines
    }

    private var botText: [String] {
        let rows = [
            ["signals", DollarText.grouped(bot.signals)], ["margin calls", DollarText.grouped(bot.calls)],
            ["liquidation plans", DollarText.grouped(bot.plans)], ["cures", DollarText.grouped(bot.cures)],
            ["slices filled", DollarText.grouped(bot.slicesFilled)],
            ["slices refused", DollarText.grouped(bot.slicesRefused)],
            ["deposits of owners", DollarText.grouped(bot.deposits)], ["deposited", short(bot.deposited)],
            ["gaps", DollarText.grouped(bot.gaps)], ["replayed", DollarText.grouped(bot.replayed)],
            ["duplicates", DollarText.grouped(bot.duplicates)],
        ]
        return TextTable([.init("the bot saw", .left), .init("")], rows: rows).lines
    }

    private func short(_ dollars: Double) -> String {
        DollarText.short(Value(saturating: Int128(dollars * Double(Value.perDollar))))
    }
}
