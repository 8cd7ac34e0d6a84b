import CMarginKernels
public import MarginDomain

/// What the closes of all underlyings have taught, and the ranges that follow from it.
///
/// A step, once a day: ``turn(over:)`` lets what was announced take effect, ``close(_:at:_:)`` takes the closes of the
/// day that ended, and ``announced(over:version:)`` says what the next step will bring.
public struct DynamicRanges: Equatable, Sendable {
    private var underlyings: [AssetID: Own] = [:]

    /// Of one underlying.
    private struct Own: Equatable {
        var close: Price?
        var volatility = DailyVolatility()
        var range = DynamicRange()
    }

    /// Nothing is known yet.
    public init() {}

    /// Takes the last price of a day; the return since the close before it counts as one, however many days that was.
    public mutating func close(_ asset: AssetID, at price: Price, _ rules: ParameterSet.Dynamics) {
        if let before = underlyings[asset]?.close {
            add(mk_logarithm(Double(price.ticks) / Double(before.ticks)), of: asset, rules)
        }
        underlyings[asset, default: Own()].close = price
    }

    /// Takes the log return of a day.
    public mutating func add(_ logReturn: Double, of asset: AssetID, _ rules: ParameterSet.Dynamics) {
        underlyings[asset, default: Own()].volatility.add(logReturn, rules)
    }

    /// Moves every range to what was announced over a base.
    public mutating func turn(over base: ParameterSet) {
        for own in base.underlyings {
            guard let known = underlyings[own.asset] else { continue }
            let next = known.range.next(known.volatility.deviation, over: own, base.dynamics)
            underlyings[own.asset]?.range.move(to: next)
        }
    }

    /// A base with the ranges that hold over it; its own version if none is wider than the base's.
    ///
    /// - Parameter version: given to a set that is not the base.
    public func inForce(over base: ParameterSet, version: ParameterVersion) -> ParameterSet {
        widened(base, version) { range, _ in range.range.billionths }
    }

    /// The same with the ranges that the next step brings.
    public func announced(over base: ParameterSet, version: ParameterVersion) -> ParameterSet {
        widened(base, version) { $0.range.next($0.volatility.deviation, over: $1, base.dynamics) }
    }

    private func widened(
        _ base: ParameterSet, _ version: ParameterVersion, _ range: (Own, UnderlyingParameters) -> Int64
    ) -> ParameterSet {
        guard base.dynamics.isOn else { return base }
        var ranges: [AssetID: Int64] = [:]
        for own in base.underlyings { ranges[own.asset] = underlyings[own.asset].map { range($0, own) } }
        let set = base.widened(to: ranges, version: version)
        return set.hasRanges(of: base) ? base : set
    }
}

extension ParameterSet {
    /// Whether every range is that of another set with the same underlyings.
    public func hasRanges(of other: ParameterSet) -> Bool {
        underlyings.map(\.range) == other.underlyings.map(\.range)
    }
}
