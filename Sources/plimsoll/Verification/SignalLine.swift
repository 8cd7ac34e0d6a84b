import MarginDomain

/// One signal as one line that sorts and diffs well.
enum SignalLine {
    static func text(_ signal: Signal) -> String {
        [
            "\(signal.signalNo)", "record \(signal.record)", "pool \(signal.pool)", "\(signal.kind)",
            "\(signal.previous)>\(signal.state)", "\(signal.cause)", "equity \(signal.equity.quanta)",
            "im \(signal.initialMargin.quanta)", "mm \(signal.maintenanceMargin.quanta)",
        ].joined(separator: " ")
    }
}
