import MarginDomain

/// What a pool is worth, in quanta: the second half of paragraph 5 of the page.
enum NaiveEquity {
    /// The worth of every asset that the pool holds or settles in, ascending.
    static func parts(_ book: NaiveBook) -> [(asset: Asset, worth: Int128)] {
        let held = Set(book.balances.map(\.asset.id)).union(book.lines.map(\.instrument.settlementAsset))
        return held.sorted().map { id in
            guard let asset = book.assets[id] else { preconditionFailure("an unlisted asset is held") }
            let B = book.balances.first { $0.asset.id == id }?.B ?? 0
            return (asset, part(of: book, in: asset, B: B))
        }
    }

    /// Over all assets.
    static func total(_ book: NaiveBook) -> Int128 { parts(book).map(\.worth).reduce(0, +) }

    /// What is held in one asset, and in positions that settle in it.
    private static func part(of book: NaiveBook, in asset: Asset, B: Int128) -> Int128 {
        let positions = book.lines(settlingIn: asset.id).map { $0.q * $0.row.V }.reduce(0, +)
        switch asset.role {
        case .numeraire: return par(B, asset) + positions
        case .underlying: return book.C[asset.id, default: 0] + positions
        case .stablecoin: return stablecoin(par(B, asset) + positions, asset, book)
        case .collateral: return worth(B, asset, book)
        }
    }

    /// `⌊B⌋` in quanta, one unit being worth one dollar.
    private static func par(_ B: Int128, _ asset: Asset) -> Int128 {
        Rounding.down(B, from: Int(asset.moneyExponent.power), to: -6)
    }

    /// `⌊N_c·P_c⌋`.
    private static func stablecoin(_ N: Int128, _ asset: Asset, _ book: NaiveBook) -> Int128 {
        guard let P = book.collateralPrices[asset.id] else { return N }
        return Rounding.down(N * Int128(P.ticks), from: Int(asset.priceExponent.power), to: 0)
    }

    /// `W = ⌊B·P⌋` of other collateral.
    static func worth(_ B: Int128, _ asset: Asset, _ book: NaiveBook) -> Int128 {
        guard let P = book.collateralPrices[asset.id] else { preconditionFailure("an unpriced asset was valued") }
        return NaiveBook.quanta(of: B, asset, at: P)
    }
}
