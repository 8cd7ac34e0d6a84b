import MarginDomain

/// Which inputs of one asset a margin asks for.
struct InputNeeds {
    /// Strikes of options, by expiry.
    private(set) var strikes: [Timestamp: Set<Price>] = [:]
    /// Expiries whose options are discounted: the linear ones.
    private(set) var discounted: Set<Timestamp> = []
    /// Expiries of futures, of which a part may be settled.
    private(set) var settling: Set<Timestamp> = []
    /// Perpetuals and futures.
    private(set) var marked: Set<InstrumentID> = []
    /// Perpetuals.
    private(set) var funded: Set<InstrumentID> = []

    /// Every expiry of which something is needed.
    var expiries: [Timestamp] { settling.union(strikes.keys).sorted() }

    mutating func add(_ instrument: Instrument) {
        switch instrument.contract {
        case .perpetual:
            marked.insert(instrument.id)
            funded.insert(instrument.id)
        case .future(_, let expiry):
            marked.insert(instrument.id)
            settling.insert(expiry)
        case .option(let settlement, _, let strike, let expiry):
            strikes[expiry, default: []].insert(strike)
            if settlement == .linear { discounted.insert(expiry) }
        }
    }
}
