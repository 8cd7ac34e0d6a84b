import MarginDomain

extension ParameterSet {
    /// What an engine starts from before its log says anything: the defaults of `config/risk/plimsoll.yaml`, version 0,
    /// without any underlying. Part of the fold, so it never changes; a log's first records replace it.
    public static let bootstrap: ParameterSet = {
        do { return try ParameterSet(version: ParameterVersion(0), entries: bootstrapEntries) } catch {
            preconditionFailure("the bootstrap parameters do not hold together: \(error)")
        }
    }()

    /// Values in billionths, by key.
    private static let bootstrapEntries: [RiskParameters] = {
        let scalars: [(StaticString, Int64)] = [
            ("tailDamping", 770_000_000), ("volUp", 600_000_000), ("volDown", 300_000_000),
            ("shortPower", 300_000_000), ("longPowerFlat", 130_000_000), ("longPowerSteep", 700_000_000),
            ("volatilityFloor", 500_000_000), ("kappa", 800_000_000), ("halfStepDays", 3_000_000_000),
            ("maintenance", 800_000_000), ("release", 900_000_000), ("initial", 1_000_000_000),
            ("skewCap", 200_000_000), ("skewWidth", 2_400_000_000), ("skewWidthMin", 10_000_000),
            ("nakedShort", 3_000_000), ("nakedShortInitialExtra", 2_000_000), ("minimumDeltaGross", 10_000_000),
            ("minimumDeltaNet", 10_000_000), ("stablecoinMaintenance", 20_000_000), ("stablecoinInitial", 50_000_000),
            ("liquidationFee", 1_000_000), ("confidenceThreshold", 550_000_000), ("confidenceMargin", 1_000_000_000),
            ("slowPricePerSecond", 300_000), ("slowPriceBand", 10_000_000), ("warningFactor", 1_200_000_000),
            ("hysteresis", 20_000_000), ("callSeconds", 3_600_000_000_000), ("liquidationPriceBand", 20_000_000),
            ("tierBound", .max),
            ("tierHaircut", 500_000_000), ("liabilityHaircut", 500_000_000), ("initialHaircut", 100_000_000),
        ]
        let tails: [Int64] = [-660, -330, 500, 1000, 2000, 3000, 4000, 5000].map { $0 * 1_000_000 }
        return scalars.map { entry(Symbol(ascii: $0.0), 0, $0.1) }
            + tails.enumerated().map { entry(Symbol(ascii: "tails"), UInt16($0.offset), $0.element) }
    }()

    private static func entry(_ key: Symbol, _ index: UInt16, _ billionths: Int64) -> RiskParameters {
        RiskParameters(
            version: ParameterVersion(0), status: .effective, key: key, asset: AssetID(0), index: index,
            value: Ratio(billionths), last: false)
    }
}
