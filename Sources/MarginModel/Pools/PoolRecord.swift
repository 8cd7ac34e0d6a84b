import MarginDomain

/// A pool as the model sees it: where its sections are, and the balances that no section holds.
struct PoolRecord: Sendable {
    let id: PoolID
    /// Ascending by underlying.
    private(set) var sections: [SectionPlace] = []
    /// Balances of everything that is not an underlying, ascending by asset; never zero.
    private(set) var balances: [HeldBalance] = []
    /// Holdings of instruments without a row, ascending by instrument; never zero.
    private(set) var orphans: [HeldPosition] = []
    /// Stablecoins in which positions settle, ascending by asset; never without a position.
    private(set) var settlementCoins: [SettlementCoin] = []
    /// How many orders wait in the market for the pool.
    private(set) var orderCount = 0
    /// By whose size it is charged.
    var owner = OwnerContext()
    /// Numeraire cash in quanta, of a pool that has one section and nothing else; nil for all others.
    private(set) var plainCash: Int64?

    init(id: PoolID) { self.id = id }

    /// Where one underlying's part of a pool is.
    struct SectionPlace: Sendable {
        let asset: AssetID
        /// Place of the underlying in the book, and of the section in its arena.
        let underlying: Int
        let section: Int
    }

    /// A stablecoin in which some of a pool's positions settle.
    struct SettlementCoin: Sendable {
        let asset: AssetID
        var positionCount = 0
    }

    func section(of underlying: Int) -> Int? {
        for place in sections where place.underlying == underlying { return place.section }
        return nil
    }

    mutating func add(_ place: SectionPlace, _ numeraire: Asset?) {
        sections.insert(place, at: sections.firstIndex { $0.asset > place.asset } ?? sections.count)
        settle(numeraire)
    }

    mutating func addOrphan(_ lots: NetQuantity, of instrument: InstrumentID, _ numeraire: Asset?) {
        var list = PoolHoldings(positions: orphans, balances: [])
        list.add(lots, of: instrument)
        orphans = list.positions
        settle(numeraire)
    }

    mutating func removeOrphan(_ instrument: InstrumentID, _ numeraire: Asset?) {
        orphans.removeAll { $0.instrument == instrument }
        settle(numeraire)
    }

    mutating func addBalance(_ change: Balance, of asset: AssetID, _ numeraire: Asset?) {
        var list = PoolHoldings(positions: [], balances: balances)
        list.add(change, of: asset)
        balances = list.balances
        settle(numeraire)
    }

    /// Counts distinct positions that settle in a stablecoin.
    mutating func addPositions(_ change: Int, settledIn coin: AssetID, _ numeraire: Asset?) {
        let place = settlementCoins.firstIndex { $0.asset >= coin } ?? settlementCoins.count
        if place == settlementCoins.count || settlementCoins[place].asset != coin {
            settlementCoins.insert(SettlementCoin(asset: coin), at: place)
        }
        settlementCoins[place].positionCount += change
        if settlementCoins[place].positionCount == 0 { settlementCoins.remove(at: place) }
        settle(numeraire)
    }

    mutating func addOrders(_ change: Int, _ numeraire: Asset?) {
        orderCount += change
        settle(numeraire)
    }

    /// The balance of an asset that is not an underlying.
    func balance(of asset: AssetID) -> Balance {
        for held in balances where held.asset == asset { return held.balance }
        return .zero
    }

    /// Finds out whether the pool is plain.
    private mutating func settle(_ numeraire: Asset?) {
        plainCash = nil
        guard sections.count == 1, orphans.isEmpty, settlementCoins.isEmpty, orderCount == 0 else { return }
        guard let cash = balances.first else {
            plainCash = 0
            return
        }
        guard balances.count == 1, let numeraire, cash.asset == numeraire.id else { return }
        plainCash = ExactDollars.atPar(cash.balance.units, numeraire.moneyExponent)
    }
}
