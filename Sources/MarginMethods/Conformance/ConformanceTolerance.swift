/// How far a computed figure may lie from a published one: `max(relative·|expected|, floor)`.
public struct ConformanceTolerance: Equatable, Sendable {
    /// Fraction of the expected figure.
    public var relative: Double
    /// Dollars.
    public var floor: Double

    public init(relative: Double, floor: Double) {
        self.relative = relative
        self.floor = floor
    }

    /// A millionth, as `derive-portfolio` is held to.
    public static let millionth = ConformanceTolerance(relative: 1e-6, floor: 1e-6)

    /// A thousandth, which is what the publishers of the cases of `derive-standard` hold their own code to.
    public static let thousandth = ConformanceTolerance(relative: 1e-3, floor: 1e-6)
}
