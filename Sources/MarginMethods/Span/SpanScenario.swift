/// One of the sixteen scenarios of SPAN, in their order: each price move with volatility up, then down; at the end two
/// extreme moves that count in part.
///
/// Structure and order: CME, "Components of SPAN" (cme.com/clearing/rmspan/span/components.html); L. G. McMillan,
/// Options as a Strategic Investment, p. 668.
public struct SpanScenario: Equatable, Sendable {
    /// From 1 to 16.
    public let index: Int
    /// Multiple of the price scan range.
    public let priceMove: Double
    /// Multiple of the volatility scan range: +1, −1 or 0.
    public let volatilityMove: Double
    /// Share of the loss that counts.
    public let cover: Double

    /// What volatility does.
    public var volatility: String { volatilityMove > 0 ? "up" : volatilityMove < 0 ? "down" : "same" }

    /// The scenario with the same price move and the opposite one of volatility; an extreme one is its own pair.
    public static func pair(of index: Int) -> Int { index > 14 ? index : index % 2 == 1 ? index + 1 : index - 1 }

    public static let count = 16

    /// - Parameters:
    ///   - extremeMultiple: of the price scan range.
    ///   - extremeCover: share of an extreme loss that counts.
    public static func all(extremeMultiple: Double, extremeCover: Double) -> [SpanScenario] {
        var scenarios: [SpanScenario] = []
        for third in [0.0, 1, -1, 2, -2, 3, -3] {
            for volatility in [1.0, -1] {
                scenarios.append(
                    SpanScenario(
                        index: scenarios.count + 1, priceMove: third / 3, volatilityMove: volatility, cover: 1))
            }
        }
        for sign in [1.0, -1] {
            scenarios.append(
                SpanScenario(
                    index: scenarios.count + 1, priceMove: sign * extremeMultiple, volatilityMove: 0,
                    cover: extremeCover))
        }
        return scenarios
    }
}
