import MarginDomain

/// Trades and cash that change the books after the opening.
extension SyntheticExchange {
    /// A wish filled by its maker at the mark.
    mutating func trade(_ wish: TradeFlow.Wish) -> BusMessage {
        let customer = TradeTicket.Party(
            account: wish.member.account, mode: wish.member.instrument.isPresent ? .isolated : .cross)
        let maker = TradeTicket.Party(account: wish.maker, paysFee: false)
        let listed = catalogue.instrument(wish.instrument)
        let trade = write(listed, lots: wish.lots, at: market.markPrice(of: listed), customer, against: maker)
        return send([trade], in: listed.instrument.underlying)
    }

    /// Books a trade of signed lots for `party`; the caller sends it.
    mutating func write(
        _ listed: ListedInstrument, lots: Int64, at price: Price, _ party: TradeTicket.Party,
        against other: TradeTicket.Party, kind: TradeKind = .normal, plan: PlanID = PlanID(0)
    ) -> Trade {
        let asset = listed.instrument.settlementAsset
        let unit = market.dollarsPerUnit(of: asset) * catalogue.asset(asset).moneyExponent.scale
        let trade = ticket.trade(
            listed, lots: abs(lots), price: price, buyer: lots > 0 ? party : other, seller: lots > 0 ? other : party,
            spot: market.spot(of: listed.instrument.underlying), assetUnit: unit, at: now, kind: kind, plan: plan)
        positions.apply(trade)
        return trade
    }

    mutating func send(_ trades: [Trade], in underlying: AssetID) -> BusMessage {
        numbering.message(
            .trade(trades), from: SourcePlan.trades(in: underlying), topic: topic("tr.", underlying), at: now)
    }

    mutating func sendCash(_ events: EventGroup) -> BusMessage {
        numbering.message(events, from: SourcePlan.cash, topic: "cash.", at: now)
    }

    mutating func sendReference(_ events: EventGroup) -> BusMessage {
        numbering.message(events, from: SourcePlan.reference, topic: "ref.", at: now)
    }

    /// The exchange's next reference of a ledger entry.
    mutating func nextReference() -> Reference {
        lastReference += 1
        return Reference(lastReference)
    }
}
