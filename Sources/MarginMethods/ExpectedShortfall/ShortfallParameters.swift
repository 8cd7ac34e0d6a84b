/// The parameters of ``ExpectedShortfall``. Fractions, never per cent; defaults as in
/// `config/risk/expected-shortfall.yaml`, chosen on data to 2023 (docs/risk-quality.md).
public struct ShortfallParameters: Equatable, Sendable {
    public var initialConfidence = 0.99
    public var maintenanceConfidence = 0.975
    public var statistic = Statistic.shortfall
    public var tail = TailMeasure.fractional
    /// Days over which losses run: a scenario is the sum of as many successive scaled returns.
    public var holdingDays = 1
    /// Whether options are older by ``holdingDays`` in a scenario. Without it, a book that is long options but hedged
    /// loses more by mere waiting than it was margined for.
    public var timePasses = true
    /// Scenario dates of the filtered losses, the latest.
    public var lookBackDays = 730
    /// Fewer dates than this give no number.
    public var scenariosMin = 100
    public var filter = VolatilityFilter()
    public var stress = Stress()
    /// Share of the unfiltered shortfall over the whole history that the requirement never goes below; 0 = no floor.
    public var longRunFloor = 0.0
    /// Exponents of `(tenor/DTE)` by which a volatility's log return is taken to times shorter and longer than those
    /// that the history has.
    public var shortPower = 0.40
    public var longPower = 0.60
    public var rule = Rule.larger
    /// Share of the default model's requirement that ``Rule/larger`` compares with.
    public var gridShare = 0.5
    public var charges = Charges()

    public init() {}

    /// What is read off the tail.
    public enum Statistic: String, CaseIterable, Sendable {
        case shortfall, valueAtRisk

        func value(_ losses: [Double], confidence: Double, _ measure: TailMeasure) -> Double {
            switch self {
            case .shortfall: measure.shortfall(losses, confidence: confidence)
            case .valueAtRisk: TailMeasure.valueAtRisk(losses, confidence: confidence)
            }
        }
    }

    /// Which requirement holds.
    public enum Rule: String, CaseIterable, Sendable {
        /// The default model's alone.
        case grid
        /// Expected shortfall alone.
        case shortfall
        /// The larger of shortfall and a share of the default model's.
        case larger
    }

    /// The part that remembers bad times.
    public struct Stress: Equatable, Sendable {
        /// `w` in `(1 − w)·filtered + w·stressed` (Regulation (EU) 153/2013, Article 28(1)(b): at least 25 %).
        public var weight = 0.25
        /// Least share of the stressed shortfall that the requirement never goes below; 0 = no floor.
        public var floor = 0.0
        /// Length of the stressed window, the worst on record for this portfolio.
        public var days = 365
        /// First and last date of a fixed window in place of the worst one; both empty = the worst one.
        public var from = ""
        public var to = ""

        public init() {}
    }

    /// Charges outside of the scenarios, where a case does not state its own; as in the default model.
    public struct Charges: Equatable, Sendable {
        /// On collateral that has no history of its own, by the size of its value.
        public var haircut = 0.50
        /// Added in initial margin.
        public var initialHaircut = 0.10
        /// On what is owned of a coin that profit settles in.
        public var stablecoinMaintenance = 0.02
        public var stablecoinInitial = 0.05

        public init() {}
    }
}
