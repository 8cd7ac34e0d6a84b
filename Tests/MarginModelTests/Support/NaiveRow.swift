import MarginDomain
import MarginModel
import MarginTestKit

/// The row of one option, column by column, as docs/margin-model.md §4 and §11 word it; slow and plain.
struct NaiveRow {
    var isCall: Bool
    var isInverse: Bool
    var strike: Double
    var sigma: Double
    var spot: Double
    var forward: Double
    var settled: Double
    var rate: Double
    var years: Double
    var scale: Double
    var range: Double
    let tails = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]

    enum Shape: CaseIterable { case same, upFlat, upSteep, downFlat, downSteep }

    func shocked(_ shape: Shape) -> Double {
        let days = years * 365
        func size(_ power: Double) -> Double {
            NaiveBlack76.exponential(power * NaiveBlack76.logarithm(30 / max(days, 1)))
        }
        let flat = size(days <= 30 ? 0.30 : 0.13)
        let steep = size(days <= 30 ? 0.30 : 0.70)
        switch shape {
        case .same: return sigma
        case .upFlat: return days <= 30 ? max(sigma * (1 + 0.6 * flat), 0.5) : sigma * (1 + 0.6 * flat)
        case .upSteep: return days <= 30 ? max(sigma * (1 + 0.6 * steep), 0.5) : sigma * (1 + 0.6 * steep)
        case .downFlat: return sigma * max(0, 1 - 0.3 * flat)
        case .downSteep: return sigma * max(0, 1 - 0.3 * steep)
        }
    }

    /// Dollars of one unit under a move and a volatility.
    func value(move: Double, sigma: Double) -> Double {
        let shockedForward = move == 0 ? forward : settled + (forward - settled) * (1 + move)
        let ratio = NaiveBlack76.logarithm(shockedForward / forward)
        let logMoneyness = NaiveBlack76.logarithm(forward / strike) + ratio
        let black = NaiveBlack76.black(
            isCall: isCall, forward: shockedForward, strike: strike, logMoneyness: logMoneyness,
            deviation: sigma * years.squareRoot())
        let discount = NaiveBlack76.exponential(-(rate * years))
        return isInverse ? (spot * (1 + move)) / shockedForward * black : discount * black
    }

    func rounded(_ dollars: Double) -> Double { NaiveBlack76.nearest(dollars * scale) }

    var base: Double { value(move: 0, sigma: sigma) }

    func gain(move: Double, damping: Double, _ shape: Shape) -> Double {
        let stressed = value(move: move, sigma: shocked(shape))
        return rounded(damping == 1 ? stressed : base + damping * (stressed - base)) - rounded(base)
    }

    /// Gains in canonical order.
    func gains(halfSteps: Bool) -> [Double] {
        var list: [Double] = []
        var node = -4.0
        while node <= 4 {
            for shape in Shape.allCases { list.append(gain(move: node * range / 4, damping: 1, shape)) }
            node += halfSteps ? 0.5 : 1
        }
        for tail in tails {
            let damping = min(1, 0.77 * range / abs(tail))
            list.append(gain(move: tail, damping: damping, .upFlat))
            list.append(gain(move: tail, damping: damping, .upSteep))
        }
        return list
    }

    var skewGains: [Double] {
        let k = NaiveBlack76.logarithm(strike / forward)
        let width = max(0.01, 2.4 * years.squareRoot())
        func tilt(_ x: Double) -> Double { min(0.2, max(-0.2, 0.2 * x / width)) }
        return [1 + tilt(k), 1 - tilt(k), 1 + tilt(abs(k)), 1 - tilt(abs(k))].map {
            rounded(value(move: 0, sigma: sigma * $0)) - rounded(base)
        }
    }

    /// Φ and Δ in quanta.
    var phiAndDelta: (Double, Double) {
        let logMoneyness = NaiveBlack76.logarithm(forward / strike)
        let deviation = sigma * years.squareRoot()
        let exercise = NaiveBlack76.exerciseMeasure(
            isCall: isCall, forward: forward, strike: strike, logMoneyness: logMoneyness, deviation: deviation)
        let black = NaiveBlack76.black(
            isCall: isCall, forward: forward, strike: strike, logMoneyness: logMoneyness, deviation: deviation)
        let signed = isCall ? exercise : -exercise
        if isInverse { return (rounded(spot * (signed - black / forward)), rounded(spot * signed)) }
        let discount = NaiveBlack76.exponential(-(rate * years))
        return (rounded(discount * forward * signed), rounded(discount * forward * signed))
    }
}
