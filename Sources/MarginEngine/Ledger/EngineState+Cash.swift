import MarginDomain

extension EngineState {
    mutating func apply(_ event: Deposit, _ effects: inout RecordEffects) {
        guard event.amount > .zero else { return effects.refuse(.outOfRange(field: "amount")) }
        let sign: Int128
        switch event.status {
        case .pending: return
        case .final: sign = 1
        case .reversed: sign = -1
        }
        pay(
            Balance(Int128(event.amount.units) * sign), of: event.asset, to: event.account, event.instrument,
            from: .custody, &effects)
    }

    mutating func apply(_ event: Withdrawal, _ effects: inout RecordEffects) {
        guard event.amount > .zero else { return effects.refuse(.outOfRange(field: "amount")) }
        if !reservations.isEmpty { reservations.note(event) }
        let sign: Int128
        switch event.status {
        case .requested, .settled: return
        case .held: sign = -1
        case .released: sign = 1
        }
        pay(
            Balance(Int128(event.amount.units) * sign), of: event.asset, to: event.account, event.instrument,
            from: .custody, &effects)
    }

    mutating func apply(_ event: Transfer, _ effects: inout RecordEffects) {
        guard event.amount > .zero else { return effects.refuse(.outOfRange(field: "amount")) }
        guard reference.assets[event.asset] != nil else { return effects.refuse(.unknownAsset(event.asset)) }
        guard let giver = knownMember(event.fromAccount, event.fromInstrument, &effects),
            let taker = knownMember(event.toAccount, event.toInstrument, &effects)
        else { return }
        post(.zero - Balance(event.amount), of: event.asset, to: giver)
        post(Balance(event.amount), of: event.asset, to: taker)
        evaluate([members[giver.number].pool, members[taker.number].pool], because: .cash, &effects)
    }

    mutating func apply(_ event: FundingPayment, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[event.instrument] else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        pay(
            Balance(event.amount), of: instrument.settlementAsset, to: event.account,
            event.mode == .isolated ? event.instrument : .none, from: .fundingClearing, &effects)
    }

    mutating func apply(_ event: Fee, _ effects: inout RecordEffects) {
        pay(.zero - Balance(event.amount), of: event.asset, to: event.account, .none, from: .fees, &effects)
    }

    mutating func apply(_ event: Interest, _ effects: inout RecordEffects) {
        pay(Balance(event.amount), of: event.asset, to: event.account, .none, from: .fundingClearing, &effects)
    }

    mutating func apply(_ event: FundMovement, _ effects: inout RecordEffects) {
        pay(Balance(event.amount), of: event.asset, to: event.account, .none, from: event.fund, &effects)
    }

    mutating func apply(_ event: Conversion, _ effects: inout RecordEffects) {
        guard event.fromAmount > .zero else { return effects.refuse(.outOfRange(field: "fromAmount")) }
        guard event.toAmount > .zero else { return effects.refuse(.outOfRange(field: "toAmount")) }
        guard reference.assets[event.fromAsset] != nil else { return effects.refuse(.unknownAsset(event.fromAsset)) }
        guard reference.assets[event.toAsset] != nil else { return effects.refuse(.unknownAsset(event.toAsset)) }
        guard let place = knownMember(event.account, .none, &effects) else { return }
        post(.zero - Balance(event.fromAmount), of: event.fromAsset, to: place)
        house.post(Balance(event.fromAmount), to: .custody, in: event.fromAsset)
        post(Balance(event.toAmount), of: event.toAsset, to: place)
        house.post(.zero - Balance(event.toAmount), to: .custody, in: event.toAsset)
        evaluate([members[place.number].pool], because: .cash, &effects)
    }

    /// One member's balance moves, a house account takes the opposite, the pool is evaluated.
    private mutating func pay(
        _ amount: Balance, of asset: AssetID, to account: AccountID, _ instrument: InstrumentID, from fund: Fund,
        _ effects: inout RecordEffects
    ) {
        guard reference.assets[asset] != nil else { return effects.refuse(.unknownAsset(asset)) }
        guard let place = knownMember(account, instrument, &effects) else { return }
        post(amount, of: asset, to: place)
        house.post(.zero - amount, to: fund, in: asset)
        evaluate([members[place.number].pool], because: .cash, &effects)
    }

    private mutating func knownMember(
        _ account: AccountID, _ instrument: InstrumentID, _ effects: inout RecordEffects
    ) -> MemberIndex? {
        guard let open = accounts[account] else {
            effects.refuse(.unknownAccount(account))
            return nil
        }
        if instrument.isPresent, reference.instruments[instrument] == nil {
            effects.refuse(.unknownInstrument(instrument))
            return nil
        }
        return existingMember(Member(account, isolated: instrument), of: open)
    }
}
