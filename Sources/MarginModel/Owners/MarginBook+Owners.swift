import CMarginKernels
public import MarginDomain

/// Where the engine says whose size a pool is charged by.
extension MarginBook {
    /// What holdings are of each underlying, signed, on the rows as they are; what has no price counts nothing.
    public func sizes(of holdings: PoolHoldings) -> OwnerSizes {
        var sizes = OwnerSizes()
        for position in holdings.positions {
            guard let known = instrument(position.instrument), let place = place(of: known.underlying),
                let row = underlyings[place].contracts.row(of: position.instrument),
                underlyings[place].table.isPriced(row: row)
            else { continue }
            let lots = min(max(position.lots.lots, -OwnerSizes.lotsMax), OwnerSizes.lotsMax)
            let centre = underlyings[place].table.vector(row, mk_centre)
            sizes.add(
                OwnerSizes.Size(
                    net: lots * Int128(Int64(centre[mk_centre_delta])),
                    contracts: lots * Int128(Int64(centre[mk_centre_own_delta]))), of: known.underlying)
        }
        for held in holdings.balances {
            guard let place = place(of: held.asset) else { continue }
            let coin = underlyings[place].coinQuanta(held.balance.units)
            if coin < .infinity { sizes.add(OwnerSizes.Size(net: Int128(Int64(coin))), of: held.asset) }
        }
        return sizes
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
