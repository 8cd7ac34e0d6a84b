/// What one long unit of a contract loses in each of SPAN's scenarios; positive = loss.
///
/// Exchanges publish these arrays; ``SpanMargin`` computes them for a case.
public struct SpanRiskArray: Equatable, Sendable {
    /// One for each scenario.
    public var losses: [Double]
    /// Composite delta: futures that one unit stands for in spreads, between −1 and 1.
    public var delta: Double

    /// - Precondition: sixteen losses.
    public init(losses: [Double], delta: Double) {
        precondition(losses.count == SpanScenario.count, "SPAN has sixteen scenarios")
        self.losses = losses
        self.delta = delta
    }
}

/// A position as SPAN sees it.
public struct SpanPosition: Equatable, Sendable {
    /// Units, negative if sold.
    public var quantity: Double
    public var array: SpanRiskArray
    /// Time to expiry, in days; 0 for a perpetual.
    public var days: Double
    /// Value of one unit of an option, in dollars; nil for what is settled daily.
    public var optionValue: Double?
    /// Whether an option is a call.
    public var isCall: Bool

    public init(
        quantity: Double, array: SpanRiskArray, days: Double = 0, optionValue: Double? = nil, isCall: Bool = true
    ) {
        self.quantity = quantity
        self.array = array
        self.days = days
        self.optionValue = optionValue
        self.isCall = isCall
    }
}
