public import MarginDomain

extension LifeCycle {
    /// As people write it.
    public var words: String {
        switch self {
        case .healthy: "healthy"
        case .warning: "warning"
        case .restricted: "restricted"
        case .marginCall: "margin call"
        case .liquidating: "liquidating"
        case .defaulted: "defaulted"
        case .quarantined: "quarantined"
        }
    }
}

extension SignalKind {
    /// As people write it.
    public var words: String {
        switch self {
        case .warning: "warning"
        case .restricted: "restricted"
        case .marginCall: "margin call"
        case .liquidationPlan: "liquidation plan"
        case .liquidationUpdate: "liquidation update"
        case .cured: "cured"
        case .defaulted: "defaulted"
        case .waterfallStep: "waterfall step"
        case .autoDeleverage: "auto-deleverage"
        case .quarantined: "quarantined"
        }
    }
}

extension Cause {
    /// As people write it.
    public var words: String {
        switch self {
        case .none: "nothing"
        case .trade: "a trade"
        case .cash: "cash"
        case .price: "a price"
        case .volatility: "volatility"
        case .parameters: "parameters"
        case .membership: "membership"
        case .time: "time"
        case .operator: "an operator"
        case .order: "an order"
        }
    }
}

extension MarginComponent {
    /// As people write it.
    public var words: String {
        switch self {
        case .scan: "scan"
        case .basis: "basis"
        case .method: "method"
        case .skew: "skew"
        case .nakedShort: "naked shorts"
        case .minimumDelta: "minimum delta"
        case .stablecoin: "stablecoin"
        case .liquidationFee: "liquidation fee"
        case .haircut: "haircut"
        case .openOrders: "open orders"
        case .oracleUncertainty: "oracle uncertainty"
        case .twoPrice: "two prices"
        case .shortfall: "expected shortfall"
        case .defaultModel: "default model's share"
        case .funding: "funding"
        case .liquidity: "liquidity"
        case .concentration: "concentration"
        case .credit: "credit for pooling"
        }
    }
}

extension VolatilityShape {
    /// As people write it.
    public var words: String {
        switch self {
        case .same: "volatility same"
        case .upFlat: "volatility up, flat"
        case .upSteep: "volatility up, steep"
        case .downFlat: "volatility down, flat"
        case .downSteep: "volatility down, steep"
        }
    }
}

extension PriceStatus {
    /// As people write it.
    public var words: String {
        switch self {
        case .trusted: "trusted"
        case .stale: "stale"
        case .untrusted: "untrusted"
        case .missing: "missing"
        }
    }
}

extension InputKind {
    /// As people write it.
    public var words: String {
        switch self {
        case .index: "index price"
        case .forward: "forward"
        case .mark: "mark"
        case .rate: "discount rate"
        case .volatility: "volatility"
        case .slice: "SVI slice"
        case .funding: "funding rate"
        case .depth: "depth"
        case .collateral: "price"
        case .volatilityIndex: "volatility index"
        }
    }
}
