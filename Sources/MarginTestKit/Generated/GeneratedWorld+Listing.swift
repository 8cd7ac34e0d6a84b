import MarginDomain

/// How the exchange comes into being, and what is listed and opened later.
extension GeneratedWorld {
    static let hour: Int64 = 3_600 * Duration64.perSecond

    /// The opening records: assets, parameters, instruments, agreements, accounts, their first money, a first market.
    mutating func open() {
        let assets = [GeneratedAsset.dollar, .stablecoin, .gold, .token] + underlyings + [.unmargined]
        emit(.assetListed(assets.map(\.listing)), from: Self.reference)
        emit(.riskParameters(fullParameters()), from: Self.reference)
        passFirstDays()
        for underlying in underlyings { listAll(of: underlying) }
        listPerpetual(of: .unmargined, .linearPerpetual, .dollar)
        emit(.instrumentListed(instruments.map(\.listing)), from: Self.reference)
        emit(
            .poolAgreement([
                PoolAgreement(oneOwner: AgreementID(1), version: ParameterVersion(1)), GeneratedMutual.unsigned,
            ]), from: Self.reference)
        for owner in 1...UInt64(size.owners) {
            for _ in 0...random.index(3) { openAccount(of: OwnerID(owner)) }
        }
        // The market makers, on the other side of most trades.
        for owner in UInt64(900)...901 { openAccount(of: OwnerID(owner), wealth: 50_000_000) }
        for asset in underlyings + [.unmargined] {
            publishIndex(of: asset)
            publishForwards(of: asset)
            publishSurface(of: asset)
            // A few marks are missing at first: their pools cannot be margined yet.
            publishMarks(of: asset, share: 0.85)
        }
        publishCollateral()
    }

    mutating func openAccount(of owner: OwnerID, wealth: Double? = nil) {
        let wealth = wealth ?? random.pick([2_000, 20_000, 100_000, 1_000_000])
        let account = GeneratedAccount(
            id: AccountID(nextAccount), owner: owner, pool: PoolID(1000 + nextAccount), wealth: wealth)
        nextAccount += 1
        accounts.append(account)
        emit(
            .accountOpened([AccountOpened(account: account.id, owner: owner, pool: account.pool)]),
            from: Self.reference)
        emit(.deposit(endowment(of: account)), from: Self.cash)
    }

    /// First money: dollars, and something else for most.
    private mutating func endowment(of account: GeneratedAccount) -> [Deposit] {
        var parts = [(GeneratedAsset.dollar, random.number(0.3, 1))]
        if random.chance(0.8) {
            let other = random.pick(underlyings + [.stablecoin, .stablecoin, .gold, .token])
            parts.append((other, random.number(0.1, 0.7)))
        }
        return parts.map { asset, share in
            Deposit(
                reference: newReference(), account: account.id, instrument: .none, asset: asset.id,
                amount: asset.money(share * account.wealth / (prices[asset.id] ?? 1)), status: .final)
        }
    }

    private mutating func listAll(of underlying: GeneratedAsset) {
        listPerpetual(of: underlying, .linearPerpetual, .dollar)
        listPerpetual(of: underlying, .linearPerpetual, .stablecoin)
        listPerpetual(of: underlying, .inversePerpetual, underlying)
        // From hours, so that half steps switch, to a year.
        for hours in [7, 49, 24 * 9, 24 * 45, 24 * 200, 24 * 365] {
            let expiry = Timestamp(time.nanoseconds + Int64(hours) * Self.hour)
            listExpiry(of: underlying, expiry, withFutures: hours == 49 || hours == 24 * 45)
        }
    }

    /// An option chain, and perhaps a future of either kind.
    mutating func listExpiry(of underlying: GeneratedAsset, _ expiry: Timestamp, withFutures: Bool) {
        if withFutures {
            list(.linearFuture, underlying, .dollar, expiry)
            list(.inverseFuture, underlying, underlying, expiry)
        }
        let settlement = random.pick([GeneratedAsset.dollar, .stablecoin, underlying])
        let kind: ContractKind = settlement.id == underlying.id ? .inverseOption : .linearOption
        for place in 0..<size.strikes {
            let moneyness = 0.85 + 0.3 * (Double(place) + 0.5) / Double(size.strikes)
            let strike = underlying.ticks((prices[underlying.id] ?? 1) * moneyness)
            list(kind, underlying, settlement, expiry, .call, strike)
            list(kind, underlying, settlement, expiry, .put, strike)
        }
    }

    private mutating func listPerpetual(
        of underlying: GeneratedAsset, _ kind: ContractKind, _ settlement: GeneratedAsset
    ) {
        list(kind, underlying, settlement, .zero)
    }

    private mutating func list(
        _ kind: ContractKind, _ underlying: GeneratedAsset, _ settlement: GeneratedAsset, _ expiry: Timestamp,
        _ type: OptionType = .none, _ strike: Price = .zero
    ) {
        let isCoin = kind == .inverseOption
        let isContract = kind == .inverseFuture || kind == .inversePerpetual
        // Lots of some dollars: a tick times a lot is then a whole number of every settlement asset's units.
        let lot: Int8 = underlying.price > 10_000 ? -3 : (underlying.price > 100 ? -2 : (underlying.price > 1 ? 0 : 1))
        let tick: Int8 = isCoin ? -4 : (underlying.price > 10_000 ? -1 : (underlying.price > 1 ? -2 : -5))
        guard let symbol = Symbol("\(underlying.symbol)-\(nextInstrument)") else {
            preconditionFailure("an instrument's symbol is too long")
        }
        instruments.append(
            GeneratedInstrument(
                listing: InstrumentListed(
                    instrument: InstrumentID(nextInstrument), symbol: symbol, kind: kind, optionType: type,
                    underlying: underlying.id, settlementAsset: settlement.id, priceExponent: Exponent(tick),
                    quantityExponent: Exponent(isContract ? 1 : lot), strike: strike, expiry: expiry),
                underlying: underlying, settlement: settlement))
        nextInstrument += 1
    }

    /// A new expiry is listed and traded before anything of it is priced, or an account or instrument ends.
    mutating func listMore() {
        switch random.index(4) {
        case 0, 1:
            let known = instruments.count
            let hours = random.pick([5, 30, 80, 500])
            listExpiry(
                of: random.pick(underlyings), Timestamp(time.nanoseconds + Int64(hours) * Self.hour),
                withFutures: random.chance(0.5))
            emit(.instrumentListed(instruments[known...].map(\.listing)), from: Self.reference)
            let trade = trade(in: instruments[known + random.index(instruments.count - known)])
            emit(.trade([trade]), from: Self.trading)
        case 2: openAccount(of: OwnerID(UInt64(1 + random.index(size.owners))))
        default:
            emit(.accountClosed([AccountClosed(account: random.pick(accounts).id)]), from: Self.reference)
            emit(
                .instrumentDelisted([InstrumentDelisted(instrument: random.pick(instruments).id)]),
                from: Self.reference)
        }
    }
}
