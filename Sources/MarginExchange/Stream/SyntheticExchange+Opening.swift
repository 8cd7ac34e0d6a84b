import MarginDomain

/// The beginning of the stream.
extension SyntheticExchange {
    /// Trades of one message of the opening.
    private static let tradesPerMessage = 64

    /// Everything up to the start: listings, first prices, accounts, money, pools, positions; all at the start's time.
    ///
    /// In this order nothing refers to what is not known yet, prices are there before positions, and nobody is short
    /// of margin while a book is half built. Called once, before the first ``step()``.
    public mutating func open() -> [BusMessage] {
        let funding = FundingPlan(catalogue, market, MarginEstimate(catalogue, market)).funding(of: books)
        var messages = listings()
        messages += firstPrices()
        messages += accounts()
        messages += deposits(funding)
        messages += memberships()
        messages += transfers(funding)
        messages += firstTrades()
        messages += bondsBack(funding)
        return messages
    }

    private mutating func listings() -> [BusMessage] {
        let instruments = catalogue.instruments.map(\.listing).chunks(of: BusNumbering.entriesMax)
        return [sendReference(.assetListed(catalogue.assets))]
            + instruments.map { sendReference(.instrumentListed($0)) }
    }

    /// Index first, so that forwards follow it; surfaces last, so that the first cut with rows has everything.
    private mutating func firstPrices() -> [BusMessage] {
        var messages = pricedCollateral.map { price(quotes.collateral($0, market), of: $0) }
        for underlying in priced {
            messages.append(price(quotes.index(of: underlying, market), of: underlying))
            messages.append(price(quotes.futures(of: underlying, market), of: underlying))
            messages.append(price(quotes.forwards(of: underlying, market), of: underlying))
            messages += surface(of: underlying)
        }
        return messages
    }

    private mutating func accounts() -> [BusMessage] {
        let entries = books.accounts.map { AccountOpened(account: $0.account, owner: $0.owner, pool: $0.ownPool) }
        let agreement = PoolAgreement(oneOwner: SyntheticBooks.oneOwner, version: ParameterVersion(1))
        return entries.chunks(of: BusNumbering.entriesMax).map { sendReference(.accountOpened($0)) }
            + [sendReference(.poolAgreement([agreement]))]
    }

    private mutating func deposits(_ funding: [Funding]) -> [BusMessage] {
        var entries: [Deposit] = []
        for one in funding {
            var payments = one.collateral
            if one.bond > .zero { payments.append(Funding.Payment(asset: Catalogue.dollar, amount: one.bond)) }
            for payment in payments {
                entries.append(
                    Deposit(
                        reference: nextReference(), account: one.account, instrument: .none, asset: payment.asset,
                        amount: payment.amount, status: .final))
            }
        }
        return entries.chunks(of: BusNumbering.entriesMax).map { sendCash(.deposit($0)) }
    }

    private mutating func memberships() -> [BusMessage] {
        var entries: [PoolMembership] = []
        for account in books.accounts {
            if let pool = account.sharedPool { entries.append(join(account.account, .none, pool)) }
            if account.shape == .isolatedPair {
                entries += account.legs.map { join(account.account, $0.instrument, account.pairPool) }
            }
        }
        return entries.chunks(of: BusNumbering.entriesMax).map { sendReference(.poolMembership($0)) }
    }

    private func join(_ account: AccountID, _ instrument: InstrumentID, _ pool: PoolID) -> PoolMembership {
        PoolMembership(
            account: account, instrument: instrument, pool: pool, agreement: SyntheticBooks.oneOwner, action: .join,
            contribution: .zero, pledge: .zero)
    }

    private mutating func transfers(_ funding: [Funding]) -> [BusMessage] {
        var entries: [Transfer] = []
        for one in funding {
            for (instrument, payment) in one.isolated {
                entries.append(
                    Transfer(
                        reference: nextReference(), fromAccount: one.account, fromInstrument: .none,
                        toAccount: one.account, toInstrument: instrument, asset: payment.asset,
                        amount: payment.amount))
            }
        }
        return entries.chunks(of: BusNumbering.entriesMax).map { sendCash(.transfer($0)) }
    }

    private mutating func firstTrades() -> [BusMessage] {
        var trades: [AssetID: [Trade]] = [:]
        for account in books.accounts {
            for (place, leg) in account.legs.enumerated() {
                let listed = catalogue.instrument(leg.instrument)
                let maker = TradeTicket.Party(account: books.maker(for: account.account, leg: place), paysFee: false)
                let customer = TradeTicket.Party(account: account.account, mode: leg.mode)
                let trade = write(
                    listed, lots: leg.lots, at: market.markPrice(of: listed), customer, against: maker)
                trades[listed.instrument.underlying, default: []].append(trade)
            }
        }
        return priced.flatMap { underlying in
            (trades[underlying] ?? []).chunks(of: Self.tradesPerMessage).map { send($0, in: underlying) }
        }
    }

    private mutating func bondsBack(_ funding: [Funding]) -> [BusMessage] {
        let entries = funding.filter { $0.bond > .zero }.map { one in
            Withdrawal(
                reference: nextReference(), account: one.account, instrument: .none, asset: Catalogue.dollar,
                amount: one.bond, status: .held)
        }
        return entries.chunks(of: BusNumbering.entriesMax).flatMap { held in
            let settled = held.map { entry in
                var entry = entry
                entry.status = .settled
                return entry
            }
            return [sendCash(.withdrawal(held)), sendCash(.withdrawal(settled))]
        }
    }
}
