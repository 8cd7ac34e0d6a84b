import MarginDomain
import MarginModel

extension EngineState {
    mutating func apply(_ event: AccountOpened, _ effects: inout RecordEffects) {
        guard accounts[event.account] == nil, event.pool.rawValue != 0, event.pool.rawValue >> 63 == 0,
            poolPlaces[event.pool] == nil, formerOwners[event.account].map({ $0 == event.owner }) ?? true
        else { return effects.refuse(.identifierTaken) }
        accounts[event.account] = OpenAccount(owner: event.owner, ownPool: event.pool)
        let pool = makePool(event.pool, owner: event.owner, agreement: .ownPool)
        makeMember(Member(event.account), owner: event.owner, pool: pool, ownPool: event.pool)
        evaluate([pool], because: .membership, &effects)
    }

    mutating func apply(_ event: AccountClosed, _ effects: inout RecordEffects) {
        guard let account = accounts[event.account] else { return effects.refuse(.unknownAccount(event.account)) }
        let own = memberPlaces.keys.filter { $0.account == event.account }.sorted().compactMap { memberPlaces[$0] }
        guard own.allSatisfy({ members[$0.number].isEmpty }) else { return effects.refuse(.notEmpty) }
        guard own.allSatisfy({ pools[members[$0.number].pool.number].group == nil }) else {
            return effects.refuse(.mutual(.bound))
        }
        for place in own {
            pools[members[place.number].pool.number].members.removeAll { $0 == place }
            members[place.number].isClosed = true
            memberPlaces[members[place.number].member] = nil
        }
        accounts[event.account] = nil
        formerOwners[event.account] = account.owner
    }

    mutating func apply(_ event: PoolMembership, _ effects: inout RecordEffects) {
        guard let account = accounts[event.account] else { return effects.refuse(.unknownAccount(event.account)) }
        if event.instrument.isPresent, reference.instruments[event.instrument] == nil {
            return effects.refuse(.unknownInstrument(event.instrument))
        }
        let member = Member(event.account, isolated: event.instrument)
        switch event.action {
        case .join: join(member, of: account, event, &effects)
        case .leave: leave(member, event, &effects)
        }
    }

    private mutating func join(
        _ member: Member, of account: OpenAccount, _ event: PoolMembership, _ effects: inout RecordEffects
    ) {
        guard event.pool.rawValue != 0 else { return effects.refuse(.identifierTaken) }
        if event.agreement != .ownPool {
            guard let agreement = reference.agreements[event.agreement] else {
                return effects.refuse(.unknownAgreement(event.agreement))
            }
            if agreement.kind == .mutual, let terms = reference.mutualTerms[event.agreement] {
                return joinMutual(member, of: account, event, under: terms, &effects)
            }
        }
        guard !isBound(member), poolPlaces[event.pool].map({ pools[$0.number].group == nil }) ?? true else {
            return effects.refuse(.mutual(.bound))
        }
        if let place = poolPlaces[event.pool] {
            let pool = pools[place.number]
            guard pool.agreement == event.agreement, pool.owner == account.owner,
                memberPlaces[member].map({ members[$0.number].pool != place }) ?? true
            else { return effects.refuse(.membership) }
        }
        // A derived id is its isolated member's own, whoever is first.
        guard poolPlaces[event.pool] != nil || event.pool.rawValue >> 63 == 0 else {
            return effects.refuse(.identifierTaken)
        }
        let place = existingMember(member, of: account)
        let target = poolPlaces[event.pool] ?? makePool(event.pool, owner: account.owner, agreement: event.agreement)
        move(place, to: target, &effects)
    }

    /// Whether a member is in a mutual pool.
    private func isBound(_ member: Member) -> Bool {
        memberPlaces[member].map { pools[members[$0.number].pool.number].group != nil } ?? false
    }

    private mutating func leave(_ member: Member, _ event: PoolMembership, _ effects: inout RecordEffects) {
        if let pool = poolPlaces[event.pool], let group = pools[pool.number].group, groups[group].pool == pool {
            return giveNotice(member, to: group, &effects)
        }
        guard let place = memberPlaces[member], let pool = poolPlaces[event.pool], members[place.number].pool == pool,
            members[place.number].ownPool != event.pool, let home = poolPlaces[members[place.number].ownPool]
        else { return effects.refuse(.membership) }
        move(place, to: home, &effects)
    }

    /// Takes everything a member has from one pool to another and evaluates both.
    private mutating func move(_ place: MemberIndex, to target: PoolIndex, _ effects: inout RecordEffects) {
        let origin = members[place.number].pool
        addHoldings(of: place, to: origin, times: -1)
        pools[origin.number].members.removeAll { $0 == place }
        members[place.number].pool = target
        let member = members[place.number].member
        let position = pools[target.number].members.firstIndex { members[$0.number].member > member }
        pools[target.number].members.insert(place, at: position ?? pools[target.number].members.count)
        addHoldings(of: place, to: target, times: 1)
        forgetSizes(of: origin)
        forgetSizes(of: target)
        evaluate([origin, target], because: .membership, &effects)
    }

    /// Finds the member of an account, or brings the isolated one into being in a pool of its own.
    mutating func existingMember(_ member: Member, of account: OpenAccount) -> MemberIndex {
        if let place = memberPlaces[member] { return place }
        let own = member.instrument.isPresent ? PoolID.isolated(member.account, member.instrument) : account.ownPool
        let pool = poolPlaces[own] ?? makePool(own, owner: account.owner, agreement: .ownPool)
        return makeMember(member, owner: account.owner, pool: pool, ownPool: own)
    }

    @discardableResult
    private mutating func makeMember(
        _ member: Member, owner: OwnerID, pool: PoolIndex, ownPool: PoolID
    ) -> MemberIndex {
        let place = MemberIndex(place: Int32(members.count))
        members.append(MemberAccount(member: member, owner: owner, pool: pool, ownPool: ownPool))
        memberPlaces[member] = place
        let position = pools[pool.number].members.firstIndex { members[$0.number].member > member }
        pools[pool.number].members.insert(place, at: position ?? pools[pool.number].members.count)
        return place
    }

    /// Brings a pool into being.
    ///
    /// - Parameter role: of a pool that stands for the members of a mutual one, whose own pools are what an owner has.
    mutating func makePool(
        _ id: PoolID, owner: OwnerID, agreement: AgreementID, as role: PoolRole = .holding
    ) -> PoolIndex {
        let place = PoolIndex(place: Int32(pools.count))
        let slot = share.owns(id) ? book.openPool(id) : nil
        pools.append(
            Pool(
                id: id, owner: owner, ownerPlace: role == .holding ? owners.add(place, of: owner) : nil,
                agreement: agreement, model: reference.models[agreement], slot: slot))
        poolPlaces[id] = place
        // An owner of several pools is charged by all of them.
        if role == .holding, let first = owners.firstPool(besides: place, of: pools[place.number].ownerPlace),
            let slot = pools[first.number].slot
        {
            book.loosen(slot)
        }
        if slot != nil { poolOfSlot.append(place) }
        if slot != nil, pools[place.number].model == MethodBook.historical {
            historicalPools.append(place)
            if historicalPools.count == 1 { renewHistory() }
        }
        return place
    }
}

/// An account that is open.
struct OpenAccount: Sendable {
    let owner: OwnerID
    /// The pool that opening the account created.
    let ownPool: PoolID
    var isFrozen = false
}
