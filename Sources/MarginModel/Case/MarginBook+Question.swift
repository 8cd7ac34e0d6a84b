import CMarginKernels
import MarginDomain

extension MarginBook {
    /// What holdings are and what their market is, as a question that any margin method can answer.
    ///
    /// Haircuts are those of the parameters. Symbols are those of the assets. Profit of futures and perpetuals stands in the balances, as of the marks, and
    /// the contracts are entered at them, since a pool's ledger knows no entry price. A question has one price for all
    /// perpetuals of an underlying: the mark of the first that is held, in order of instrument.
    ///
    /// Options that settle in a stablecoin count at par. Depth is left out, since a case would take the pool for all that
    /// its owner has.
    ///
    /// - Parameter facts: what else the question is to say.
    /// - Returns: nil while a price of the holdings is missing, or if two of their assets have one symbol.
    public func question(
        about holdings: PoolHoldings, name: String = "", with facts: QuestionFacts = []
    ) -> MarginCase? {
        var account = MarginCase.Member(id: name)
        var markets: [AssetID: MarginCase.Underlying] = [:]
        var balances: [AssetID: Double] = [:]
        for held in holdings.balances {
            guard let asset = assets[held.asset] else { return nil }
            balances[held.asset] = held.balance.units.nearestDouble * asset.moneyExponent.scale
            if asset.role == .underlying, !open(asset.id, in: &markets) { return nil }
        }
        for position in holdings.positions {
            guard let instrument = instrument(position.instrument), open(instrument.underlying, in: &markets),
                let place = place(of: instrument.underlying), let cut = underlyings[place].table.cut
            else { return nil }
            let size = position.lots.lots.nearestDouble * instrument.quantityExponent.scale
            guard case .option = instrument.contract else {
                guard
                    let contract = marked(instrument, size: size, cut, &markets[instrument.underlying, default: .none])
                else { return nil }
                let coin = contract.isInverse ? -size / contract.entryPrice : size * contract.entryPrice
                balances[instrument.settlementAsset, default: 0] += coin
                account.marked.append(contract)
                continue
            }
            guard
                let option = option(instrument, size: size, cut, &markets[instrument.underlying, default: .none])
            else { return nil }
            account.options.append(option)
        }
        if facts.contains(.orders) {
            for resting in holdings.orders {
                guard let order = order(resting, in: &markets) else { return nil }
                account.orders.append(order)
            }
        }
        if facts.contains(.openInterest) { stateOpenInterest(of: &markets) }
        let names = Set(balances.keys).union(markets.keys).compactMap { assets[$0]?.symbol }
        guard Set(names).count == names.count, settle(balances, into: &account) else { return nil }
        return MarginCase(
            name: name, underlyings: markets.sorted { $0.key < $1.key }.map(\.value), members: [account])
    }

    static func seconds(from cut: Timestamp, to expiry: Timestamp) -> Double {
        Double(max(0, (expiry - cut).nanoseconds)) / 1e9
    }

    /// Makes sure that an underlying's market is among the question's; false while it has no index price.
    func open(_ underlying: AssetID, in markets: inout [AssetID: MarginCase.Underlying]) -> Bool {
        if markets[underlying] != nil { return true }
        guard let place = place(of: underlying), let spot = underlyings[place].market.spot else { return false }
        var market = MarginCase.Underlying(symbol: "\(underlyings[place].asset.symbol)", spot: spot)
        market.spotConfidence = underlyings[place].table.confidence
        market.slowPrice = underlyings[place].table.slow.map { $0.ticks * underlyings[place].asset.priceExponent.scale }
        // Half steps are on while anything listed expires soon, held or not.
        if let cut = underlyings[place].table.cut, let nearest = underlyings[place].contracts.nearestExpiry(after: cut)
        {
            _ = listExpiry(nearest, of: place, cut, in: &market)
        }
        markets[underlying] = market
        return true
    }

    /// An option at the volatility of its surface; nil without one, or without a forward.
    func option(
        _ instrument: Instrument, size: Double, _ cut: Timestamp, _ market: inout MarginCase.Underlying
    ) -> MarginCase.Option? {
        guard case .option(let settlement, let type, let strike, let expiry) = instrument.contract,
            let place = place(of: instrument.underlying),
            let volatility = underlyings[place].market.expiries[expiry]?.volatility(
                at: strike, tick: underlyings[place].asset.priceExponent.scale),
            listExpiry(expiry, of: place, cut, in: &market)
        else { return nil }
        return MarginCase.Option(
            underlying: market.symbol, isInverse: settlement == .inverse, isCall: type == .call,
            secondsToExpiry: Self.seconds(from: cut, to: expiry), strike: underlyings[place].asset.dollars(strike),
            impliedVolatility: volatility, size: size)
    }

