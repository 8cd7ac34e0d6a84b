import CMarginKernels
import MarginDomain

/// All that the model keeps about one underlying: its market, its contracts, their rows, and the pools' positions.
struct UnderlyingBook: Sendable {
    var market: UnderlyingMarket
    var contracts = ContractTable()
    var table = RowTable()
    var arena = ExposureArena()
    var regions = RegionTable()
    var sensitivities = SensitivityTable()
    /// Sizes below which regions take for granted that nothing is charged by the owner's size.
    var freeFloor: (net: Double, contracts: Double) = (0, 0)
    /// The version of all rows that the last change of these made.
    var rowsVersion = RowsVersion.none
    /// That of the last cut.
    var cutVersion = RowsVersion.none
    /// Sections in ascending order of pool id; out of date while `isOrdered` is false.
    private var order: [Int] = []
    private var isOrdered = true
    /// Whether that is the order in which they lie.
    private(set) var liesInOrder = true

    init(underlying: Asset) { market = UnderlyingMarket(underlying: underlying) }

    var asset: Asset { market.underlying }

    /// - Parameter coin: the stablecoin in which the instrument settles, if it does.
    mutating func list(_ instrument: Instrument, settledIn coin: AssetID?) {
        guard contracts.row(of: instrument.id) == nil else { return }
        contracts.list(instrument, underlying: asset, coin: coin, quantaPerDollar: table.quantaPerDollar)
        table.cover(contracts)
        if let row = contracts.row(of: instrument.id) {
            table.mark(row: row, unpriceable: table.cut == nil ? .notRefreshed(asset.id) : .notListed(instrument.id))
        }
    }

    mutating func refresh(at time: Timestamp, _ parameters: ParameterSet) {
        table.refresh(&contracts, market, at: time, parameters)
    }

    mutating func openSection(for pool: PoolSlot) -> Int {
        isOrdered = false
        return arena.openSection(for: pool)
    }

    /// Keeps no pool's positions.
    mutating func forgetSections() {
        arena = ExposureArena()
        order = []
        isOrdered = true
        liesInOrder = true
    }

    mutating func add(_ change: Int128, row: Int, to section: Int) {
        arena.add(change, row: row, to: section, order: contracts.orderOfRow)
    }

    /// Sections in ascending order of their pools' ids.
    mutating func ordered(_ id: (PoolSlot) -> PoolID) -> [Int] {
        if !isOrdered {
            order = arena.sections.indices.sorted { id(arena.owners[$0].pool) < id(arena.owners[$1].pool) }
            isOrdered = true
            liesInOrder = order == Array(order.indices)
        }
        return order
    }

    /// Scans the sections of a range with their coin at the index price of the cut.
    mutating func scan(_ range: Range<Int>) {
        for section in range { value(coinOf: section) }
        arena.scan(range, table)
    }

    /// `C_u = ⌊B·S⌋`; infinite, and so unusable, without an index price or beyond the range.
    private mutating func value(coinOf section: Int) {
        let units = arena.owners[section].coinUnits
        guard units != 0 || arena.sections[section].coin != 0 else { return }
        arena.setCoinQuanta(coinQuanta(units), of: section)
    }

    func coinQuanta(_ units: Int128) -> Double {
        guard units != 0 else { return 0 }
        guard table.cut != nil, table.fault == nil,
            let quanta = ExactDollars.priced(units, asset.moneyExponent, ticks: table.spotTicks, asset.priceExponent)
        else { return .infinity }
        return Double(quanta)
    }

    /// `Σ q_i V_i` over a section's instruments that settle in a stablecoin, in quanta.
    func value(of section: Int, settledIn coin: AssetID) -> Double {
        var sum = 0.0
        for place in arena.positions(section) {
            let row = Int(arena.rowAt[place])
            if contracts.coinOfRow[row] == coin { sum += arena.lots[place] * table.value(row: row) }
        }
        return sum
    }

    /// Adds what a section holds: positions, coin and orders.
    func addHoldings(of section: Int, to holdings: inout PoolHoldings) {
        for position in arena.positions(section) {
            guard let instrument = contracts.instruments[Int(arena.rowAt[position])] else { continue }
            holdings.add(NetQuantity(arena.exactLots[position]), of: instrument.id)
        }
        holdings.add(Balance(arena.owners[section].coinUnits), of: asset.id)
        for order in arena.orders(section) { holdings.add(order.resting) }
    }

    /// Why a section has no exact sums; of several instruments the first.
    func fault(of positions: some Sequence<(row: Int, lots: Double)>) -> PriceFault? {
        if table.cut == nil { return .notRefreshed(asset.id) }
        if let fault = table.fault { return fault }
        let faulty = positions.filter { table.fault(row: $0.row) != nil }
        let first = faulty.min { left, right in
            (contracts.instruments[left.row]?.id ?? .none) < (contracts.instruments[right.row]?.id ?? .none)
        }
        return first.flatMap { table.fault(row: $0.row) }
    }
}
