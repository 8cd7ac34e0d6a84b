/// Whether expected shortfall itself was forecast, not only how often it was passed.
///
///     Z₂ = 1 − Σ L·1{L > VaR} / ES / (T(1 − α))
///
/// It is about 0 where both forecasts are right and negative where losses beyond value at risk were too many or too
/// large. Source: Acerbi and Szekely, "Back-testing expected shortfall", Risk (December 2014), second test; with 250
/// days a value below −0.70 has a chance of 5 % for a wide range of tails, below −1.8 one of 0.01 %.
public enum ShortfallTest {
    /// Days for which the critical value holds.
    public static let windowDays = 250
    public static let criticalValue = -0.70

    /// - Precondition: forecasts are as many as losses, and shortfalls are positive.
    public static func statistic(
        losses: [Double], valuesAtRisk: [Double], shortfalls: [Double], confidence: Double
    ) -> Double {
        precondition(
            losses.count == valuesAtRisk.count && losses.count == shortfalls.count, "a forecast for every loss")
        var sum = 0.0
        for day in losses.indices where losses[day] > valuesAtRisk[day] { sum += losses[day] / shortfalls[day] }
        return 1 - sum / (Double(losses.count) * (1 - confidence))
    }

    /// The statistic of each full window of 250 days, one after the other; what is left at the end is not judged.
    public static func windows(
        losses: [Double], valuesAtRisk: [Double], shortfalls: [Double], confidence: Double
    ) -> [Double] {
        stride(from: 0, through: losses.count - windowDays, by: windowDays).map { start in
            let days = start..<start + windowDays
            return statistic(
                losses: Array(losses[days]), valuesAtRisk: Array(valuesAtRisk[days]),
                shortfalls: Array(shortfalls[days]), confidence: confidence)
        }
    }
}
