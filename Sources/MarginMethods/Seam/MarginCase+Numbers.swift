public import MarginModel

extension MarginCase {
    /// What no type says of a question's numbers, for every method alike: all are finite, prices are positive, and
    /// confidences are 0 to 1.
    ///
    /// - Throws: the first number that breaks this, by name, or that the question has no account.
    public func checkNumbers() throws(MethodFault) {
        guard !members.isEmpty else { throw .missing("an account") }
        try Self.check(stablecoinPrice, isPositive: true, "stablecoinPrice")
        try Self.checkConfidence(stablecoinConfidence, "stablecoinConfidence")
        for market in underlyings { try market.checkNumbers() }
        for member in members { try member.checkNumbers() }
    }

    fileprivate static func check(
        _ number: Double, isPositive: Bool = false, _ name: String, of symbol: String? = nil
    ) throws(MethodFault) {
        guard number.isFinite, !isPositive || number > 0 else { throw .badNumber(name, of: symbol) }
    }

    fileprivate static func checkConfidence(
        _ number: Double, _ name: String, of symbol: String? = nil
    ) throws(MethodFault) {
        guard number >= 0, number <= 1 else { throw .badNumber(name, of: symbol) }
    }
}

extension MarginCase.Underlying {
    fileprivate func checkNumbers() throws(MethodFault) {
        try MarginCase.check(spot, isPositive: true, "\(symbol) spot", of: symbol)
        try MarginCase.checkConfidence(spotConfidence, "\(symbol) spotConfidence", of: symbol)
        try MarginCase.check(perpetual ?? 1, isPositive: true, "\(symbol) perpetual price", of: symbol)
        try MarginCase.checkConfidence(perpetualConfidence, "\(symbol) perpetual confidence", of: symbol)
        try MarginCase.check(slowPrice ?? 1, isPositive: true, "\(symbol) slowPrice", of: symbol)
        try MarginCase.check(depth ?? 1, isPositive: true, "\(symbol) depth", of: symbol)
        try MarginCase.check(fundingRate, "\(symbol) fundingRate", of: symbol)
        for name in openInterest.keys.sorted() {
            guard let interest = openInterest[name], interest.isFinite, interest >= 0 else {
                throw .badNumber("openInterest \(name)", of: symbol)
            }
        }
        for expiry in expiries {
            let name = "\(symbol) \(MethodText.seconds(expiry.secondsToExpiry))"
            try MarginCase.check(expiry.secondsToExpiry, "\(symbol) secondsToExpiry", of: symbol)
            try MarginCase.check(expiry.forward, isPositive: true, "\(name) forward", of: symbol)
            guard expiry.settledForward >= 0, expiry.settledForward <= expiry.forward else {
                throw .badNumber("\(name) settledForward", of: symbol)
            }
            try MarginCase.check(expiry.rate, "\(name) rate", of: symbol)
            try MarginCase.checkConfidence(expiry.forwardConfidence, "\(name) forwardConfidence", of: symbol)
            try MarginCase.checkConfidence(expiry.rateConfidence, "\(name) rateConfidence", of: symbol)
            try MarginCase.checkConfidence(expiry.volatilityConfidence, "\(name) volatilityConfidence", of: symbol)
        }
    }
}

extension MarginCase.Member {
    fileprivate func checkNumbers() throws(MethodFault) {
        try MarginCase.check(cash, "cash")
        for held in collateral {
            try MarginCase.check(held.amount, "amount of \(held.asset)", of: held.asset)
            guard held.price >= 0, held.price < .infinity else {
                throw .badNumber("price of \(held.asset)", of: held.asset)
            }
            try MarginCase.check(held.maintenanceHaircut ?? 0, "maintenanceHaircut of \(held.asset)", of: held.asset)
            try MarginCase.check(held.initialHaircut, "initialHaircut of \(held.asset)", of: held.asset)
            try MarginCase.checkConfidence(held.confidence, "confidence of \(held.asset)", of: held.asset)
        }
        for contract in marked { try contract.checkNumbers() }
        for option in options { try option.checkNumbers() }
        for order in orders {
            try MarginCase.check(order.price, "price of an order")
            switch order.leg {
            case .marked(let contract): try contract.checkNumbers()
            case .option(let option): try option.checkNumbers()
            }
        }
    }
}

extension MarginCase.Marked {
    fileprivate func checkNumbers() throws(MethodFault) {
        let name = "\(underlying) \(secondsToExpiry == nil ? "perpetual" : "future")"
        try MarginCase.check(size, "size of a \(name)", of: underlying)
        // An inverse contract divides by the price at which it was entered.
        try MarginCase.check(entryPrice, isPositive: isInverse, "entryPrice of a \(name)", of: underlying)
        try MarginCase.check(mark ?? 1, isPositive: true, "mark of a \(name)", of: underlying)
        try MarginCase.check(unsettledFunding, "unsettledFunding of a \(name)", of: underlying)
        try MarginCase.check(secondsToExpiry ?? 0, "secondsToExpiry of a \(name)", of: underlying)
    }
}

extension MarginCase.Option {
    fileprivate func checkNumbers() throws(MethodFault) {
        try MarginCase.check(strike, isPositive: true, "strike of an option on \(underlying)", of: underlying)
        try MarginCase.check(size, "size of an option on \(underlying)", of: underlying)
        guard impliedVolatility >= 0, impliedVolatility < .infinity else {
            throw .badNumber("impliedVolatility of an option on \(underlying)", of: underlying)
        }
        try MarginCase.check(secondsToExpiry, "secondsToExpiry of an option on \(underlying)", of: underlying)
    }
}
