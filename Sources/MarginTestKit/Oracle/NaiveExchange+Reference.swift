public import MarginDomain

/// Section 2 of the rules: reference data.
extension NaiveExchange {
    mutating func list(_ listing: AssetListed) throws(NaiveRefusal) {
        let asset: Asset
        do throws(ListingFault) { asset = try Asset(listing: listing) } catch { throw .outOfRange }
        if let known = market.assets[asset.id] {
            if known == asset { return }
            throw .contradiction
        }
        if asset.role == .numeraire, market.assets.values.contains(where: { $0.role == .numeraire }) {
            throw .contradiction
        }
        market.assets[asset.id] = asset
        if asset.role == .underlying { inputs[asset.id] = NaiveInputs() }
    }

    mutating func list(_ listing: InstrumentListed) throws(NaiveRefusal) {
        guard let underlying = market.assets[listing.underlying],
            let settlement = market.assets[listing.settlementAsset]
        else { throw .unknown }
        let instrument: Instrument
        do throws(ListingFault) {
            instrument = try Instrument(listing: listing, underlying: underlying, settlement: settlement)
        } catch {
            throw .outOfRange
        }
        if let known = market.instruments[instrument.id] {
            if known == instrument { return }
            throw .contradiction
        }
        market.instruments[instrument.id] = instrument
    }

    mutating func agree(_ entry: PoolAgreement) throws(NaiveRefusal) {
        precondition(
            entry.model == .empty || entry.model == Symbol(ascii: "plimsoll"), "the oracle knows the default model only"
        )
        if entry.agreement == .ownPool { throw .contradiction }
        if entry.kind == .mutual, !entry.holdsMutually { throw .outOfRange }
        agreements[entry.agreement] = entry
    }

    mutating func delist(_ entry: InstrumentDelisted) throws(NaiveRefusal) -> Set<PoolID> {
        guard market.instruments[entry.instrument] != nil else { throw .unknown }
        if holdings.values.contains(where: { $0.positions[entry.instrument] != nil }) { throw .contradiction }
        let pools = dropOrders(in: entry.instrument)
        market.instruments[entry.instrument] = nil
        market.settled.remove(entry.instrument)
        return pools
    }

    mutating func open(_ entry: AccountOpened) throws(NaiveRefusal) {
        if accounts[entry.account] != nil || pools[entry.pool] != nil { throw .contradiction }
        if entry.pool.rawValue == 0 || entry.pool.rawValue >> 63 == 1 { throw .outOfRange }
        if let owner = owners[entry.account], owner != entry.owner { throw .contradiction }
        owners[entry.account] = entry.owner
        accounts[entry.account] = Account(owner: entry.owner, ownPool: entry.pool)
        pools[entry.pool] = NaivePool(agreement: .ownPool)
        poolOwners[entry.pool] = entry.owner
        memberships[Member(entry.account)] = entry.pool
        holdings[Member(entry.account)] = NaiveHoldings()
        evaluate(entry.pool, .membership)
    }

    mutating func close(_ entry: AccountClosed) throws(NaiveRefusal) {
        guard accounts[entry.account] != nil else { throw .unknown }
        let members = memberships.keys.filter { $0.account == entry.account }
        for member in members where !(holdings[member] ?? NaiveHoldings()).isEmpty { throw .contradiction }
        for member in members where mutuals.values.contains(where: { $0.stakes[member] != nil }) {
            throw .contradiction
        }
        for member in members {
            memberships[member] = nil
            holdings[member] = nil
            holds[member] = nil
        }
        accounts[entry.account] = nil
    }

    /// A member joins or leaves a pool; both pools are touched.
    mutating func apply(_ entry: PoolMembership) throws(NaiveRefusal) -> Set<PoolID> {
        guard let account = accounts[entry.account] else { throw .unknown }
        if entry.instrument.isPresent, market.instruments[entry.instrument] == nil { throw .unknown }
        let member = Member(entry.account, isolated: entry.instrument)
        let ownPool = ownPool(of: member, account)
        switch entry.action {
        case .join:
            if let terms = agreements[entry.agreement], terms.kind == .mutual, entry.agreement != .ownPool {
                return try join(mutual: entry, member, account, terms)
            }
            try checkJoin(entry, member, account)
            let from = memberships[member] ?? ownPool
            create(member, account)
            if pools[entry.pool] == nil {
                pools[entry.pool] = NaivePool(agreement: entry.agreement)
                poolOwners[entry.pool] = account.owner
            }
            memberships[member] = entry.pool
            return [from, entry.pool]
        case .leave:
            if mutuals[entry.pool] != nil {
                try giveNotice(member, to: entry.pool)
                return []
            }
            guard memberships[member] == entry.pool, entry.pool != ownPool else { throw .contradiction }
            memberships[member] = ownPool
            return [entry.pool, ownPool]
        }
    }

    private func checkJoin(_ entry: PoolMembership, _ member: Member, _ account: Account) throws(NaiveRefusal) {
        if entry.pool.rawValue == 0 { throw .outOfRange }
        if entry.agreement != .ownPool {
            if agreements[entry.agreement] == nil { throw .unknown }
        }
        if mutuals[entry.pool] != nil || mutualPool(binding: entry.pool) != nil { throw .contradiction }
        if let own = memberships[member], mutualPool(binding: own) != nil { throw .contradiction }
        if let pool = pools[entry.pool], pool.agreement != entry.agreement { throw .contradiction }
        if (memberships[member] ?? ownPool(of: member, account)) == entry.pool { throw .contradiction }
        if let owner = poolOwners[entry.pool], owner != account.owner { throw .contradiction }
        if pools[entry.pool] == nil, entry.pool.rawValue >> 63 == 1 { throw .contradiction }
    }

    /// Where a member is when no membership says otherwise.
    func ownPool(of member: Member, _ account: Account) -> PoolID {
        member.instrument.isPresent ? .isolated(member.account, member.instrument) : account.ownPool
    }

    /// Lets a member come into being, empty, in its own pool, unless it exists.
    mutating func create(_ member: Member, _ account: Account) {
        if memberships[member] != nil { return }
        let pool = ownPool(of: member, account)
        if pools[pool] == nil {
            pools[pool] = NaivePool(agreement: .ownPool)
            poolOwners[pool] = account.owner
        }
        memberships[member] = pool
        holdings[member] = NaiveHoldings()
    }

    /// A pool's members, in order.
    public func members(of pool: PoolID) -> [Member] {
        memberships.filter { $0.value == pool }.keys.sorted()
    }
}
