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
    /// Distinct positions that settle in stablecoins.
    private(set) var stablecoinPositions = 0
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

    mutating func addStablecoinPositions(_ change: Int, _ numeraire: Asset?) {
        stablecoinPositions += change
        settle(numeraire)
    }

    /// Finds out whether the pool is plain.
    private mutating func settle(_ numeraire: Asset?) {
        plainCash = nil
        guard sections.count == 1, orphans.isEmpty, stablecoinPositions == 0 else { return }
        guard let cash = balances.first else {
            plainCash = 0
            return
        }
        guard balances.count == 1, let numeraire, cash.asset == numeraire.id else { return }
        plainCash = ExactDollars.atPar(cash.balance.units, numeraire.moneyExponent)
    }
}
