import CMarginKernels
import MarginDomain

/// Holdings laid out and scanned like a pool's, in arenas of their own: what-if, stand-alone members, explanations.
struct Trial: ScannedSections {
    private(set) var record = PoolRecord(id: PoolID(0))
    /// One arena for each section, in the order of the record.
    private var arenas: [ExposureArena] = []

    /// Lays holdings out and scans them.
    init(_ holdings: PoolHoldings, book: borrowing MarginBook) {
        self.init(layingOut: holdings, book: book)
        for place in record.sections { scan(place, book) }
    }

    /// Lays holdings out, for whoever only wants to know what is held where.
    init(layingOut holdings: PoolHoldings, book: borrowing MarginBook) {
        record.owner = holdings.owner
        for position in holdings.positions { add(position.lots, of: position.instrument, book) }
        for order in holdings.orders { add(order, book) }
        for held in holdings.balances { add(held.balance, of: held.asset, book) }
    }

    /// Adds to a balance; the section that it came to if it is coin of an underlying, which is to be scanned again.
    @discardableResult
    mutating func add(
        _ change: Balance, of asset: AssetID, _ book: borrowing MarginBook
    ) -> PoolRecord.SectionPlace? {
        guard let place = book.place(of: asset) else {
            record.addBalance(change, of: asset, nil)
            return nil
        }
        let section = section(of: place, asset: asset)
        arenas[section].addCoin(change.units, to: 0)
        arenas[section].setCoinQuanta(book.underlyings[place].coinQuanta(arenas[section].owners[0].coinUnits), of: 0)
        return PoolRecord.SectionPlace(asset: asset, underlying: place, section: section)
    }

    /// Adds lots of an instrument; the section that they came to, which is to be scanned again, unless they have no row.
    @discardableResult
    mutating func add(
        _ lots: NetQuantity, of instrument: InstrumentID, _ book: borrowing MarginBook
    ) -> PoolRecord.SectionPlace? {
        guard let known = book.instrument(instrument), let place = book.place(of: known.underlying),
            let row = book.underlyings[place].contracts.row(of: instrument)
        else {
            record.addOrphan(lots, of: instrument, nil)
            return nil
        }
        let section = section(of: place, asset: known.underlying)
        let countBefore = arenas[section].sections[0].count
        arenas[section].add(lots.lots, row: row, to: 0, order: book.underlyings[place].contracts.orderOfRow)
        let change = Int(arenas[section].sections[0].count) - Int(countBefore)
        let coin = book.underlyings[place].contracts.coinOfRow[row]
        if change != 0, coin.rawValue != 0 { record.addPositions(change, settledIn: coin, nil) }
        return PoolRecord.SectionPlace(asset: known.underlying, underlying: place, section: section)
    }

    /// Adds an order; one whose instrument has no row went with it.
    private mutating func add(_ order: RestingOrder, _ book: borrowing MarginBook) {
        guard let (place, open) = book.resolve(order), let known = book.instrument(order.instrument) else { return }
        let section = section(of: place, asset: known.underlying)
        arenas[section].add(open, to: 0)
        record.addOrders(1, nil)
    }

    /// Sums a section up again.
    mutating func scan(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) {
        // SPEED: through a span the table is borrowed, not copied.
        arenas[place.section].scan(0..<1, book.underlyings.span[place.underlying].table)
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

    func joint(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> JointMinima {
        arenas[place.section].jointMinima(of: 0)
    }

    func hasPositions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> Bool {
        arenas[place.section].sections[0].count > 0
    }

    func positions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [(row: Int, lots: Double)] {
        positions(place)
    }

    func orders(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [OpenOrder] {
        arenas[place.section].orders(0)
    }

    func value(
        of place: PoolRecord.SectionPlace, settledIn coin: AssetID, _ book: borrowing MarginBook
    ) -> Double {
        var sum = 0.0
        for position in positions(place)
        where book.underlyings[place.underlying].contracts.coinOfRow[position.row] == coin {
            sum += position.lots * book.underlyings[place.underlying].table.value(row: position.row)
        }
        return sum
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
