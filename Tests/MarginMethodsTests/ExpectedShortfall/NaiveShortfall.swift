import Foundation
import MarginMethods
import MarginModel

/// Filtered historical simulation written to be obviously right: whole sorts, Foundation's functions, one loop a date.
enum NaiveShortfall {
    static func quantile(_ losses: [Double], _ confidence: Double) -> Double {
        losses.sorted(by: >)[max(1, Int((mass(losses, confidence)).rounded(.up))) - 1]
    }

    static func fractional(_ losses: [Double], _ confidence: Double) -> Double {
        var left = mass(losses, confidence)
        let all = left
        var sum = 0.0
        for loss in losses.sorted(by: >) where left > 0 {
            sum += min(1, left) * loss
            left -= 1
        }
        return sum / all
    }

    private static func mass(_ losses: [Double], _ confidence: Double) -> Double {
        (Double(losses.count) * (1 - confidence) * 1e6).rounded() / 1e6
    }

    static func highest(_ losses: [Double], days: Int, confidence: Double) -> Double {
        guard losses.count > days else { return fractional(losses, confidence) }
        return (days...losses.count).map { fractional(Array(losses[($0 - days)..<$0]), confidence) }.max() ?? 0
    }

    /// `σ` before each day, then now.
    static func deviations(_ returns: [Double], decay: Double, limit: Double, seed: Int) -> [Double] {
        let first = returns.prefix(seed)
        var variances = [first.map { $0 * $0 }.reduce(0, +) / Double(first.count)]
        for day in returns.indices {
            let before = variances[day]
            let square = Swift.min(pow(returns[day], 2), limit == 0 ? .infinity : pow(limit, 2) * before)
            variances.append(decay * before + (1 - decay) * square)
        }
        return variances.map { $0.squareRoot() }
    }

    /// Undiscounted.
    static func black(isCall: Bool, _ forward: Double, _ strike: Double, _ volatility: Double, _ years: Double)
        -> Double
    {
        let deviation = volatility * sqrt(years)
        let upper = log(forward / strike) / deviation + deviation / 2
        func normal(_ x: Double) -> Double { erfc(-x / sqrt(2)) / 2 }
        return isCall
            ? forward * normal(upper) - strike * normal(upper - deviation)
            : strike * normal(deviation - upper) - forward * normal(-upper)
    }
}

/// A small reproducible generator of test inputs (Knuth's 64-bit linear congruence).
struct SeededInputs {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number(_ low: Double, _ high: Double) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return low + (high - low) * Double(state >> 11) / 9_007_199_254_740_992
    }

    mutating func whole(_ below: Int) -> Int { Int(number(0, Double(below))) }

    /// A heavy-tailed daily return.
    mutating func dailyReturn(_ deviation: Double) -> Double {
        let sum = (0..<6).reduce(0.0) { total, _ in total + number(-1, 1) }
        return sum * deviation * (number(0, 1) > 0.95 ? 2.5 : 0.7)
    }
}

extension Double {
    func rounded(toPlaces places: Int) -> Double {
        (self * pow(10, Double(places))).rounded() / pow(10, Double(places))
    }
}
