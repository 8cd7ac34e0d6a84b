import MarginDomain
import MarginModel

extension ModelWorld {
    /// The values of config/risk/plimsoll.yaml as entries: BTC, ETH and SOL are assets 2, 3, 4.
    static func entries() -> [RiskParameters] {
        var list: [RiskParameters] = []
        let tails = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]
        for (index, tail) in tails.enumerated() { list.append(entry("tails", tail, index: index)) }
        let scalars: KeyValuePairs = [
            "tailDamping": 0.77, "volUp": 0.60, "volDown": 0.30, "shortPower": 0.30, "longPowerFlat": 0.13,
            "longPowerSteep": 0.70, "volatilityFloor": 0.50, "kappa": 0.8, "halfStepDays": 3, "maintenance": 0.8,
            "release": 0.9, "initial": 1, "skewCap": 0.20, "skewWidth": 2.4, "skewWidthMin": 0.01, "nakedShort": 0.003,
            "nakedShortInitialExtra": 0.002, "minimumDeltaGross": 0.01, "minimumDeltaNet": 0.01,
            "stablecoinMaintenance": 0.02, "stablecoinInitial": 0.05, "liquidationFee": 0.001,
            "confidenceThreshold": 0.55,
            "confidenceMargin": 1, "slowPricePerSecond": 0.0003, "slowPriceBand": 0.01, "warningFactor": 1.2,
            "hysteresis": 0.02, "callSeconds": 3600, "liquidationPriceBand": 0.02, "tierBound": .infinity,
            "tierHaircut": 0.5, "liabilityHaircut": 0.5, "initialHaircut": 0.1,
        ]
        for (key, value) in scalars { list.append(entry(key, value)) }
        let underlyings: [(UInt32, range: Double, window: Double, floor: Double, perYear: Double)] = [
            (2, 0.16, 1, 0.005, 0.05), (3, 0.20, 1, 0.005, 0.05), (4, 0.30, 2, 0.01, 0.10),
        ]
        for own in underlyings {
            list.append(entry("range", own.range, asset: own.0))
            list.append(entry("window", own.window, asset: own.0))
            list.append(entry("basisFloor", own.floor, asset: own.0))
            list.append(entry("basisPerYear", own.perYear, asset: own.0))
        }
        return list
    }

    static func entry(_ key: String, _ value: Double, asset: UInt32 = 0, index: Int = 0) -> RiskParameters {
        RiskParameters(
            version: ParameterVersion(1), status: .effective, key: Symbol(key) ?? .empty, asset: AssetID(asset),
            index: UInt16(index), value: Ratio(value == .infinity ? .max : Int64((value * 1e9).rounded())), last: false)
    }

    /// The defaults with what the file turns on besides: funding and the size of owners.
    static let charging = parameters([
        entry("fundingCap", 0.0075), entry("liquiditySlope", 0.02), entry("liquidityCap", 0.2),
        entry("concentrationFree", 0.1), entry("concentrationFloor", 50_000_000), entry("concentrationSlope", 0.25),
        entry("concentrationCap", 0.2),
    ])

    /// The defaults, with some entries replaced.
    static func parameters(_ changes: [RiskParameters] = []) -> ParameterSet {
        do {
            let set = try ParameterSet(version: ParameterVersion(1), entries: entries())
            return try set.applying(changes, version: ParameterVersion(1))
        } catch { preconditionFailure("\(error)") }
    }
}

/// A small reproducible generator of test inputs (Knuth's 64-bit linear congruence).
struct Inputs {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func unit() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / 9_007_199_254_740_992
    }

    mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }
}
