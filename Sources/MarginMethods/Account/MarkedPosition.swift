internal import MarginModel

/// A perpetual or future that an account holds, beside its market.
struct MarkedPosition {
    var terms: MarginCase.Marked
    /// Index price of the underlying, in dollars.
    let spot: Double
    /// In dollars.
    let mark: Double
    /// The part of the mark that a settlement average has fixed.
    let settled: Double

    /// - Throws: that its market or its mark is missing.
    init(_ terms: MarginCase.Marked, in question: MarginCase) throws(MethodFault) {
        let market = try question.market(of: terms.underlying)
        self.terms = terms
        spot = market.spot
        if let mark = terms.mark {
            self.mark = mark
        } else if terms.secondsToExpiry == nil {
            mark = try market.neededPerpetual()
        } else {
            throw .missing("the mark of a future on \(terms.underlying)", of: terms.underlying)
        }
        let expiry = terms.secondsToExpiry.flatMap { market.expiry(in: $0) }
        settled = min(expiry?.settledForward ?? 0, mark)
    }

    /// Such as `BTC-PERP`, or `BTC-FUTURE-864000` by its seconds to expiry.
    var name: String {
        guard let seconds = terms.secondsToExpiry else { return "\(terms.underlying)-PERP" }
        return "\(terms.underlying)-FUTURE-\(MethodText.number(seconds))"
    }

    /// The coin that an inverse contract settles in, else the asset that profit is paid in.
    var currency: String { terms.isInverse ? terms.underlying : terms.settlementAsset ?? Account.numeraire }

    /// `τ`; 0 for a perpetual.
    var years: Double { Black76.years(terms.secondsToExpiry ?? 0) }

    /// Never negative; 0 for a perpetual.
    var days: Double { max(0, terms.secondsToExpiry ?? 0) / MarginCase.Expiry.secondsPerDay }

    /// The mark after a move: the settled part stays.
    ///
    /// - Parameter factor: 1 = no move.
    func mark(times factor: Double) -> Double { factor == 1 ? mark : settled + (mark - settled) * factor }

    /// Units of the underlying at the mark: `N/M` for an inverse contract.
    var units: Double { terms.isInverse ? terms.size / mark : terms.size }

    /// Units that still move: without what a settlement average has fixed.
    var movingUnits: Double { units * (1 - settled / mark) }

    /// Gain of a move in what the contract settles in: coin `N(1/M − 1/M')` if inverse, else `size·(M' − M)`.
    func gain(times factor: Double) -> Double {
        let moved = mark(times: factor)
        return terms.isInverse ? terms.size * (1 / mark - 1 / moved) : terms.size * (moved - mark)
    }

    /// Profit since entry, without funding, in what the contract settles in.
    var profit: Double {
        terms.isInverse
            ? terms.size * (1 / terms.entryPrice - 1 / mark) : terms.size * (mark - terms.entryPrice)
    }
}
