import MarginDomain

/// Trades of all kinds, and how positions end.
extension GeneratedWorld {
    private var makers: [GeneratedAccount] { accounts.filter { $0.owner.rawValue >= 900 } }
    private var takers: [GeneratedAccount] { accounts.filter { $0.owner.rawValue < 900 } }

    /// Takers trade with market makers, sometimes with each other, and with more than they should.
    mutating func trade() {
        var entries: [Trade] = []
        for _ in 0..<(random.chance(0.2) ? 2 + random.index(3) : 1) {
            let isRare = random.chance(0.005)
            let listed = instruments.filter { ($0.underlying.id == GeneratedAsset.unmargined.id) == isRare }
            if !listed.isEmpty { entries.append(trade(in: random.pick(listed))) }
        }
        emit(.trade(entries), from: Self.trading)
    }

    /// One trade of a taker.
    mutating func trade(in instrument: GeneratedInstrument) -> Trade {
        let taker = random.pick(takers)
        let isMargined = instrument.underlying.id != GeneratedAsset.unmargined.id
        let other = isMargined && random.chance(0.8) ? random.pick(makers) : random.pick(takers)
        let isolated = random.chance(0.04)
        let member = Member(taker.id, mode: isolated ? .isolated : .cross, trading: instrument.id)
        let held = lots[member]?[instrument.id] ?? 0
        // Big positions are reduced, small ones grow: leverage stays a few times what the account has.
        let share = instrument.isOption ? random.number(0.05, 1) : random.number(0.2, 2)
        var quantity = instrument.lots(worth: share * taker.wealth, spot: price(of: instrument.underlying)).lots
        var buys = random.chance(0.5)
        if random.chance(0.5), held != 0 {
            buys = held < 0
            quantity = random.chance(0.5) ? Int64(held.magnitude) : min(quantity, Int64(held.magnitude))
        }
        if isolated, buys == (held >= 0) { fund(member, instrument, worth: share * taker.wealth) }
        return exchange(quantity, of: instrument, between: taker, member, and: other, takerBuys: buys, kind: .normal)
    }

    /// Moves collateral to an isolated position before it is opened.
    private mutating func fund(_ member: Member, _ instrument: GeneratedInstrument, worth dollars: Double) {
        let asset = instrument.settlement
        let transfer = Transfer(
            reference: newReference(), fromAccount: member.account, fromInstrument: .none,
            toAccount: member.account, toInstrument: member.instrument, asset: asset.id,
            amount: asset.money(random.number(0.12, 0.5) * dollars / (prices[asset.id] ?? 1)))
        emit(.transfer([transfer]), from: Self.cash)
    }

    private mutating func exchange(
        _ quantity: Int64, of instrument: GeneratedInstrument, between taker: GeneratedAccount, _ member: Member,
        and other: GeneratedAccount, takerBuys: Bool, kind: TradeKind
    ) -> Trade {
        let spot = price(of: instrument.underlying)
        let fair = instrument.fairPrice(spot: spot, volatility: volatility(of: instrument.underlying), at: time)
        let price = instrument.ticks(fair * (1 + 0.002 * random.bell()))
        let isContract = instrument.isInverse && !instrument.isOption
        let notional = Double(quantity) * instrument.listing.quantityExponent.scale * (isContract ? 1 : spot)
        let fee = instrument.settlement.money(0.0004 * notional / (prices[instrument.settlement.id] ?? 1))
        let takerMode: MarginMode = member.instrument.isPresent ? .isolated : .cross
        // A maker may rebate: a negative fee.
        let otherFee = random.chance(0.3) ? -fee : fee
        nextReference += 1
        let trade = Trade(
            trade: TradeID(nextReference), instrument: instrument.id, price: price, quantity: Quantity(quantity),
            buyer: takerBuys ? taker.id : other.id, buyerMode: takerBuys ? takerMode : .cross, buyerOrder: OrderID(0),
            buyerFee: takerBuys ? fee : otherFee, seller: takerBuys ? other.id : taker.id,
            sellerMode: takerBuys ? .cross : takerMode, sellerOrder: OrderID(0), sellerFee: takerBuys ? otherFee : fee,
            kind: kind, plan: PlanID(0), refersTo: TradeID(0), tradeTime: time)
        record(trade)
        return trade
    }

    /// Keeps count of who holds what.
    private mutating func record(_ trade: Trade) {
        let sign: Int64 = trade.kind == .bust ? -1 : 1
        let buyer = Member(trade.buyer, mode: trade.buyerMode, trading: trade.instrument)
        let seller = Member(trade.seller, mode: trade.sellerMode, trading: trade.instrument)
        lots[buyer, default: [:]][trade.instrument, default: 0] += sign * trade.quantity.lots
        lots[seller, default: [:]][trade.instrument, default: 0] -= sign * trade.quantity.lots
        trades.append(trade)
        if trades.count > 20 { trades.removeFirst() }
    }

