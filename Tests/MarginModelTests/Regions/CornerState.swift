import CMarginKernels

/// The states of a pool, with the levels between which its equity keeps it there: docs/margin-model.md §9.
enum CornerState: CaseIterable {
    case healthy, warning, restricted, marginCall, liquidating

    /// Below this the pool gets worse.
    func lower(_ margin: CornerMargin) -> Double {
        switch self {
        case .healthy: (1.2 * margin.initial).rounded(.up)
        case .warning: margin.initial
        case .restricted: margin.release
        case .marginCall: margin.maintenance
        case .liquidating: 0
        }
    }

    /// From this on the pool gets better.
    func upper(_ margin: CornerMargin) -> Double? {
        switch self {
        case .healthy: nil
        case .warning: Self.left((1.2 * margin.initial).rounded(.up))
        case .restricted: Self.left(margin.initial)
        case .marginCall: Self.left(margin.release)
        case .liquidating: margin.release
        }
    }

    private static func left(_ level: Double) -> Double { level + (0.02 * level).rounded(.up) }

    /// Factors of the scan and of the charges, and whether they are those of initial margin.
    var lowerForm: (scan: Double, charges: Double, isInitial: Bool) {
        switch self {
        case .healthy: (1.2, 1.2, true)
        case .warning: (1, 1, true)
        case .restricted: (0.9, 1, false)
        case .marginCall: (0.8, 1, false)
        case .liquidating: (0, 0, false)
        }
    }

    var upperForm: (scan: Double, charges: Double, isInitial: Bool) {
        switch self {
        case .healthy: (0, 0, false)
        case .warning: (1.02 * 1.2, 1.02 * 1.2, true)
        case .restricted: (1.02, 1.02, true)
        case .marginCall: (1.02 * 0.9, 1.02, false)
        case .liquidating: (0.9, 1, false)
        }
    }
}

/// Which of a state's levels are looked at.
struct CornerWatch {
    var state: CornerState
    var hasLower: Bool
    var hasUpper: Bool

    /// How far the equity is from the nearest level in question; nil or less: reached.
    func distance(_ margin: CornerMargin) -> (lower: Double, upper: Double) {
        let lower = hasLower ? margin.equity - state.lower(margin) + 1 : .infinity
        let upper = hasUpper ? (state.upper(margin) ?? .infinity) - margin.equity : .infinity
        return (lower, upper)
    }

    /// As the kernel wants it; nil where roundings alone could reach a level.
    func watch(_ margin: CornerMargin, book: CornerBook) -> mk_watch? {
        let lots = book.parts.reduce(0) { $0 + $1.lots.reduce(0) { $0 + abs($1) } }
        func level(_ distance: Double, _ form: (scan: Double, charges: Double, isInitial: Bool)) -> mk_level {
            mk_level(
                slack: distance - (8 * lots + 1024) * max(1, form.charges), scan: form.scan, charges: form.charges,
                is_initial: form.isInitial ? 1 : 0, unused: 0)
        }
        let distance = distance(margin)
        let lower = level(hasLower ? distance.lower : 1e12, state.lowerForm)
        let upper = level(hasUpper ? distance.upper : 1e12, state.upperForm)
        guard lower.slack >= 0, upper.slack >= 0, hasLower || hasUpper else { return nil }
        return mk_watch(
            has_lower: hasLower ? 1 : 0, has_upper: hasUpper ? 1 : 0, lower: lower, upper: upper,
            kappa: book.parts[0].table.rules.kappa, floor_room: margin.scan - margin.floor)
    }
}
