import CMarginKernels
import MarginDomain

/// Holdings laid out and scanned like a pool's, in arenas of their own: what-if, stand-alone members, explanations.
struct Trial: ScannedSections {
    private(set) var record = PoolRecord(id: PoolID(0))
    /// One arena for each section, in the order of the record.
    private var arenas: [ExposureArena] = []

    init(_ holdings: PoolHoldings, book: MarginBook) {
        for position in holdings.positions {
            guard let instrument = book.instrument(position.instrument),
                let place = book.place(of: instrument.underlying),
                let row = book.underlyings[place].contracts.row(of: position.instrument)
            else {
                record.addOrphan(position.lots, of: position.instrument, nil)
                continue
            }
            let section = section(of: place, asset: instrument.underlying)
            arenas[section].add(
                position.lots.lots, row: row, to: 0, order: book.underlyings[place].contracts.orderOfRow)
            if book.assets[instrument.settlementAsset]?.role == .stablecoin { record.addStablecoinPositions(1, nil) }
        }
        for balance in holdings.balances {
            if let place = book.place(of: balance.asset) {
                let section = section(of: place, asset: balance.asset)
                arenas[section].addCoin(balance.balance.units, to: 0)
                arenas[section].setCoinQuanta(book.underlyings[place].coinQuanta(balance.balance.units), of: 0)
            } else {
                record.addBalance(balance.balance, of: balance.asset, nil)
            }
        }
        for place in record.sections { arenas[place.section].scan(0..<1, book.underlyings[place.underlying].table) }
    }

    private mutating func section(of underlying: Int, asset: AssetID) -> Int {
        if let section = record.section(of: underlying) { return section }
        var arena = ExposureArena()
        _ = arena.openSection(for: PoolSlot(index: 0))
        arena.wantNodes(0)
        arenas.append(arena)
        record.add(PoolRecord.SectionPlace(asset: asset, underlying: underlying, section: arenas.count - 1), nil)
        return arenas.count - 1
    }

    func sums(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> mk_sums {
        arenas[place.section].sums[0]
    }

    func nodes(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> NodeMinima {
        arenas[place.section].minima(of: 0)
    }

    func hasPositions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> Bool {
        arenas[place.section].sections[0].count > 0
    }

    func positions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [(row: Int, lots: Double)] {
        positions(place)
    }

    func positions(_ place: PoolRecord.SectionPlace) -> [(row: Int, lots: Double)] {
        let arena = arenas[place.section]
        return arena.positions(0).map { (row: Int(arena.rowAt[$0]), lots: arena.lots[$0]) }
    }

    /// `C_u` in quanta.
    func coin(_ place: PoolRecord.SectionPlace) -> Double { arenas[place.section].sections[0].coin }

    /// Coin in its smallest units.
    func coinUnits(_ place: PoolRecord.SectionPlace) -> Int128 { arenas[place.section].owners[0].coinUnits }
}
