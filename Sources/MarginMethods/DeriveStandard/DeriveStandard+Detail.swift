public import MarginModel

extension DeriveStandard {
    /// What the options of each expiry pay at every settlement price that is tried, and both of the balances that the
    /// better is chosen from, as what their value falls short of.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        let account = try DeriveAccount(question)
        var detail = MethodDetail()
        for market in question.underlyings.sorted(by: { $0.symbol < $1.symbol }) {
            var index = 0
            for (terms, held) in try account.expiries(in: market).map({ ($0.market, $0.options) }) {
                let expiry = StandardExpiry(market: market, terms: terms, options: held, rules: options)
                let time = MethodText.seconds(terms.secondsToExpiry)
                let (value, isolated, loss) = (expiry.value, expiry.isolated, expiry.largestLoss)
                detail.figures += [
                    MethodAnswer.Component(
                        "isolated \(market.symbol) \(time)", initial: value - isolated.initial,
                        maintenance: value - isolated.maintenance),
                    MethodAnswer.Component(
                        "largest loss of \(market.symbol) \(time)", initial: value - loss.initial,
                        maintenance: value - loss.maintenance),
                ]
                for price in expiry.settlements {
                    detail.scenarios.append(
                        MethodDetail.Scenario(
                            underlying: market.symbol, index: index, spotMove: price / market.spot - 1,
                            label: "payoff in \(time)", gain: expiry.payoff(at: price)))
                    index += 1
                }
            }
        }
        return detail
    }
}
