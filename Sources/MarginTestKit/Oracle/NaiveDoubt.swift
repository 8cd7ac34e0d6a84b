import MarginDomain

/// What initial margin charges while a price is in doubt: paragraph 8 of the page.
enum NaiveDoubt {
    /// `y(k)`.
    private static func rate(_ k: Ratio, _ parameters: NaiveParameters) -> Double {
        let k = min(max(k.fraction, 0), 1)
        return k < parameters["confidenceThreshold"] ? (1 - k) * parameters["confidenceMargin"] : 0
    }

    /// `⌈y(k_u)·(Σ |q_i|·n_i + |C_u|)⌉` per underlying, and `⌈y(k_a)·|worth|⌉` of every priced asset without an index.
    static func oracleUncertainty(_ book: NaiveBook) -> Int128 {
        var total: Int128 = 0
        for u in book.underlyings {
            guard let k = book.cuts[u]?.inputs.indexConfidence else { continue }
            let lines = book.lines(of: u).map { line in
                // Only options have something to sell short.
                abs(line.q) * (line.row.skew.isEmpty ? abs(line.row.ownDelta) : line.row.short)
            }
            let notional = lines.reduce(0, +) + abs(book.C[u, default: 0])
            total += NaiveAddOns.charge(rate(k, book.parameters), notional)
            let aged = book.lines(of: u).map { line in
                book.cuts[u]?.isAged(line.instrument.expiry) == true ? abs(line.q) * line.row.short : 0
            }
            total += NaiveAddOns.charge(book.parameters["volatilityAgeMargin"], aged.reduce(0, +))
        }
        for (asset, worth) in NaiveEquity.parts(book) where asset.role == .stablecoin || asset.role == .collateral {
            guard let k = book.collateralConfidences[asset.id] else { continue }
            total += NaiveAddOns.charge(rate(k, book.parameters), abs(worth))
        }
        return total
    }

    /// `⌈max(0, V(spot) − V(slow))⌉` per underlying, on the net.
    static func twoPrice(_ book: NaiveBook) -> Int128 {
        var total: Int128 = 0
        for u in book.underlyings {
            guard let cut = book.cuts[u], let R = cut.R, cut.slowMove != 0 else { continue }
            let gains = NaiveScan.gains(of: u, book, .maintenance)
            func g(_ j: Double) -> Double {
                let place = cut.columns.firstIndex { $0.node == .ordinary(j) && $0.shape == .same }
                return place.map { Double(quanta: gains[$0]) } ?? 0
            }
            let x = (cut.slowMove.magnitude * 4) / R
            let j = min(3, x.rounded(.down))
            let sign: Double = cut.slowMove < 0 ? -1 : 1
            let (near, far) = (g(sign * j), g(sign * (j + 1)))
            let gain = near + min(1, x - j) * (far - near)
            if gain < 0 { total += Int128((-gain).rounded(.up)) }
        }
        return total
    }
}
