import MarginConsole
import MarginDomain
import MarginWire

extension PreviewAnswer {
    /// What the set would change, for people: totals, counts, and the pools whose state would change.
    var lines: [String] {
        var sums = TextTable([.init("", .left), .init("before"), .init("after"), .init("change")])
        for (name, before, after) in [
            ("initial margin", initialBefore, initialAfter),
            ("maintenance margin", maintenanceBefore, maintenanceAfter),
        ] {
            sums.rows.append([name] + [before, after, after - before].map { DollarText.exact($0) })
        }
        var table = TextTable(
            [.init("pool"), .init("now", .left), .init("then", .left)]
                + ["equity", "IM now", "IM then", "MM now", "MM then"].map { .init($0) })
        for change in changes {
            table.rows.append(
                ["\(change.pool)", change.stateBefore.words, change.stateAfter.words]
                    + [
                        change.equity, change.initialBefore, change.initialAfter, change.maintenanceBefore,
                        change.maintenanceAfter,
                    ].map { DollarText.exact($0) })
        }
        let listed = UInt64(changes.count)
        let unlisted = worsened + improved - listed
        return ["version \(version) instead of \(base), as of record \(record)"] + sums.lines + [
            "\(DollarText.grouped(pools)) pools: initial margin rises in \(DollarText.grouped(raised)), "
                + "falls in \(DollarText.grouped(lowered)); \(DollarText.grouped(unpriceable)) without margin",
            "\(DollarText.grouped(worsened)) would go to a more severe state, "
                + "\(DollarText.grouped(improved)) to a milder one",
        ] + (listed > 0 ? table.lines : []) + (unlisted > 0 ? ["and \(DollarText.grouped(unlisted)) more"] : [])
    }

    /// The answer as a line of the JSON mirror.
    var json: String {
        get throws { String(decoding: try JSONMirror().encode(Answer.previewAnswer(self)), as: UTF8.self) }
    }
}
