public import MarginDomain

/// One line for each signal, and the steps that it proposes.
public struct SignalText: Sendable {
    private let names: Nomenclature

    public init(_ names: Nomenclature) { self.names = names }

    /// Such as
    /// `#17 09:00:21.400 pool 10042  restricted → margin call  by a price  equity 1,200.00  MM 1,100.00  (91.7 %)  short 50.00`.
    public func line(_ signal: Signal) -> String {
        var parts = [
            "#\(signal.signalNo) \(TimeOfDayText.text(signal.eventTime)) pool \(signal.pool)",
            "\(signal.previous.words) → \(signal.state.words)", "by \(signal.cause.words)",
        ]
        if signal.kind == .liquidationUpdate { parts[1] = "\(signal.state.words), plan renewed" }
        if signal.state != .quarantined {
            parts.append("equity \(DollarText.exact(signal.equity))")
            parts.append("MM \(DollarText.exact(signal.maintenanceMargin))")
            parts.append("(\(DecimalText.percent(signal.utilisation)))")
        }
        if let sentence = signal.noMargin.sentence(naming: names.name, names.name) { parts.append(sentence) }
        if signal.shortfall > .zero { parts.append("short \(DollarText.exact(signal.shortfall))") }
        if signal.stale { parts.append("on stale prices") }
        return parts.joined(separator: "  ")
    }

    /// One line for each step of a cure or plan, in order.
    public func steps(_ signal: Signal) -> [String] { signal.steps.map { step($0) } }

    /// One step.
    public func step(_ step: Step) -> String {
        let gain = "restores \(DollarText.exact(step.marginReleased))"
        switch step.kind {
        case .depositCash: return "deposit \(names.amount(step.amount, of: step.asset)), \(gain)"
        case .depositCollateral: return "deposit \(names.amount(step.amount, of: step.asset)) as collateral, \(gain)"
        case .trade: return "trade \(order(step)), \(gain)"
        case .slice: return "\(whose(step))trade \(order(step)), \(gain)"
        case .hedge: return "\(whose(step))hedge with \(order(step)), \(gain)"
        case .takeover: return "\(whose(step))take over \(order(step))"
        case .waterfallLayer: return "pay \(names.amount(step.amount, of: step.asset))"
        }
    }

    /// A step may leave it to the exchange for which of the pool's accounts it trades.
    private func whose(_ step: Step) -> String { step.account == AccountID(0) ? "" : "account \(step.account): " }

    private func order(_ step: Step) -> String {
        let size = "\(names.quantity(step.quantity, of: step.instrument)) \(names.name(step.instrument))"
        guard step.price > .zero else { return size }
        let bound = step.quantity.lots > 0 ? "at most" : "at least"
        return "\(size) at \(bound) \(names.price(step.price, of: step.instrument))"
    }
}
