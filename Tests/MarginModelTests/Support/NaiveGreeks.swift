import MarginDomain
import MarginModel
import MarginTestKit

/// Sensitivities of one option, one number at a time, in the order of operations of the kernel: its twin.
enum NaiveGreeks {
    static func greeks(of option: OptionStrip.Option, _ settlement: Instrument.Settlement) -> OptionGreeks {
        let isCall = option.type != .put
        let sign: Double = isCall ? 1 : -1
        let root = option.years.squareRoot()
        let logMoneyness = logRatio(option.forward, option.strike)
        let deviation = option.volatility * root
        let isAlive = deviation > 1e-12
        let reciprocal = 1 / (isAlive ? deviation : 1)
        let black = NaiveBlack76.black(
            isCall: isCall, forward: option.forward, strike: option.strike, logMoneyness: logMoneyness,
            deviation: deviation)
        let exercise = NaiveBlack76.exerciseMeasure(
            isCall: isCall, forward: option.forward, strike: option.strike, logMoneyness: logMoneyness,
            deviation: deviation)
        let d1 = isAlive ? NaiveBlack76.d1(logMoneyness: logMoneyness, deviation: deviation) : 0
        let d2 = d1 - deviation
        let inverseSpot = 1 / option.spot
        let money =
            settlement == .inverse
            ? option.spot / option.forward : NaiveBlack76.exponential(-(option.rate * option.years))
        let worth = money * option.forward
        let dense = isAlive ? worth * (0.3989422804014327 * NaiveBlack76.exponential((d1 * d1) * -0.5)) : 0
        var greeks = OptionGreeks()
        greeks.value = money * black
        greeks.delta = worth * (sign * exercise) * inverseSpot
        greeks.gamma = dense * reciprocal * (inverseSpot * inverseSpot)
        greeks.vega = dense * root * 0.01
        greeks.theta = dense * (option.volatility * option.volatility) * reciprocal * (-0.5 / 365)
        if settlement == .linear {
            let held = isAlive ? greeks.value : 0
            greeks.theta = greeks.theta + option.rate * held * (1.0 / 365)
            greeks.rho = -(option.years * held) * 0.01
        }
        let perPoint = root * reciprocal * 0.01
        greeks.vanna = -(dense * inverseSpot) * d2 * perPoint
        greeks.volga = greeks.vega * (d1 * d2) * perPoint
        return greeks
    }

    /// `ln(F/K)` from the difference to the nearest `2ᵏ·K`.
    private static func logRatio(_ forward: Double, _ strike: Double) -> Double {
        let quotient = forward * (1 / strike)
        let k = (Int64(bitPattern: quotient.bitPattern) - 0x3fe6_a09e_667f_3bcd) >> 52
        let near = strike * Double(sign: .plus, exponent: Int(k), significand: 1)
        let s = (forward - near) / (forward + near)
        let z = s * s
        var series = 2.0 / 23
        for divisor in [21.0, 19, 17, 15, 13, 11, 9, 7, 5, 3] { series = (2 / divisor).addingProduct(series, z) }
        let rest = (Double(k) * 0x1.a39ef35793c76p-33).addingProduct(s * z, series)
        return (s + s + rest).addingProduct(Double(k), 0x1.62e42feep-1)
    }
}
