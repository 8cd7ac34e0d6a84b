import MarginDomain
import MarginModel

extension EngineState {
    /// An order is what its last update left of it; one that is cancelled or has nothing left is gone.
    mutating func apply(_ event: OrderUpdate, _ effects: inout RecordEffects) {
        guard let instrument = reference.instruments[event.instrument] else {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        guard let account = accounts[event.account] else { return effects.refuse(.unknownAccount(event.account)) }
        let member = Member(event.account, mode: event.mode, trading: event.instrument)
        if event.action == .cancel || event.remaining == .zero {
            reservations.note(event)
            guard let place = memberPlaces[member], withdraw(event.order, of: place) else { return }
            return evaluate([members[place.number].pool], because: .order, &effects)
        }
        if let field = unusableField(of: event, instrument) { return effects.refuse(.outOfRange(field: field)) }
        let place = existingMember(member, of: account)
        guard
            members[place.number].orders[event.order] != nil
                || members[place.number].orders.count < EngineLimits.ordersPerMemberMax
        else { return effects.refuse(.tooManyOrders(event.account)) }
        // Only now: an order that is refused rests nowhere, and stays reserved until that lapses.
        reservations.note(event)
        withdraw(event.order, of: place)
        let order = RestingOrder(
            order: event.order, instrument: event.instrument, price: event.price, remaining: event.remaining)
        members[place.number].orders.update(event.order, default: order) { $0 = order }
        orderOwners.note(order.instrument, of: place)
        add(order, in: members[place.number].pool)
        evaluate([members[place.number].pool], because: .order, &effects)
    }

    /// What of an order the model could not take, by name.
    private func unusableField(of event: OrderUpdate, _ instrument: Instrument) -> String? {
        // A settled instrument stays listed here, but nothing can be bought or sold in it any more.
        guard book.isListed(event.instrument) else { return "instrument" }
        guard event.order != OrderID(0) else { return "order" }
        guard event.remaining.lots.magnitude <= UInt64(EngineLimits.positionLotsMax) else { return "remaining" }
        guard event.price > .zero else { return "price" }
        return instrument.cost(of: event.remaining, at: event.price) == nil ? "price" : nil
    }

    /// Takes an order out; false if it is not known.
    @discardableResult
    private mutating func withdraw(_ id: OrderID, of place: MemberIndex) -> Bool {
        guard let order = members[place.number].orders[id] else { return false }
        members[place.number].orders.remove(id)
        orderOwners.forget(order.instrument, of: place)
        remove(order, in: members[place.number].pool)
        return true
    }

    /// Takes out every order in an instrument that ends; whose they were, in order of member.
    mutating func withdrawOrders(in instrument: InstrumentID) -> [MemberIndex] {
        let owners = orderOwners.owners(of: instrument)
            .sorted { members[$0.number].member < members[$1.number].member }
        for place in owners {
            for order in members[place.number].orders.values where order.instrument == instrument {
                withdraw(order.order, of: place)
            }
        }
        return owners
    }
}
