import CMarginKernels
import MarginDomain

/// The listed instruments of one underlying, resolved: a dense row and an expiry group for each.
///
/// Rows and groups of instruments that are gone are given out again. Nothing depends on which numbers an instrument
/// gets, because sums over rows are exact and hence free of order.
struct ContractTable: Sendable {
    /// Nil where a row is free.
    private(set) var instruments: [Instrument?] = []
    /// The stablecoin in which each row settles; 0 where it settles in anything else.
    private(set) var coinOfRow: [AssetID] = []
    /// Expiry group of every row.
    private(set) var groupOfRow: [UInt16] = []
    /// Open interest of every row: what all that are long have, in lots.
    private(set) var openLots: [Int128] = []
    private(set) var groups: [ExpiryGroup] = []
    /// Counts what was listed and taken off.
    private(set) var listingVersion = 0
    private var rowOfInstrument: [InstrumentID: Int] = [:]
    private var groupOfExpiry: [Timestamp: Int] = [:]
    private var freeRows: [Int] = []
    /// Canonical order of positions, by row: expiry, then instrument.
    private(set) var orderOfRow: [OrderKey] = []

    /// Where a position stands among a pool's.
    struct OrderKey: Comparable, Sendable {
        let expiry: Timestamp
        let instrument: InstrumentID

        static func < (left: OrderKey, right: OrderKey) -> Bool {
            (left.expiry, left.instrument) < (right.expiry, right.instrument)
        }
    }

    /// The instruments of one expiry. Perpetuals form the group of expiry 0.
    struct ExpiryGroup: Sendable {
        let expiry: Timestamp
        var optionRows: [Int] = []
        /// Perpetuals or futures.
        var markedRows: [Int] = []
        /// The options as the kernel takes them, and their strikes, in the order of `optionRows`.
        var options: [mk_option] = []
        var strikes: [Price] = []
        /// The surface that `options` have their volatilities from; −1 for none.
        var surfaceVersion = -1
    }

    func row(of instrument: InstrumentID) -> Int? { rowOfInstrument[instrument] }

    /// - Parameter coin: the stablecoin in which the instrument settles, if it does.
    mutating func list(_ instrument: Instrument, underlying: Asset, coin: AssetID?, quantaPerDollar: Double) {
        guard rowOfInstrument[instrument.id] == nil else { return }
        listingVersion += 1
        let row = freeRows.popLast() ?? instruments.count
        if row == instruments.count {
            instruments.append(nil)
            coinOfRow.append(AssetID(0))
            groupOfRow.append(0)
            openLots.append(0)
            orderOfRow.append(OrderKey(expiry: .zero, instrument: .none))
        }
        orderOfRow[row] = OrderKey(expiry: instrument.expiry ?? .zero, instrument: instrument.id)
        let group = group(of: instrument.expiry ?? .zero)
        instruments[row] = instrument
        coinOfRow[row] = coin ?? AssetID(0)
        rowOfInstrument[instrument.id] = row
        groupOfRow[row] = UInt16(group)
        if case .option(let settlement, let type, let strike, _) = instrument.contract {
            groups[group].optionRows.append(row)
            groups[group].strikes.append(strike)
            groups[group].options.append(
                mk_option(
                    strike: underlying.dollars(strike), volatility: 0,
                    scale: instrument.quantityExponent.scale * quantaPerDollar, row: Int32(row),
                    sign: type == .call ? 1 : -1, is_inverse: settlement == .inverse ? 1 : 0))
            groups[group].surfaceVersion = -1
        } else {
            groups[group].markedRows.append(row)
        }
    }

    /// Takes an instrument out; its row may be given out again at once, so nobody may refer to it any more.
    mutating func retire(_ instrument: InstrumentID) {
        guard let row = rowOfInstrument.removeValue(forKey: instrument) else { return }
        listingVersion += 1
        let group = Int(groupOfRow[row])
        if let place = groups[group].optionRows.firstIndex(of: row) {
            groups[group].optionRows.remove(at: place)
            groups[group].options.remove(at: place)
            groups[group].strikes.remove(at: place)
        }
        groups[group].markedRows.removeAll { $0 == row }
        instruments[row] = nil
        openLots[row] = 0
        freeRows.append(row)
    }

    mutating func addOpenLots(_ change: Int128, of instrument: InstrumentID) {
        if let row = rowOfInstrument[instrument] { openLots[row] += change }
    }

    mutating func lookUpVolatilities(group: Int, surfaceVersion: Int, _ volatility: (Price) -> Double) {
        guard groups[group].surfaceVersion != surfaceVersion else { return }
        groups[group].surfaceVersion = surfaceVersion
        for place in groups[group].options.indices {
            groups[group].options[place].volatility = volatility(groups[group].strikes[place])
        }
    }

    private mutating func group(of expiry: Timestamp) -> Int {
        if let group = groupOfExpiry[expiry] { return group }
        // A group without instruments has no positions either, since positions of retired rows have left.
        if let free = groups.firstIndex(where: { $0.optionRows.isEmpty && $0.markedRows.isEmpty }) {
            groupOfExpiry[groups[free].expiry] = nil
            groups[free] = ExpiryGroup(expiry: expiry)
            groupOfExpiry[expiry] = free
            return free
        }
        precondition(groups.count < Int(UInt16.max), "more expiries than the table numbers")
        groups.append(ExpiryGroup(expiry: expiry))
        groupOfExpiry[expiry] = groups.count - 1
        return groups.count - 1
    }
}
