public import MarginDomain

extension MarginStatus {
    /// The same as messages say it.
    public var noMargin: NoMargin {
        switch self {
        case .margined: .none
        case .unpriceable(let fault): fault.noMargin
        case .quarantined(.beyondExactRange): NoMargin(.sumsBeyondRange)
        case .quarantined(.methodRefused(let refusal, let asset)):
            NoMargin(refusal.reason, asset: asset ?? AssetID(0))
        }
    }
}

extension PriceFault {
    fileprivate var noMargin: NoMargin {
        switch self {
        case .notRefreshed(let asset): NoMargin(.noCut, asset: asset)
        case .index(let asset): NoMargin(.noIndex, asset: asset)
        case .forward(let asset, let expiry): NoMargin(.noForward, asset: asset, expiry: expiry)
        case .volatility(let asset, let expiry): NoMargin(.noVolatility, asset: asset, expiry: expiry)
        case .mark(let instrument): NoMargin(.noMark, instrument: instrument)
        case .collateralPrice(let asset): NoMargin(.noPrice, asset: asset)
        case .asset(let asset): NoMargin(.assetUnlisted, asset: asset)
        case .notListed(let instrument): NoMargin(.noRow, instrument: instrument)
        case .parameters(let asset): NoMargin(.noParameters, asset: asset)
        case .beyondRowRange(let instrument): NoMargin(.rowBeyondRange, instrument: instrument)
        }
    }
}

extension MethodRefusal {
    fileprivate var reason: NoMarginReason {
        switch self {
        case .withoutRule: .methodWithoutRule
        case .lacksInput: .methodLacksInput
        case .badNumber: .methodBadNumber
        case .badParameter: .methodBadParameter
        case .overflow: .methodOverflow
        case .shortHistory: .methodShortHistory
        case .notAsked: .methodNotAsked
        }
    }
}
