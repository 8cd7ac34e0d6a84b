import MarginDomain
import MarginModel

/// How large owners of several pools are: kept from entry to entry, added up anew where rows changed.
extension EngineState {
    /// Brings what an owner has up to date with the rows.
    mutating func renewSizes(of owner: OwnerIndex) {
        guard owners.all[owner.number].asOf != book.rowsVersion else { return }
        owners.all[owner.number] = renewed(owners.all[owner.number])
    }

    /// The same engine with every owner's sizes up to date, for whoever asks about all pools.
    var withRenewedSizes: EngineState {
        var copy = self
        for owner in owners.ofSeveral { copy.renewSizes(of: owner) }
        return copy
    }

    /// What an owner has of each underlying, up to date with the rows.
    func renewed(_ owner: OwnedPools) -> OwnedPools {
        guard owner.asOf != book.rowsVersion else { return owner }
        var owner = owner
        if let since = owner.asOf {
            for underlying in book.underlyings(changedSince: since) {
                for (member, pool) in owner.drop(underlying) { add(member, in: pool, of: underlying, to: &owner) }
            }
        } else {
            for pool in owner.pools {
                for member in pools[pool.number].members { add(member, in: pool, of: nil, to: &owner) }
            }
        }
        owner.follow(book.rowsVersion)
        return owner
    }

    /// - Parameter underlying: nil = all.
    private func add(
        _ member: MemberIndex, in pool: PoolIndex, of underlying: AssetID?, to owner: inout OwnedPools
    ) {
        func isMeant(_ asset: AssetID) -> Bool { underlying.map { $0 == asset } ?? true }
        for (id, position) in members[member.number].positions {
            guard let instrument = reference.instruments[id] else { continue }
            if isMeant(instrument.underlying) {
                owner.note(member, in: pool, of: instrument.underlying)
                owner.add(book.size(of: id, lots: position.quantity.lots), of: instrument.underlying, to: pool)
            }
            if isMeant(instrument.settlementAsset) {
                add(coin: .zero - position.cost, of: instrument.settlementAsset, of: member, in: pool, to: &owner)
            }
        }
        for (asset, balance) in members[member.number].balances where isMeant(asset) {
            add(coin: balance, of: asset, of: member, in: pool, to: &owner)
        }
    }

    private func add(
        coin change: Balance, of asset: AssetID, of member: MemberIndex, in pool: PoolIndex, to owner: inout OwnedPools
    ) {
        guard change != .zero, book.rowsVersion(of: asset) != nil else { return }
        owner.note(member, in: pool, of: asset)
        let units = owner.add(coin: change.units, of: asset, to: member)
        let size = book.size(ofCoin: units.after, of: asset) - book.size(ofCoin: units.before, of: asset)
        owner.add(size, of: asset, to: pool)
    }

    /// Adds a change of a member's lots to what its owner has.
    mutating func noteSize(of instrument: Instrument, _ now: Int128, after change: Int64, at member: MemberIndex) {
        let pool = members[member.number].pool
        guard let owner = follower(of: pool), let version = book.rowsVersion(of: instrument.underlying) else { return }
        owners.all[owner.number].note(member, in: pool, of: instrument.underlying)
        guard owners.all[owner.number].follows(version) else { return }
        let before = book.size(of: instrument.id, lots: now - Int128(change))
        let after = book.size(of: instrument.id, lots: now)
        owners.all[owner.number].add(after - before, of: instrument.underlying, to: pool)
    }

    /// Adds a change of a member's balance less cost to what its owner has.
    mutating func noteSize(ofCoin asset: AssetID, by change: Balance, at member: MemberIndex) {
        let pool = members[member.number].pool
        guard let owner = follower(of: pool), let version = book.rowsVersion(of: asset) else { return }
        owners.all[owner.number].note(member, in: pool, of: asset)
        guard owners.all[owner.number].follows(version) else { return }
        let units = owners.all[owner.number].add(coin: change.units, of: asset, to: member)
        let size = book.size(ofCoin: units.after, of: asset) - book.size(ofCoin: units.before, of: asset)
        owners.all[owner.number].add(size, of: asset, to: pool)
    }

    /// A member changed its pool: what its owner has is added up anew.
    mutating func forgetSizes(of pool: PoolIndex) {
        if let owner = pools[pool.number].ownerPlace { owners.all[owner.number].forget() }
    }

    /// The owner whose sums take changes of a pool in; nil if it has no sums.
    private func follower(of pool: PoolIndex) -> OwnerIndex? {
        pools[pool.number].ownerPlace.flatMap { owners.all[$0.number].asOf == nil ? nil : $0 }
    }
}
