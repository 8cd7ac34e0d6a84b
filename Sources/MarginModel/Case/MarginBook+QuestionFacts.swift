import MarginDomain

extension MarginBook {
    /// What an order would buy or sell, at its limit; nil while a price is missing.
    ///
    /// An option that is paid in coin has its limit in dollars at the index price, as cases have it.
    func order(
        _ resting: RestingOrder, in markets: inout [AssetID: MarginCase.Underlying]
    ) -> MarginCase.Order? {
        guard let instrument = instrument(resting.instrument), open(instrument.underlying, in: &markets),
            let place = place(of: instrument.underlying), let cut = underlyings[place].table.cut,
            let spot = underlyings[place].market.spot
        else { return nil }
        let size = Double(resting.remaining.lots) * instrument.quantityExponent.scale
        let limit = Double(resting.price.ticks) * instrument.priceExponent.scale
        if case .option = instrument.contract {
            guard
                let option = option(instrument, size: size, cut, &markets[instrument.underlying, default: .none])
            else { return nil }
            return MarginCase.Order(leg: .option(option), price: option.isInverse ? limit * spot : limit)
        }
        guard var contract = marked(instrument, size: size, cut, &markets[instrument.underlying, default: .none])
        else { return nil }
        contract.entryPrice = limit
        return MarginCase.Order(leg: .marked(contract), price: limit)
    }

    /// Says of each market how many coins all that are long have of its linear perpetuals, as of its last cut.
    func stateOpenInterest(of markets: inout [AssetID: MarginCase.Underlying]) {
        for (id, market) in markets {
            guard let place = place(of: id) else { continue }
            markets[id]?.openInterest = ["\(market.symbol)-PERP": underlyings[place].table.perpetualCoins]
        }
    }
}
