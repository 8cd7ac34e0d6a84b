public import MarginDomain

extension EngineState {
    /// Folds one record into the state and returns what it caused.
    ///
    /// Entries take effect one after another; `docs/event-rules.md` says how. Nothing here reads a clock, the
    /// environment or an unordered collection: the same records give the same effects, in every build and on every
    /// machine.
    ///
    /// - Precondition: records arrive in order of number.
    public mutating func apply(_ record: EventRecord) -> RecordEffects {
        precondition(record.number > lastRecord, "records must arrive in order")
        lastRecord = record.number
        now = max(now, record.batch.header.sendingTime)
        var effects = RecordEffects(record: record.number)
        passDay(&effects)
        apply(record.batch, &effects)
        if !groups.isEmpty { releaseLeavers(&effects) }
        effects.eventTime = now
        finish(&effects)
        return effects
    }

    private mutating func apply(_ batch: EventBatch, _ effects: inout RecordEffects) {
        let source = batch.header.source
        switch batch.events {
        case .assetListed(let entries): for entry in entries { apply(entry, &effects) }
        case .instrumentListed(let entries): for entry in entries { apply(entry, &effects) }
        case .instrumentAmended(let entries): for entry in entries { apply(entry, &effects) }
        case .instrumentDelisted(let entries): for entry in entries { apply(entry, &effects) }
        case .ownerLinked(let entries): for entry in entries { reference.link(entry) }
        case .accountOpened(let entries): for entry in entries { apply(entry, &effects) }
        case .accountFrozen(let entries): for entry in entries { apply(entry, &effects) }
        case .accountClosed(let entries): for entry in entries { apply(entry, &effects) }
        case .poolAgreement(let entries): for entry in entries { apply(entry, &effects) }
        case .poolMembership(let entries): for entry in entries { apply(entry, &effects) }
        case .riskParameters(let entries): for entry in entries { apply(entry, from: source, &effects) }
        case .trade(let entries): for entry in entries { apply(entry, &effects) }
        case .positionTransfer(let entries): for entry in entries { apply(entry, &effects) }
        case .settlement(let entries): for entry in entries { apply(entry, &effects) }
        case .delivery(let entries): for entry in entries { apply(entry, &effects) }
        case .exercise(let entries): for entry in entries { apply(entry, &effects) }
        case .orderUpdate(let entries):
            for entry in entries { apply(entry, &effects) }
        case .deposit(let entries): for entry in entries { apply(entry, &effects) }
        case .withdrawal(let entries): for entry in entries { apply(entry, &effects) }
        case .transfer(let entries): for entry in entries { apply(entry, &effects) }
        case .fundingPayment(let entries): for entry in entries { apply(entry, &effects) }
        case .fee(let entries): for entry in entries { apply(entry, &effects) }
        case .interest(let entries): for entry in entries { apply(entry, &effects) }
        case .conversion(let entries): for entry in entries { apply(entry, &effects) }
        case .fundMovement(let entries): for entry in entries { apply(entry, &effects) }
        case .sourceSilent(let entries): for entry in entries { apply(entry) }
        case .indexPrice(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, from: source, &touched, &effects) }
            }
        case .markPrice(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, from: source, &touched, &effects) }
            }
        case .forwardPoint(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, from: source, &touched, &effects) }
            }
        case .ratePoint(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, &touched, &effects) }
            }
        case .volatilityPoint(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, from: source, &touched, &effects) }
            }
        case .collateralPrice(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, &touched, &effects) }
            }
        case .sviSlice(let entries):
            applyPrices(&effects) { state, touched, effects in
                for entry in entries { state.take(entry, from: source, &touched, &effects) }
            }
        case .fundingRate(let entries): for entry in entries { apply(entry, &effects) }
        case .depth(let entries): for entry in entries { apply(entry, &effects) }
        case .volatilityIndex(let entries): apply(entries, &effects)
        case .clock(let entries):
            for entry in entries { now = max(now, entry.time) }
            passDay(&effects)
            cutSilentUnderlyings(&effects)
        case .instrumentHalted, .indexComposition, .manualOverride,
            .balanceSnapshot, .positionSnapshot, .halt, .resume, .killSwitch, .observeMode, .sourceHeartbeat,
            .signalAcknowledged:
            // Facts without an effect on margin: they are in the log for whoever needs them.
            break
        }
    }

    private mutating func apply(_ event: AccountFrozen, _ effects: inout RecordEffects) {
        guard accounts[event.account] != nil else { return effects.refuse(.unknownAccount(event.account)) }
        accounts[event.account]?.isFrozen = event.frozen
    }
}
