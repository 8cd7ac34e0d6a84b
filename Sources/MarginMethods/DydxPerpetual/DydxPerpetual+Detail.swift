public import MarginModel

extension DydxPerpetual {
    /// The notional in every market: what initial margin is over it is the fraction that open interest has scaled. There
    /// are no scenarios.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail {
        let sizes = Self.sizes(of: try Account(Self.atOraclePrices(question))).filter { $0.size != 0 }
        var figures: [MethodAnswer.Component] = []
        for (symbol, size) in sizes {
            let notional = Double(abs(try risk(of: size, in: question, symbol).netCollateral)) / 1e6
            figures.append(
                MethodAnswer.Component("notional \(symbol)-PERP", initial: notional, maintenance: notional))
        }
        return MethodDetail(figures: figures)
    }
}
