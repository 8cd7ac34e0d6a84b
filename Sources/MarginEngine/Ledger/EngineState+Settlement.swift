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
        for place in holders {
            settle(instrument, at: event.price, of: underlying, for: place)
        }
        let owners = withdrawOrders(in: instrument.id)
        close(instrument)
        evaluate((holders + owners).map { members[$0.number].pool }, because: .trade, &effects)
    }

    private mutating func settle(
        _ instrument: Instrument, at price: Price, of underlying: Asset, for place: MemberIndex
    ) {
        guard let position = members[place.number].positions[instrument.id],
            let lots = Int64(exactly: position.quantity.lots)
        else { return }
        let amount = instrument.settlementAmount(of: Quantity(lots), at: price, of: underlying)
        // Buying back the whole position for the amount makes it flat, which realises its cost.
        add(-Quantity(lots), costing: .zero - amount, of: instrument, to: place)
        house.post(.zero - amount, to: .custody, in: instrument.settlementAsset)
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
