public import MarginDomain

/// Why a pool has no margin: the order of paragraph 8 of the page, read off the market once more.
enum NaiveReason {
    /// - Returns: the first thing that is missing; nil if nothing is.
    static func missing(_ held: NaiveHoldings, in market: inout NaiveMarket) -> NoMargin? {
        let lines = held.positions.filter { $0.value.quantity != .zero }.keys.sorted()
        if let unknown = lines.first(where: { market.instruments[$0] == nil || market.settled.contains($0) }) {
            return NoMargin(.noRow, instrument: unknown)
        }
        for asset in market.assets.values.sorted(by: { $0.id < $1.id }) where asset.role == .underlying {
            let own = lines.filter { market.instruments[$0]?.underlying == asset.id }
            if own.isEmpty && held.B(asset.id, in: market) == 0 { continue }
            if let reason = missing(own, of: asset.id, in: &market) { return reason }
        }
        for asset in market.assets.values.sorted(by: { $0.id < $1.id }) where asset.role == .collateral {
            if held.B(asset.id, in: market) != 0, market.collateralPrices[asset.id] == nil {
                return NoMargin(.noPrice, asset: asset.id)
            }
        }
        return nil
    }

    /// Of one underlying: its cut, and then its instruments in order.
    private static func missing(_ lines: [InstrumentID], of u: AssetID, in market: inout NaiveMarket) -> NoMargin? {
        guard let cut = market.cuts[u] else { return NoMargin(.noCut, asset: u) }
        if cut.R == nil { return NoMargin(.noParameters, asset: u) }
        if cut.S == nil { return NoMargin(.noIndex, asset: u) }
        for id in lines where market.row(of: id) == nil {
            guard let instrument = market.instruments[id], cut.instruments[id] == instrument else {
                return NoMargin(.noRow, instrument: id)
            }
            switch instrument.contract {
            case .option(_, _, let strike, let e):
                if cut.F(e) == nil { return NoMargin(.noForward, asset: u, expiry: e) }
                if cut.sigma(e, strike) == nil { return NoMargin(.noVolatility, asset: u, expiry: e) }
            case .perpetual, .future:
                if cut.M(instrument) == nil { return NoMargin(.noMark, instrument: id) }
            }
            return NoMargin(.rowBeyondRange, instrument: id)
        }
        return nil
    }
}

extension NaiveMargin {
    /// The same as messages say it.
    public var noMargin: NoMargin {
        switch status {
        case .margined: .none
        case .unpriceable(let reason): reason
        case .beyondExactRange: NoMargin(.sumsBeyondRange)
        }
    }
}
