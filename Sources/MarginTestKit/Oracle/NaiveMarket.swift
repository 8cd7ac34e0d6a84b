public import MarginDomain

/// Everything outside a pool that its margin depends on.
public struct NaiveMarket: Sendable {
    /// Listed assets.
    public var assets: [AssetID: Asset] = [:]
    /// Listed instruments, settled ones too.
    public var instruments: [InstrumentID: Instrument] = [:]
    /// Instruments whose row is gone.
    public var settled: Set<InstrumentID> = []
    /// The last cut of every underlying that ever had one.
    public var cuts: [AssetID: NaiveCut] = [:]
    /// Of assets without an index, in ticks.
    public var collateralPrices: [AssetID: Price] = [:]
    /// `k_a`, published with them.
    public var collateralConfidences: [AssetID: Ratio] = [:]
    /// In force now.
    public var parameters = NaiveParameters()

    /// Nothing listed yet.
    public init() {}

    /// The row of an instrument as of the last cut of its underlying; nil makes its pools unpriceable.
    public mutating func row(of id: InstrumentID) -> NaiveRow? {
        guard let instrument = instruments[id], !settled.contains(id) else { return nil }
        let u = instrument.underlying
        // An instrument that was listed after the cut has no row in it.
        guard let cut = cuts[u], cut.instruments[id] == instrument else { return nil }
        if let known = cut.rows[id] { return known }
        let row = NaiveRow(of: instrument, in: cut)
        cuts[u]?.rows[id] = .some(row)
        return row
    }
}
