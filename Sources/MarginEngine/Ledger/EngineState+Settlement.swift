import MarginDomain

extension EngineState {
    mutating func apply(_ event: Settlement, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[event.instrument] else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        guard let underlying = reference.assets[instrument.underlying], instrument.expiry != nil else {
            return effects.refuse(.outOfRange(field: "instrument"))
        }
        guard event.price > .zero else { return effects.refuse(.outOfRange(field: "price")) }
        let holders = memberPlaces.values
            .filter { members[$0.number].positions[instrument.id] != nil }
            .sorted { members[$0.number].member < members[$1.number].member }
        let amounts = holders.map { place in
            members[place.number].positions[instrument.id].flatMap { Int64(exactly: $0.quantity.lots) }.flatMap {
                lots in
                instrument.settlementAmount(of: Quantity(lots), at: event.price, of: underlying)
                    .map { (lots: Quantity(lots), amount: $0) }
            }
        }
        guard amounts.allSatisfy({ $0 != nil }) else { return effects.refuse(.outOfRange(field: "price")) }
        for case (let place, let (lots, amount)?) in zip(holders, amounts) {
            // Buying back the whole position for the amount makes it flat, which realises its cost.
            add(-lots, costing: .zero - amount, of: instrument, to: place)
            house.post(.zero - amount, to: .custody, in: instrument.settlementAsset)
        }
        let owners = withdrawOrders(in: instrument.id)
        close(instrument)
        evaluate((holders + owners).map { members[$0.number].pool }, because: .trade, &effects)
    }

    mutating func apply(_ event: Delivery, _ effects: inout RecordEffects) {
        close(
            event.quantity, of: event.instrument, account: event.account, mode: event.mode, for: event.amount,
            of: event.asset, &effects)
    }

    mutating func apply(_ event: Exercise, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[event.instrument] else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        close(
            event.quantity, of: event.instrument, account: event.account, mode: event.mode, for: event.amount,
            of: instrument.settlementAsset, &effects)
    }

    private mutating func close(
        _ quantity: Quantity, of id: InstrumentID, account: AccountID, mode: MarginMode, for amount: Money,
        of asset: AssetID, _ effects: inout RecordEffects
    ) {
        guard let instrument = reference.instruments[id] else { return effects.refuse(.unknownInstrument(id)) }
        guard reference.assets[asset] != nil else { return effects.refuse(.unknownAsset(asset)) }
        guard let open = accounts[account] else { return effects.refuse(.unknownAccount(account)) }
        let place = existingMember(Member(account, mode: mode, trading: id), of: open)
        add(-quantity, costing: .zero, of: instrument, to: place)
        post(Balance(amount), of: asset, to: place)
        house.post(.zero - Balance(amount), to: .custody, in: asset)
        evaluate([members[place.number].pool], because: .trade, &effects)
    }
}
