import MarginDomain

extension MarginBook {
    /// Every published input that the margin of some holdings depends on, their open orders included, by asset.
    ///
    /// Of an underlying: the index price; by expiry the forward, the discount rate and the volatilities; marks and
    /// funding rates by instrument; the depth. What is needed and was never published is there without content; what
    /// counts as something else until it is published (a rate as 0, a stablecoin as par) is left out.
    public func inputs(of parts: [PoolHoldings]) -> [PricedInput] {
        var needs: [AssetID: InputNeeds] = [:]
        for holdings in parts {
            for balance in holdings.balances { needs[balance.asset] = needs[balance.asset] ?? InputNeeds() }
            for position in holdings.positions {
                guard let instrument = instrument(position.instrument) else { continue }
                needs[instrument.underlying, default: InputNeeds()].add(instrument)
                let settlement = instrument.settlementAsset
                needs[settlement] = needs[settlement] ?? InputNeeds()
            }
            for order in holdings.orders {
                guard let instrument = instrument(order.instrument) else { continue }
                needs[instrument.underlying, default: InputNeeds()].add(instrument)
            }
        }
        return needs.sorted { $0.key < $1.key }.flatMap { asset, needs in
            market(of: asset).map { $0.inputs(needs) } ?? price(of: asset)
        }
    }

    private func price(of asset: AssetID) -> [PricedInput] {
        let published = collateralPrices[asset].map { PricedInput.Content.price($0) }
        guard published != nil || assets[asset]?.role == .collateral else { return [] }
        return [PricedInput(.collateral, of: asset, published)]
    }
}

extension UnderlyingMarket {
    fileprivate func inputs(_ needs: InputNeeds) -> [PricedInput] {
        let asset = underlying.id
        var list = [PricedInput(.index, of: asset, index.map { .price($0) })]
        for expiry in needs.expiries { list += inputs(of: expiry, needs) }
        for id in needs.marked.sorted() {
            list.append(PricedInput(.mark, of: asset, instrument: id, mark(of: id).map { .price($0) }))
            if needs.funded.contains(id), let rate = funding(of: id) {
                list.append(PricedInput(.funding, of: asset, instrument: id, .rate(rate)))
            }
        }
        if let depth, let depthTime { list.append(PricedInput(.depth, of: asset, .depth(Value(depth), depthTime))) }
        return list
    }

    private func inputs(of expiry: Timestamp, _ needs: InputNeeds) -> [PricedInput] {
        let asset = underlying.id
        let forward = forward(of: expiry).map { PricedInput.Content.forward($0) }
        guard let strikes = needs.strikes[expiry] else {
            return forward.map { [PricedInput(.forward, of: asset, expiry: expiry, $0)] } ?? []
        }
        var list = [PricedInput(.forward, of: asset, expiry: expiry, forward)]
        if needs.discounted.contains(expiry), let rate = rate(of: expiry) {
            list.append(PricedInput(.rate, of: asset, expiry: expiry, .rate(rate)))
        }
        let market = expiries[expiry] ?? ExpiryMarket()
        if let slice = market.slice {
            list.append(PricedInput(.slice, of: asset, expiry: expiry, .slice(slice)))
        } else if market.surface.isEmpty {
            list.append(PricedInput(.volatility, of: asset, expiry: expiry, nil))
        } else {
            list += market.points(readAt: strikes).map {
                PricedInput(.volatility, of: asset, expiry: expiry, .volatility($0))
            }
        }
        return list
    }
}

extension ExpiryMarket {
    /// The points that the volatilities at some strikes are read from, and the newest of all, whose age decides about
    /// the charge for old volatilities: ascending by strike.
    fileprivate func points(readAt strikes: Set<Price>) -> [PublishedVolatility] {
        var read: Set<Int> = []
        for strike in strikes {
            let above = place(of: strike)
            if above < surface.count { read.insert(above) }
            if above == surface.count || (above > 0 && surface[above].strike != strike) { read.insert(above - 1) }
        }
        let newest = surface.map(\.publishTime).max()
        if !read.contains(where: { surface[$0].publishTime == newest }),
            let place = surface.firstIndex(where: { $0.publishTime == newest })
        {
            read.insert(place)
        }
        return read.sorted().map { surface[$0] }
    }
}
