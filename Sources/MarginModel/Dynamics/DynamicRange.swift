import MarginDomain

/// `D_u`: the part of an underlying's range that follows the market, in billionths; 0 while nothing is known.
///
/// What margins use is the larger of it and the range that people set. It acts on everybody alike, whatever they hold:
/// docs/margin-model.md §14.
public struct DynamicRange: Equatable, Sendable {
    /// As it is in force.
    public private(set) var billionths: Int64 = 0

    public init() {}

    /// No range is larger, whatever the market does.
    static let billionthsMax: Int64 = 600_000_000

    /// What it will be, a step later.
    ///
    /// - Parameters:
    ///   - deviation: `σ` of a day; nil while unknown.
    ///   - own: the range that people set.
    public func next(_ deviation: Double?, over own: UnderlyingParameters, _ rules: ParameterSet.Dynamics) -> Int64 {
        guard let deviation else { return 0 }
        let stressed = own.stressedRange > own.range ? own.stressedRange : own.range
        let target = (1 - rules.stressedWeight) * (rules.multiple * deviation) + rules.stressedWeight * stressed
        let wanted = Int64((target * 1e9).nearestInteger)
        let inForce = max(billionths, Ratio(nearestBillionths: own.range).billionths)
        let least = billionths - Self.part(rules.fall, of: billionths)
        let most = inForce + Self.part(rules.rise, of: inForce)
        return min(max(wanted, least), most, Self.billionthsMax)
    }

    /// Takes effect.
    public mutating func move(to next: Int64) { billionths = next }

    /// `⌊share·amount⌋`.
    private static func part(_ share: Double, of amount: Int64) -> Int64 {
        // BOUNDS: both are at most 10⁹.
        Ratio(nearestBillionths: share).billionths * amount / Ratio.scale
    }
}
