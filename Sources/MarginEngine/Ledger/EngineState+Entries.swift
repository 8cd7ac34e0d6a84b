import MarginDomain

/// The two elementary moves of the ledger. Everything else is made of them, so that a member's books and its pool's
/// holdings cannot drift apart.
extension EngineState {
    /// Adds money to a member's balance of an asset.
    mutating func post(_ amount: Balance, of asset: AssetID, to place: MemberIndex) {
        guard amount != .zero else { return }
        members[place.number].balances.update(asset, default: .zero) { $0 += amount }
        changeHolding(of: asset, by: amount, in: members[place.number].pool)
        noteSize(ofCoin: asset, by: amount, at: place)
    }

    /// Adds lots, and for contracts that carry it their cost, to a member's position. A position that becomes flat
    /// realises its cost and disappears.
    mutating func add(_ quantity: Quantity, costing cost: Balance, of instrument: Instrument, to place: MemberIndex) {
        let asset = instrument.settlementAsset
        guard instrument.carriesCost else {
            change(quantity, cost: .zero, of: instrument, at: place)
            return post(.zero - cost, of: asset, to: place)
        }
        change(quantity, cost: cost, of: instrument, at: place)
        // A pool sees balance less cost: moving cost into the balance leaves its holdings as they are.
        changeHolding(of: asset, by: .zero - cost, in: members[place.number].pool)
        noteSize(ofCoin: asset, by: .zero - cost, at: place)
    }

    private mutating func change(_ quantity: Quantity, cost: Balance, of instrument: Instrument, at place: MemberIndex)
    {
        let position = members[place.number].positions.update(instrument.id, default: Position()) { position in
            position.quantity += quantity
            position.cost += cost
            return position
        }
        countOpenLots(of: instrument, position.quantity.lots, after: quantity.lots)
        noteSize(of: instrument, position.quantity.lots, after: quantity.lots, at: place)
        if position.quantity == .zero {
            members[place.number].positions.remove(instrument.id)
            if position.cost != .zero {
                members[place.number].balances.update(instrument.settlementAsset, default: .zero) {
                    $0 -= position.cost
                }
            }
        }
        changeHolding(of: instrument, by: NetQuantity(Int128(quantity.lots)), in: members[place.number].pool)
    }

    /// Adds or takes away everything a member has, when it changes pool.
    mutating func addHoldings(of place: MemberIndex, to pool: PoolIndex, times sign: Int128) {
        for (asset, balance) in members[place.number].balances {
            changeHolding(of: asset, by: Balance(balance.units * sign), in: pool)
        }
        for (id, position) in members[place.number].positions {
            // A listed instrument stays listed while anyone holds it.
            guard let instrument = reference.instruments[id] else { continue }
            changeHolding(of: instrument.settlementAsset, by: Balance(-position.cost.units * sign), in: pool)
            changeHolding(of: instrument, by: NetQuantity(position.quantity.lots * sign), in: pool)
        }
        for order in members[place.number].orders.values {
            if sign > 0 { add(order, in: pool) } else { remove(order, in: pool) }
        }
    }
}
