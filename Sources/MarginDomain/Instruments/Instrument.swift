/// What trades: a perpetual, a dated future or a European option, linear or inverse.
///
/// *Linear* contracts are quoted, and pay, in the numeraire or a stablecoin. *Inverse* ones pay in the underlying's
/// own coin: an inverse future of `N` contracts of one dollar is worth `N (1/entry − 1/mark)` coin, an inverse option
/// `Black(F, K) / F` coin. Spot collateral is not an instrument: it is a balance.
public struct Instrument: Hashable, Sendable {
    public let id: InstrumentID
    /// Its name; the only thing about it that may change.
    public private(set) var symbol: Symbol
    public let contract: Contract
    public let underlying: AssetID
    /// The asset in which premium, profit and fees are paid.
    public let settlementAsset: AssetID
    /// Power of ten of a tick of the traded price.
    public let priceExponent: Exponent
    /// Power of ten of a lot: units of the underlying, or contracts of one dollar for inverse futures and perpetuals.
    public let quantityExponent: Exponent
    /// Power of ten of the settlement asset's smallest unit.
    public let moneyExponent: Exponent

    /// What is paid, and when.
    public enum Contract: Hashable, Sendable {
        case perpetual(Settlement)
        case future(Settlement, expiry: Timestamp)
        /// The strike is in ticks of the underlying's index.
        case option(Settlement, OptionType, strike: Price, expiry: Timestamp)
    }

    /// In which kind of money a contract pays.
    public enum Settlement: Hashable, Sendable {
        case linear
        case inverse
    }

    /// Checks a listing against the assets it names; the reason of a refusal names the field.
    public init(listing: InstrumentListed, underlying: Asset, settlement asset: Asset) throws(ListingFault) {
        guard listing.instrument.isPresent else { throw .zeroIdentifier }
        guard listing.priceExponent.isValid else { throw .exponentOutOfRange(field: "priceExponent") }
        guard listing.quantityExponent.isValid else { throw .exponentOutOfRange(field: "quantityExponent") }
        guard underlying.role == .underlying else { throw .notAnUnderlying(underlying.id) }
        id = listing.instrument
        symbol = listing.symbol
        self.underlying = underlying.id
        settlementAsset = asset.id
        priceExponent = listing.priceExponent
        quantityExponent = listing.quantityExponent
        moneyExponent = asset.moneyExponent
        contract = try Contract(listing)
        switch contract.settlement {
        case .linear:
            guard asset.role == .numeraire || asset.role == .stablecoin else { throw .settlementAsset(asset.id) }
        case .inverse:
            guard asset.id == underlying.id else { throw .settlementAsset(asset.id) }
        }
        // Inverse futures divide by a price, so their entry cost is rounded by rule instead (`cost(of:at:)`).
        guard isInverseFuture || costShift >= 0 else { throw .inexactMoney }
    }

    /// When it expires; nil for perpetuals.
    public var expiry: Timestamp? { contract.expiry }

    /// The same instrument under another name.
    public func renamed(_ symbol: Symbol) -> Instrument {
        var renamed = self
        renamed.symbol = symbol
        return renamed
    }

    /// Whether entry cost is a line of its own: futures and perpetuals. An option's premium is cash.
    public var carriesCost: Bool {
        if case .option = contract { false } else { true }
    }

    /// An inverse perpetual or future, sized in contracts of one dollar.
    public var isInverseFuture: Bool { carriesCost && contract.settlement == .inverse }
}

extension Instrument.Contract {
    fileprivate init(_ listing: InstrumentListed) throws(ListingFault) {
        let isDated = listing.expiry.nanoseconds > 0
        let isOption = listing.optionType != .none
        let settlement: Instrument.Settlement
        switch listing.kind {
        case .linearPerpetual, .linearFuture, .linearOption: settlement = .linear
        case .inversePerpetual, .inverseFuture, .inverseOption: settlement = .inverse
        }
        switch listing.kind {
        case .linearPerpetual, .inversePerpetual:
            guard listing.expiry == .zero else { throw .expiry }
            guard !isOption, listing.strike == .zero else { throw .optionTerms }
            self = .perpetual(settlement)
        case .linearFuture, .inverseFuture:
            guard isDated else { throw .expiry }
            guard !isOption, listing.strike == .zero else { throw .optionTerms }
            self = .future(settlement, expiry: listing.expiry)
        case .linearOption, .inverseOption:
            guard isDated else { throw .expiry }
            guard isOption, listing.strike > .zero else { throw .optionTerms }
            self = .option(settlement, listing.optionType, strike: listing.strike, expiry: listing.expiry)
        }
    }

    /// Linear or inverse.
    public var settlement: Instrument.Settlement {
        switch self {
        case .perpetual(let settlement), .future(let settlement, _), .option(let settlement, _, _, _): settlement
        }
    }

    /// When it expires; nil for perpetuals.
    public var expiry: Timestamp? {
        switch self {
        case .perpetual: nil
        case .future(_, let expiry), .option(_, _, _, let expiry): expiry
        }
    }
}
