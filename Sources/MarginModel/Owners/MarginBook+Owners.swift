import CMarginKernels
public import MarginDomain

/// Where the engine says whose size a pool is charged by.
extension MarginBook {
    /// What holdings are of each underlying, signed, on the rows as they are; what has no price counts nothing.
    public func sizes(of holdings: PoolHoldings) -> OwnerSizes {
        var sizes = OwnerSizes()
        for position in holdings.positions {
            guard let known = instrument(position.instrument) else { continue }
            sizes.add(size(of: position.instrument, lots: position.lots.lots), of: known.underlying)
        }
        for held in holdings.balances { sizes.add(size(ofCoin: held.balance.units, of: held.asset), of: held.asset) }
        return sizes
    }

    /// What lots of an instrument are of its underlying, on the rows as they are; nothing without a price.
    public func size(of instrument: InstrumentID, lots: Int128) -> OwnerSizes.Size {
        guard lots != 0, let known = self.instrument(instrument), let place = place(of: known.underlying),
            let row = underlyings[place].contracts.row(of: instrument), underlyings[place].table.isPriced(row: row)
        else { return OwnerSizes.Size() }
        let lots = min(max(lots, -OwnerSizes.lotsMax), OwnerSizes.lotsMax)
        let centre = underlyings[place].table.vector(row, mk_centre)
        return OwnerSizes.Size(
            net: lots * Int128(Int64(centre[mk_centre_delta])),
            contracts: lots * Int128(Int64(centre[mk_centre_own_delta])))
    }

    /// What `B` of a coin is of the underlying, at the index price of its cut; nothing without one.
    public func size(ofCoin units: Int128, of underlying: AssetID) -> OwnerSizes.Size {
        guard units != 0, let place = place(of: underlying) else { return OwnerSizes.Size() }
        let coin = underlyings[place].coinQuanta(units)
        return coin < .infinity ? OwnerSizes.Size(net: Int128(Int64(coin))) : OwnerSizes.Size()
    }

    /// The underlyings whose rows, and with them the size of what is held, may have changed since a version of all rows.
    public func underlyings(changedSince version: RowsVersion) -> [AssetID] {
        underlyings.filter { $0.rowsVersion > version }.map(\.asset.id)
    }

    /// When, in versions of all rows, those of an underlying last changed; nil for every other asset.
    public func rowsVersion(of underlying: AssetID) -> RowsVersion? {
        place(of: underlying).map { underlyings[$0].rowsVersion }
    }

    /// Whether an owner's size can matter at all.
    public var chargesOwners: Bool {
        parameters.addOns.liquiditySlope > 0 || parameters.addOns.concentrationSlope > 0
    }

    /// Whether a cut of an underlying evaluates a pool.
    public func isExposed(_ pool: PoolSlot, to underlying: AssetID) -> Bool {
        pools[pool.index].sections.contains {
            $0.asset == underlying && !underlyings[$0.underlying].arena.isIdle($0.section)
        }
    }

    /// Says what a pool's owner holds in its other pools, as of the pool's next evaluation.
    public mutating func setElsewhere(_ sizes: OwnerSizes, of pool: PoolSlot) {
        pools[pool.index].owner.elsewhere = sizes
    }

    /// Takes a change of the open interest of an instrument; one without a row is not counted.
    public mutating func addOpenLots(_ change: Int128, of instrument: InstrumentID) {
        guard let known = self.instrument(instrument), let place = place(of: known.underlying) else { return }
        underlyings[place].contracts.addOpenLots(change, of: instrument)
    }

    /// `x_u` and `y_u` of a pool.
    func ownerRates(
        _ place: PoolRecord.SectionPlace, _ sums: mk_sums, _ owner: OwnerContext
    ) -> OwnerRates {
        if let rates = owner.rates { return rates[place.asset] ?? OwnerRates() }
        let elsewhere = owner.elsewhere[place.asset]
        return underlyings[place.underlying].table.ownerRates(
            net: Double(elsewhere.net + Int128(Int64(abs(sums.delta + sums.coin)))),
            contracts: Double(elsewhere.contracts + Int128(Int64(abs(sums.own_delta)))), parameters.addOns)
    }

    /// Charges by the size of the pool's owner.
    func charge(
        _ place: PoolRecord.SectionPlace, _ sums: mk_sums, of owner: OwnerContext, _ requirement: inout Requirement
    ) {
        guard chargesOwners else { return }
        let rates = ownerRates(place, sums, owner)
        requirement.liquidity += (rates.liquidity * abs(sums.delta + sums.coin)).roundedUp
        requirement.concentration += (rates.concentration * abs(sums.own_delta)).roundedUp
    }
}
