internal import MarginModel

// What positions gain in dollars when a whole underlying moves.

extension MarkedPosition {
    /// Dollars gained by a move of index and mark alike; coin of an inverse contract counts at the moved index.
    ///
    /// - Parameters:
    ///   - factor: 1 = no move.
    ///   - price: dollars of one unit of what linear profit is paid in.
    func dollarGain(times factor: Double, price: Double) -> Double {
        gain(times: factor) * (terms.isInverse ? spot * factor : price)
    }

    /// Dollars of the position's value in moves of the underlying.
    var dollarDelta: Double { movingUnits * (terms.isInverse ? spot : mark) }
}

extension OptionPosition {
    /// Dollars of the position under another forward, volatility and time; inverse options count at the moved index.
    func value(times factor: Double, volatility: Double, years: Double) -> Double {
        let forward = expiry.forward(times: factor)
        let black = terms.unitValue(forward: forward, volatility: volatility, years: years)
        if terms.isInverse { return terms.size * (spot * factor / forward) * black }
        return terms.size * Black76.discount(rate: expiry.rate, years: years) * black
    }

    /// Dollars of the position's value in moves of the forward.
    var dollarDelta: Double {
        let units = terms.size * forwardDelta * movingShare
        if terms.isInverse { return units * spot }
        return units * expiry.forward * Black76.discount(rate: expiry.rate, years: years)
    }
}
