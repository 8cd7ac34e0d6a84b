extension NoMargin {
    /// What is wrong, where, and what cures it; nil for a pool with margin.
    ///
    /// - Parameter name: what an asset is called.
    /// - Parameter symbol: what an instrument is called.
    public func sentence(naming name: (AssetID) -> String, _ symbol: (InstrumentID) -> String) -> String? {
        guard reason != .none else { return nil }
        return "\(fact(name, symbol)); \(cure)"
    }

    private func fact(_ name: (AssetID) -> String, _ symbol: (InstrumentID) -> String) -> String {
        let (asset, instrument) = (name(asset), symbol(instrument))
        let expiry = "\(asset) for expiry \(expiry.nanoseconds / Duration64.perSecond)"
        // Methods may refuse for what is about no asset.
        let place = self.asset == AssetID(0) ? "" : " (\(asset))"
        return switch reason {
        case .none: ""
        case .noCut: "\(asset) was never cut"
        case .noIndex: "no index price of \(asset)"
        case .noForward: "no forward of \(expiry)"
        case .noVolatility: "no volatility of \(expiry)"
        case .noMark: "no mark of \(instrument)"
        case .noPrice: "no price of \(asset)"
        case .assetUnlisted: "\(asset) is not listed"
        case .noRow: "\(instrument) is not listed, settled, or newer than the last cut"
        case .noParameters: "the risk parameters do not name \(asset)"
        case .rowBeyondRange: "the prices of \(instrument) are too large to be exact"
        case .sumsBeyondRange: "what it holds is too large to be exact"
        case .methodWithoutRule: "its method has no rule for something in it\(place)"
        case .methodLacksInput: "its method is not told something it needs\(place)"
        case .methodBadNumber: "its method is told an unusable number\(place)"
        case .methodBadParameter: "a parameter of its method is unusable"
        case .methodOverflow: "its method's answer is too large"
        case .methodShortHistory: "its method's history of prices is too short\(place)"
        case .methodNotAsked: "two of its assets have one symbol"
        }
    }

    private var cure: String {
        switch reason {
        case .none: ""
        case .noCut, .noIndex: "publish IndexPrice"
        case .noForward: "publish ForwardPoint"
        case .noVolatility: "publish SviSlice or VolatilityPoint"
        case .noMark: "publish MarkPrice"
        case .noPrice: "publish CollateralPrice"
        case .assetUnlisted: "send AssetListed"
        case .noRow: "wait for the next cut, or send InstrumentListed"
        case .noParameters: "put a set in force that does"
        case .rowBeyondRange: "correct the price or the instrument's exponents"
        case .sumsBeyondRange: "reduce it, or correct the entry that made it"
        case .methodWithoutRule: "close that, or change the agreement"
        case .methodLacksInput: "add it to the method's parameters, or publish it"
        case .methodBadNumber: "correct what was published"
        case .methodBadParameter, .methodOverflow: "correct the method's parameters"
        case .methodShortHistory: "close that, or give the log a longer history"
        case .methodNotAsked: "list them under different symbols"
        }
    }
}