    /// A perpetual or future at its mark, with the prices that the question needs of it; nil without a mark.
    func marked(
        _ instrument: Instrument, size: Double, _ cut: Timestamp, _ market: inout MarginCase.Underlying
    ) -> MarginCase.Marked? {
        guard let place = place(of: instrument.underlying),
            var mark = underlyings[place].market.markDollars(of: instrument)
        else { return nil }
        if let expiry = instrument.expiry {
            _ = listExpiry(expiry, of: place, cut, in: &market)
        } else {
            mark = market.perpetual ?? mark
            if market.perpetual == nil { market.fundingRate = underlyings[place].funding(of: instrument.id) }
            market.perpetual = mark
        }
        let coin = assets[instrument.settlementAsset].flatMap { $0.role == .stablecoin ? "\($0.symbol)" : nil }
        return MarginCase.Marked(
            underlying: market.symbol, isInverse: instrument.contract.settlement == .inverse, settlementAsset: coin,
            secondsToExpiry: instrument.expiry.map { Self.seconds(from: cut, to: $0) }, size: size, entryPrice: mark,
            mark: mark)
    }

    /// Makes sure that an expiry is among a market's; false while it has no forward.
    func listExpiry(
        _ expiry: Timestamp, of place: Int, _ cut: Timestamp, in market: inout MarginCase.Underlying
    ) -> Bool {
        let seconds = Self.seconds(from: cut, to: expiry)
        if market.expiries.contains(where: { $0.secondsToExpiry == seconds }) { return true }
        guard let (forward, settled) = underlyings[place].market.forwardDollars(of: expiry) else { return false }
        market.expiries.append(
            MarginCase.Expiry(
                secondsToExpiry: seconds, forward: forward, settledForward: settled,
                rate: underlyings[place].market.rate(of: expiry)?.rate.fraction ?? 0))
        return true
    }

    /// Writes balances in units as cash and collateral; false while one of them has no price.
    private func settle(_ balances: [AssetID: Double], into account: inout MarginCase.Member) -> Bool {
        for (id, amount) in balances.sorted(by: { $0.key < $1.key }) where amount != 0 {
            guard let asset = assets[id] else { return false }
            let price = collateralPrices[id].map { Double($0.price.ticks) * asset.priceExponent.scale }
            let symbol = "\(asset.symbol)"
            defer { account.setConfidence(collateralPrices[id]?.confidence.clamped, ofLast: symbol) }
            switch asset.role {
            case .numeraire: account.cash += amount
            case .underlying:
                guard let spot = place(of: id).flatMap({ underlyings[$0].market.spot }) else { return false }
                account.collateral.append(
                    MarginCase.Collateral(asset: symbol, underlying: symbol, amount: amount, price: spot))
            case .stablecoin:
                // What is owed has no charge: it is worth less, not more, when the coin falls.
                let (maintenance, initial) = (
                    parameters.addOns.stablecoinMaintenance, parameters.addOns.stablecoinInitial
                )
                account.collateral.append(
                    MarginCase.Collateral(
                        asset: symbol, amount: amount, price: price ?? 1,
                        maintenanceHaircut: amount > 0 ? maintenance : 0,
                        initialHaircut: amount > 0 ? initial - maintenance : 0))
            case .collateral:
                guard let price else { return false }
                let own = parameters.collateral(id)
                let worth = amount * price
                // The tiers' mean rate at this amount.
                let charge = BalanceCharges.haircut(worth * 1e6, own, extra: 0, quantaPerDollar: 1e6) / 1e6
                account.collateral.append(
                    MarginCase.Collateral(
                        asset: symbol, amount: amount, price: price,
                        maintenanceHaircut: worth == 0 ? 0 : charge / abs(worth), initialHaircut: own.initialHaircut))
            }
        }
        return true
    }
}

extension MarginCase.Member {
    /// Says how sure the price of the collateral is that was added last, if it is of this asset.
    fileprivate mutating func setConfidence(_ confidence: Double?, ofLast asset: String) {
        guard let confidence, let place = collateral.indices.last, collateral[place].asset == asset else { return }
        collateral[place].confidence = confidence
    }
}

extension MarginCase.Underlying {
    /// Stands where no market has been opened; never part of a question.
    static let none = MarginCase.Underlying(symbol: "", spot: 1)
}