    /// A trade is busted, sometimes with its correction in the same record.
    mutating func undo() {
        guard !trades.isEmpty else { return }
        let wrong = trades.remove(at: random.index(trades.count))
        guard wrong.kind != .bust, instruments.contains(where: { $0.id == wrong.instrument }) else { return }
        var bust = wrong
        nextReference += 1
        bust.trade = TradeID(nextReference)
        bust.kind = .bust
        bust.refersTo = wrong.trade
        var entries = [bust]
        record(bust)
        if random.chance(0.5) {
            var correction = wrong
            nextReference += 1
            correction.trade = TradeID(nextReference)
            correction.kind = .correction
            correction.refersTo = wrong.trade
            correction.price = Price(max(1, wrong.price.ticks + Int64(random.index(5)) - 2))
            record(correction)
            entries.append(correction)
        }
        emit(.trade(entries), from: Self.trading)
    }

    /// A member with positions, in order, so that the choice does not depend on a dictionary.
    private mutating func anyHolder() -> (member: Member, instrument: GeneratedInstrument, held: Int64)? {
        let held = lots.sorted { $0.key < $1.key }.flatMap { member, positions in
            positions.sorted { $0.key < $1.key }.compactMap { id, quantity in
                quantity == 0 ? nil : (member, id, quantity)
            }
        }
        guard !held.isEmpty else { return nil }
        let choice = held[random.index(held.count)]
        guard let instrument = instruments.first(where: { $0.id == choice.1 }) else { return nil }
        return (choice.0, instrument, choice.2)
    }

    /// Positions of an account are closed against a maker, as a liquidation or on request, or by deleveraging.
    mutating func flatten() {
        guard let (member, instrument, held) = anyHolder(),
            let account = accounts.first(where: { $0.id == member.account })
        else { return }
        let trade = exchange(
            Int64(held.magnitude), of: instrument, between: account, member, and: random.pick(makers),
            takerBuys: held < 0, kind: random.pick([.normal, .liquidation, .autoDeleverage]))
        emit(.trade([trade]), from: Self.trading)
    }

    /// A position moves between accounts, or is delivered or exercised.
    mutating func movePosition() {
        guard let (member, instrument, held) = anyHolder() else { return }
        let mode: MarginMode = member.instrument.isPresent ? .isolated : .cross
        let part = Int64(1 + random.index(Int(held.magnitude))) * held.signum()
        if instrument.isOption, random.chance(0.3) {
            lots[member]?[instrument.id] = held - part
            let exercise = Exercise(
                instrument: instrument.id, account: member.account, mode: mode, quantity: Quantity(part),
                amount: Money(part.signum() * instrument.settlement.money(random.number(0.1, 2)).units))
            emit(.exercise([exercise]), from: Self.cash)
            return
        }
        if instrument.listing.expiry != .zero, random.chance(0.15) {
            lots[member]?[instrument.id] = held - part
            let delivery = Delivery(
                instrument: instrument.id, account: member.account, mode: mode, quantity: Quantity(part),
                asset: instrument.underlying.id,
                amount: Money(part.signum() * instrument.underlying.money(0.01).units))
            emit(.delivery([delivery]), from: Self.cash)
            return
        }
        let taker = random.pick(accounts)
        let takerMode: MarginMode = random.chance(0.05) ? .isolated : .cross
        let fair = instrument.fairPrice(
            spot: price(of: instrument.underlying), volatility: volatility(of: instrument.underlying), at: time)
        lots[member]?[instrument.id] = held - part
        lots[Member(taker.id, mode: takerMode, trading: instrument.id), default: [:]][instrument.id, default: 0] +=
            part
        let transfer = PositionTransfer(
            reference: newReference(), fromAccount: member.account, fromMode: mode, toAccount: taker.id,
            toMode: takerMode, instrument: instrument.id, quantity: Quantity(part), price: instrument.ticks(fair))
        emit(.positionTransfer([transfer]), from: Self.cash)
    }

    /// Settles one underlying's expired instruments; false if nothing has expired, or the exchange takes its time.
    mutating func settleExpired() -> Bool {
        let expired = instruments.filter { $0.listing.expiry != .zero && $0.listing.expiry <= time }
        guard let first = expired.first, random.chance(0.3) else { return false }
        let settled = expired.filter {
            $0.listing.expiry == first.listing.expiry && $0.underlying.id == first.underlying.id
        }
        let price = first.underlying.ticks(price(of: first.underlying))
        emit(
            .settlement(
                settled.map { Settlement(instrument: $0.id, price: price, settlementTime: $0.listing.expiry) }),
            from: Self.cash)
        for instrument in settled {
            instruments.removeAll { $0.id == instrument.id }
            for member in lots.keys { lots[member]?[instrument.id] = nil }
        }
        return true
    }
}
