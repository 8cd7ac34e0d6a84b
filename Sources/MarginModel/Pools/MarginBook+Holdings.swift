import CMarginKernels
public import MarginDomain

extension MarginBook {
    /// A pool's id.
    public func id(of slot: PoolSlot) -> PoolID { pools[slot.index].id }

    /// Adds a signed change of net lots.
    public mutating func add(_ lots: NetQuantity, of instrument: InstrumentID, to pool: PoolSlot) {
        loosen(pool)
        guard let known = self.instrument(instrument), let place = place(of: known.underlying),
            let row = underlyings[place].contracts.row(of: instrument)
        else {
            addOrphan(lots, of: instrument, to: pool)
            return
        }
        let section = section(of: place, for: pool)
        let countBefore = underlyings[place].arena.sections[section].count
        underlyings[place].add(lots.lots, row: row, to: section)
        let change = Int(underlyings[place].arena.sections[section].count) - Int(countBefore)
        let coin = underlyings[place].contracts.coinOfRow[row]
        if change != 0, coin.rawValue != 0 { pools[pool.index].addPositions(change, settledIn: coin, numeraire) }
    }

    /// Adds a change of balance − Σ cost.
    public mutating func add(_ change: Balance, of asset: AssetID, to pool: PoolSlot) {
        loosen(pool)
        if let place = place(of: asset) {
            let section = section(of: place, for: pool)
            underlyings[place].arena.addCoin(change.units, to: section)
        } else {
            pools[pool.index].addBalance(change, of: asset, numeraire)
        }
    }

    /// All that a pool holds.
    public func holdings(of pool: PoolSlot) -> PoolHoldings {
        let record = pools[pool.index]
        var holdings = PoolHoldings()
        holdings.owner = record.owner
        for orphan in record.orphans { holdings.add(orphan.lots, of: orphan.instrument) }
        for balance in record.balances { holdings.add(balance.balance, of: balance.asset) }
        for place in record.sections {
            underlyings[place.underlying].addHoldings(of: place.section, to: &holdings)
        }
        return holdings
    }

    /// Whether a pool holds lots of anything.
    public func hasPositions(_ pool: PoolSlot) -> Bool {
        !pools[pool.index].orphans.isEmpty
            || pools[pool.index].sections.contains {
                underlyings[$0.underlying].arena.sections[$0.section].count > 0
            }
    }

    /// The underlyings of which a pool holds lots or coin, ascending.
    public func underlyings(of pool: PoolSlot) -> [AssetID] {
        pools[pool.index].sections.compactMap {
            underlyings[$0.underlying].arena.isEmpty($0.section) ? nil : $0.asset
        }
    }

    /// The pools that hold lots of an underlying's instruments, or its coin, or have orders in it, in ascending order
    /// of id.
    public mutating func pools(exposedTo underlying: AssetID) -> [PoolSlot] {
        guard let place = place(of: underlying) else { return [] }
        return ordered(place).compactMap {
            underlyings[place].arena.isIdle($0) ? nil : underlyings[place].arena.owners[$0].pool
        }
    }

    /// The pools with a balance of an asset, or lots of an instrument that settles in it, in ascending order of id.
    public func pools(holding asset: AssetID) -> [PoolSlot] {
        pools.indices.filter { slot in
            pools[slot].balances.contains { $0.asset == asset }
                || pools[slot].settlementCoins.contains { $0.asset == asset }
        }
        .sorted { pools[$0].id < pools[$1].id }
        .map { PoolSlot(index: $0) }
    }

    /// Sections of an underlying in ascending order of pool id.
    mutating func ordered(_ place: Int) -> [Int] {
        let pools = pools
        return underlyings[place].ordered { pools[$0.index].id }
    }

    /// The pool's section, made if need be. A pool's second underlying makes all its sections keep node minima.
    mutating func section(of place: Int, for pool: PoolSlot) -> Int {
        if let section = pools[pool.index].section(of: place) { return section }
        let section = underlyings[place].openSection(for: pool)
        let asset = underlyings[place].asset.id
        pools[pool.index].add(PoolRecord.SectionPlace(asset: asset, underlying: place, section: section), numeraire)
        if pools[pool.index].sections.count > 1 {
            for held in pools[pool.index].sections { underlyings[held.underlying].arena.wantNodes(held.section) }
        }
        return section
    }

    /// Moves one section's lots of a vanishing row to where they have no row.
    mutating func orphan(_ instrument: Instrument, row: Int, _ place: Int, _ section: Int) {
        let lots = underlyings[place].arena.lotsHeld(row: row, in: section)
        guard lots != 0 else { return }
        let pool = underlyings[place].arena.owners[section].pool
        add(NetQuantity(-lots), of: instrument.id, to: pool)
        addOrphan(NetQuantity(lots), of: instrument.id, to: pool)
    }

    private mutating func addOrphan(_ lots: NetQuantity, of instrument: InstrumentID, to pool: PoolSlot) {
        pools[pool.index].addOrphan(lots, of: instrument, numeraire)
        if pools[pool.index].orphans.isEmpty { orphanage.remove(pool.index) } else { orphanage.insert(pool.index) }
    }

    /// Moves a pool's lots of an instrument that came back to its row.
    mutating func adopt(_ instrument: Instrument, pool: Int) {
        guard let orphan = pools[pool].orphans.first(where: { $0.instrument == instrument.id }) else { return }
        pools[pool].removeOrphan(instrument.id, numeraire)
        if pools[pool].orphans.isEmpty { orphanage.remove(pool) }
        add(orphan.lots, of: instrument.id, to: PoolSlot(index: pool))
    }
}

extension ExposureArena {
    func lotsHeld(row: Int, in section: Int) -> Int128 {
        for place in positions(section) where Int(rowAt[place]) == row { return exactLots[place] }
        return 0
    }
}
