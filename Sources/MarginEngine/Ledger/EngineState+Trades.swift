import MarginDomain

extension EngineState {
    mutating func apply(_ trade: Trade, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[trade.instrument] else {
            return effects.refuse(.unknownInstrument(trade.instrument))
        }
        guard let buyerAccount = accounts[trade.buyer] else { return effects.refuse(.unknownAccount(trade.buyer)) }
        guard let sellerAccount = accounts[trade.seller] else { return effects.refuse(.unknownAccount(trade.seller)) }
        guard trade.quantity > .zero else { return effects.refuse(.outOfRange(field: "quantity")) }
        // A bust carries the terms of the trade it undoes and turns every sign round.
        let isBust = trade.kind == .bust
        let quantity = isBust ? -trade.quantity : trade.quantity
        guard let cost = instrument.cost(of: quantity, at: trade.price) else {
            return effects.refuse(.outOfRange(field: "price"))
        }
        let buyer = existingMember(Member(trade.buyer, mode: trade.buyerMode, trading: instrument.id), of: buyerAccount)
        let seller = existingMember(
            Member(trade.seller, mode: trade.sellerMode, trading: instrument.id), of: sellerAccount)
        add(quantity, costing: cost, of: instrument, to: buyer)
        add(-quantity, costing: .zero - cost, of: instrument, to: seller)
        payFee(isBust ? -trade.buyerFee : trade.buyerFee, in: instrument.settlementAsset, from: buyer)
        payFee(isBust ? -trade.sellerFee : trade.sellerFee, in: instrument.settlementAsset, from: seller)
        if !reservations.isEmpty, !isBust { fillReservations(of: trade) }
        evaluate([members[buyer.number].pool, members[seller.number].pool], because: .trade, &effects)
    }

    /// What was reserved for the orders of a trade is in the ledger now.
    private mutating func fillReservations(of trade: Trade) {
        let buyer = Member(trade.buyer, mode: trade.buyerMode, trading: trade.instrument)
        let seller = Member(trade.seller, mode: trade.sellerMode, trading: trade.instrument)
        reservations.fill(trade.buyerOrder, of: buyer, in: trade.instrument, lots: trade.quantity.lots)
        reservations.fill(trade.sellerOrder, of: seller, in: trade.instrument, lots: trade.quantity.lots)
    }

    private mutating func payFee(_ fee: Money, in asset: AssetID, from place: MemberIndex) {
        post(.zero - Balance(fee), of: asset, to: place)
        house.post(Balance(fee), to: .fees, in: asset)
    }

    mutating func apply(_ event: PositionTransfer, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[event.instrument] else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        guard let giver = accounts[event.fromAccount] else { return effects.refuse(.unknownAccount(event.fromAccount)) }
        guard let taker = accounts[event.toAccount] else { return effects.refuse(.unknownAccount(event.toAccount)) }
        guard event.quantity != .zero else { return effects.refuse(.outOfRange(field: "quantity")) }
        guard let cost = instrument.cost(of: event.quantity, at: event.price) else {
            return effects.refuse(.outOfRange(field: "price"))
        }
        let from = existingMember(
            Member(event.fromAccount, mode: event.fromMode, trading: instrument.id), of: giver)
        let to = existingMember(Member(event.toAccount, mode: event.toMode, trading: instrument.id), of: taker)
        add(-event.quantity, costing: .zero - cost, of: instrument, to: from)
        add(event.quantity, costing: cost, of: instrument, to: to)
        evaluate([members[from.number].pool, members[to.number].pool], because: .trade, &effects)
    }
}
