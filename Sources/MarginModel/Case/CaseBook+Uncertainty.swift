import MarginDomain

extension MarginCase.Underlying {
    /// The least of the confidences of what a contract is valued on.
    func confidence(of option: MarginCase.Option) -> Double {
        guard let expiry = expiry(option.secondsToExpiry) else { return spotConfidence }
        return min(spotConfidence, expiry.forwardConfidence, expiry.rateConfidence, expiry.volatilityConfidence)
    }

    func confidence(of marked: MarginCase.Marked) -> Double {
        guard let seconds = marked.secondsToExpiry else { return min(spotConfidence, perpetualConfidence) }
        return min(spotConfidence, expiry(seconds)?.forwardConfidence ?? 1)
    }
}

extension CaseBook {
    /// `y(k)` of each position's notional, and of the coin's at the least confidence among its balances and spot.
    func uncertainty(_ table: Table, _ members: [Int]) -> Double {
        let addOns = parameters.addOns
        var charge = 0.0
        var coinConfidence = table.market.spotConfidence
        for index in members {
            for (position, confidence) in zip(table.positions[index], table.confidences[index]) {
                let notional = abs(position.lots) * table.rows.notional(row: position.row)
                charge += addOns.uncertainty(at: confidence) * notional
            }
            for held in question.members[index].collateral where held.underlying == table.symbol {
                coinConfidence = min(coinConfidence, held.confidence)
            }
        }
        return charge + addOns.uncertainty(at: coinConfidence) * abs(coin(table, members))
    }
}
