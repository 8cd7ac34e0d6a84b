internal import CMarginKernels
internal import MarginModel

extension StandardBook {
    /// What the book struck at the close of `day` lost by the close `days` later; positive = loss.
    ///
    /// Options are worth the Black value at the new spot, with less time, and at a volatility that moved with the
    /// observed 30-day one by ``termPower``.
    ///
    /// - Throws: no return or volatility on that date.
    public func loss(after day: Int, days: Int, _ data: BacktestData) throws(MethodFault) -> Double {
        let question = try question(on: day, data)
        var loss = 0.0
        for market in question.underlyings {
            let symbol = market.symbol
            guard let spot = data.move(.spot(symbol), after: day, days: days) else {
                throw .missing("the return of \(symbol) after \(data.history.dates[day])")
            }
            let factor = mk_exponential(spot)
            for member in question.members {
                for marked in member.marked where marked.underlying == symbol { loss += marked.size * (1 - factor) }
                for option in member.options where option.underlying == symbol {
                    guard let move = data.move(.volatility(symbol, days: 30), after: day, days: days) else {
                        throw .missing("the volatility of \(symbol) after \(data.history.dates[day])")
                    }
                    loss += option.size * (Self.value(option, 1, 0, 0) - Self.value(option, factor, move, days))
                }
            }
        }
        return loss
    }

    /// The log return of volatility at a tenor is `(30/DTE)^p` times the 30-day one's: as measured on BTC chains of
    /// 2025-12 to 2026-08, 0.31 for shorter and 0.53 for longer times.
    static func termPower(days: Double) -> Double { days <= 30 ? 0.31 : 0.53 }

    private static func value(_ option: MarginCase.Option, _ spot: Double, _ move: Double, _ days: Int) -> Double {
        let tenor = option.secondsToExpiry / MarginCase.Expiry.secondsPerDay
        let multiple = mk_exponential(termPower(days: tenor) * mk_logarithm(30 / tenor))
        return option.unitValue(
            forward: spot, volatility: option.impliedVolatility * mk_exponential(multiple * move),
            years: Black76.years(option.secondsToExpiry - Double(days) * MarginCase.Expiry.secondsPerDay))
    }
}
