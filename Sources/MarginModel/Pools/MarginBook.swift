import CMarginKernels
public import MarginDomain

/// All that the model keeps between events: per underlying its market, contracts, rows and the pools' positions, and
/// per pool what it holds otherwise.
///
/// The engine tells the book about listings, published prices and changes of what pools hold. Prices take effect in
/// the rows at the next ``refresh(_:at:)``, a *cut*; holdings at once. ``margin(of:)-(PoolSlot)`` and
/// ``evaluate(exposedTo:_:)`` then give margins that are exact sums over rows, so that nothing depends on the order of
/// events between two equal states. What a margin is made of: `Requirement`; where rows come from: `RowTable`;
/// how positions lie: `ExposureArena`.
///
/// A book is a value. Copies share storage until one of them changes.
public struct MarginBook: Sendable {
    public private(set) var parameters: ParameterSet
    var assets: [AssetID: Asset] = [:]
    private var instruments: [InstrumentID: Instrument] = [:]
    var underlyings: [UnderlyingBook] = []
    private var placeOfUnderlying: [AssetID: Int] = [:]
    var collateralPrices: [AssetID: PublishedPrice] = [:]
    private(set) var numeraire: Asset?
    /// Grows with every change of rows.
    public private(set) var rowsVersion = RowsVersion.none
    var pools: [PoolRecord] = []
    private var slotOfPool: [PoolID: Int] = [:]
    /// Pools with lots that have no row.
    var orphanage: Set<Int> = []
    /// Counts the parameter sets that were taken over.
    private(set) var parametersVersion = 0
    var regionRules = RegionRules.none
    var ledger = RegionLedger()
    var exactReasons = ExactReasons()
    /// Pools that want a region.
    var renewals = SlotQueue()

    /// An empty book.
    ///
    /// - Parameter regions: how cuts are narrowed down to pools that may reach a level.
    public init(parameters: ParameterSet, regions: RegionRules = .none) {
        self.parameters = parameters
        regionRules = regions
    }

    /// Takes over a parameter set: charges on sums follow at once, rows at each underlying's next refresh.
    public mutating func replaceParameters(_ set: ParameterSet) {
        parameters = set
        parametersVersion += 1
        for place in underlyings.indices {
            guard let own = set.underlying(underlyings[place].asset.id) else { continue }
            underlyings[place].table.recharge(own, set.addOns)
        }
    }

    /// Makes an asset known; an underlying gets its market.
    public mutating func list(_ asset: Asset) {
        assets[asset.id] = asset
        if asset.role == .numeraire { numeraire = asset }
        guard asset.role == .underlying, placeOfUnderlying[asset.id] == nil else { return }
        placeOfUnderlying[asset.id] = underlyings.count
        underlyings.append(UnderlyingBook(underlying: asset))
    }

    /// Gives an instrument a row, which has numbers from the next refresh. Its underlying must be listed.
    public mutating func list(_ instrument: Instrument) {
        guard let place = placeOfUnderlying[instrument.underlying] else { return }
        instruments[instrument.id] = instrument
        let settlesInCoin = assets[instrument.settlementAsset]?.role == .stablecoin
        underlyings[place].list(instrument, settledIn: settlesInCoin ? instrument.settlementAsset : nil)
        noteRows(place)
        for slot in orphanage.sorted() { adopt(instrument, pool: slot) }
    }

    /// Takes an instrument's row away, delisted or settled, and the orders in it; who still holds it has no margin.
    public mutating func retire(_ instrument: InstrumentID) {
        guard let known = instruments[instrument],
            let place = placeOfUnderlying[known.underlying], let row = underlyings[place].contracts.row(of: instrument)
        else { return }
        if underlyings[place].arena.isHeld(row: row) {
            for section in underlyings[place].arena.sections.indices { orphan(known, row: row, place, section) }
        }
        dropOrders(row: row, place)
        underlyings[place].contracts.retire(instrument)
        instruments[instrument] = nil
        noteRows(place)
    }

    /// Whether an instrument has a row.
    public func isListed(_ instrument: InstrumentID) -> Bool { instruments[instrument] != nil }

    /// An underlying's published inputs.
    public func market(of underlying: AssetID) -> UnderlyingMarket? {
        place(of: underlying).map { underlyings[$0].market }
    }

    /// The latest price of an asset without an index.
    public func collateralPrice(of asset: AssetID) -> PublishedPrice? { collateralPrices[asset] }

    /// When an underlying was last cut.
    public func lastCut(of underlying: AssetID) -> Timestamp? {
        place(of: underlying).flatMap { underlyings[$0].table.cut }
    }

    /// A cut: remakes the rows of an underlying from its market at `time`.
    public mutating func refresh(_ underlying: AssetID, at time: Timestamp) {
        guard let place = place(of: underlying) else { return }
        underlyings[place].refresh(at: time, parameters)
        noteRows(place)
        underlyings[place].cutVersion = rowsVersion
    }

    private mutating func noteRows(_ place: Int) {
        rowsVersion = rowsVersion.next
        underlyings[place].rowsVersion = rowsVersion
    }

    /// A copy under other parameters, with every row made again as of its own last cut.
    public func book(under parameters: ParameterSet) -> MarginBook {
        var copy = self
        copy.parameters = parameters
        copy.regionRules = .none
        for place in copy.underlyings.indices {
            if let cut = copy.underlyings[place].table.cut { copy.underlyings[place].refresh(at: cut, parameters) }
        }
        return copy
    }

    /// Changes an underlying's market.
    mutating func withMarket(of underlying: AssetID, _ change: (inout UnderlyingMarket) -> Void) {
        guard let place = place(of: underlying) else { return }
        change(&underlyings[place].market)
    }

    func place(of underlying: AssetID) -> Int? { placeOfUnderlying[underlying] }

    func instrument(_ id: InstrumentID) -> Instrument? { instruments[id] }
}

extension MarginBook {
    /// Opens an empty pool.
    ///
    /// - Precondition: the id is new.
    public mutating func openPool(_ id: PoolID) -> PoolSlot {
        precondition(slotOfPool[id] == nil, "a pool is opened once")
        slotOfPool[id] = pools.count
        pools.append(PoolRecord(id: id))
        return PoolSlot(index: pools.count - 1)
    }

    /// A pool's place in the book.
    public func slot(of id: PoolID) -> PoolSlot? { slotOfPool[id].map { PoolSlot(index: $0) } }

    /// Keeps market, contracts and rows, and no pool.
    mutating func forgetPools() {
        pools = []
        slotOfPool = [:]
        orphanage = []
        for place in underlyings.indices { underlyings[place].forgetSections() }
    }
}
