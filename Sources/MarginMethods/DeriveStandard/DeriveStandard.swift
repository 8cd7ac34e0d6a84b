/// Derive's standard margin, `StandardManager`: rules for each position, with credit for long options of the same expiry
/// up to the largest loss that the expiry can make.
///
/// The method speaks of balances, positive = healthy: long options add nothing to it and coin adds a share of its value.
/// ``MethodAnswer`` has equity less that balance as the requirement. docs/methods/derive-standard.md has every formula.
///
/// Source: `StandardManager.sol` of derivexyz/v2-core at 7736900d; the defaults are the
/// parameters of its published test cases.
public struct DeriveStandard: MarginMethod, Equatable {
    public static let name = "derive-standard"

    public var options = OptionTerms()
    public var perpetuals = PerpetualTerms()
    public var coin = CoinTerms()
    public var confidence = Confidence()
    public var peg = Peg()

    public init() {}

    /// Requirements of short options, as fractions of the spot price.
    public struct OptionTerms: Equatable, Sendable {
        /// Initial margin at the money; falls with the distance out of the money …
        public var initialMax = 0.15
        /// … down to this.
        public var initialMin = 0.10
        public var callMaintenance = 0.075
        public var putMaintenance = 0.075
        /// Fraction of a put's own value, if that is more.
        public var putMaintenanceOfValue = 0.075
        /// Initial margin of a put is at least this times its maintenance margin.
        public var putInitialOfMaintenance = 1.05
        /// Multiples of the forward for each call that no long call covers, in the largest loss.
        public var unpairedInitial = 1.2
        public var unpairedMaintenance = 1.1
    }

    /// Fractions of the perpetual's price.
    public struct PerpetualTerms: Equatable, Sendable {
        public var initial = 0.065
        public var maintenance = 0.05
    }

    /// How much of a collateral's value counts.
    public struct CoinTerms: Equatable, Sendable {
        /// Unless the question gives the collateral a haircut.
        public var factor = 0.1
        /// Share of that which counts in initial margin.
        public var initialScale = 1.0
    }

    /// A charge in initial margin for prices that their source is not sure of.
    public struct Confidence: Equatable, Sendable {
        public var threshold = 0.4
        /// Share of the notional, for confidence 0.
        public var factor = 0.4
    }

    /// A charge in initial margin for a stablecoin below its peg.
    public struct Peg: Equatable, Sendable {
        /// Dollars.
        public var threshold = 0.98
        /// Fraction of spot for each dollar below, for each short option and each perpetual.
        public var factor = 1.2
    }
}

extension DeriveStandard {
    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self = try DeriveStandard().overridden(by: parameters)
    }

    private static let names = [
        "initialMax", "initialMin", "callMaintenance", "putMaintenance", "putMaintenanceOfValue",
        "putInitialOfMaintenance", "unpairedInitial", "unpairedMaintenance", "perpetualInitial",
        "perpetualMaintenance", "coinFactor", "coinInitialScale", "confidenceThreshold", "confidenceFactor",
        "pegThreshold", "pegFactor",
    ]

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> DeriveStandard {
        var method = self
        let fields = try ParameterFields(parameters, names: Self.names)
        try fields.read("initialMax", into: &method.options.initialMax, within: 0...10)
        try fields.read("initialMin", into: &method.options.initialMin, within: 0...10)
        try fields.read("callMaintenance", into: &method.options.callMaintenance, within: 0...10)
        try fields.read("putMaintenance", into: &method.options.putMaintenance, within: 0...10)
        try fields.read("putMaintenanceOfValue", into: &method.options.putMaintenanceOfValue, within: 0...10)
        try fields.read("putInitialOfMaintenance", into: &method.options.putInitialOfMaintenance, within: 0...10)
        try fields.read("unpairedInitial", into: &method.options.unpairedInitial, within: 0...100)
        try fields.read("unpairedMaintenance", into: &method.options.unpairedMaintenance, within: 0...100)
        try fields.read("perpetualInitial", into: &method.perpetuals.initial, within: 0...10)
        try fields.read("perpetualMaintenance", into: &method.perpetuals.maintenance, within: 0...10)
        try fields.read("coinFactor", into: &method.coin.factor, within: 0...1)
        try fields.read("coinInitialScale", into: &method.coin.initialScale, within: 0...1)
        try fields.read("confidenceThreshold", into: &method.confidence.threshold, within: 0...1)
        try fields.read("confidenceFactor", into: &method.confidence.factor, within: 0...100)
        try fields.read("pegThreshold", into: &method.peg.threshold, within: 0...10)
        try fields.read("pegFactor", into: &method.peg.factor, within: 0...100)
        return method
    }
}
