private import Glibc
public import MarginDomain

/// An instrument of this exchange: what was announced, and what it means in dollars and units.
public struct ListedInstrument: Sendable {
    /// As it is announced.
    public let listing: InstrumentListed
    /// As the engine understands it.
    public let instrument: Instrument
    /// Dollars; 0 unless it is an option.
    public let strike: Double

    /// - Throws: why it may not be listed.
    init(_ listing: InstrumentListed, underlying: Asset, settlement: Asset) throws(ListingFault) {
        self.listing = listing
        instrument = try Instrument(listing: listing, underlying: underlying, settlement: settlement)
        strike = underlying.dollars(listing.strike)
    }

    /// Its number.
    public var id: InstrumentID { instrument.id }

    /// Units of the underlying in a lot; dollars of contracts for inverse futures and perpetuals.
    var lot: Double { instrument.quantityExponent.scale }

    /// An option, as opposed to a future or perpetual.
    var isOption: Bool { !instrument.carriesCost }

    /// A quote to the nearest tick, at least one.
    func price(_ quote: Double) -> Price {
        Price(max(1, Int64((quote / instrument.priceExponent.scale).rounded())))
    }

    /// Dollars of underlying that a lot stands for.
    func notional(ofLotAt spot: Double) -> Double { instrument.isInverseFuture ? lot : lot * spot }

    /// The lots that stand for so many dollars of underlying, at least one.
    func lots(forNotional dollars: Double, at spot: Double) -> Int64 {
        max(1, Int64((dollars / notional(ofLotAt: spot)).rounded()))
    }
}
