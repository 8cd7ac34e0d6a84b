public import MarginDomain

/// Whether a pool has margin, and if not, why.
public enum MarginStatus: Hashable, Sendable, CustomStringConvertible {
    case margined
    /// A price that the pool depends on is missing.
    case unpriceable(PriceFault)
    /// The pool is applied exactly but cannot be margined exactly.
    case quarantined(QuarantineReason)

    public var description: String {
        switch self {
        case .margined: "margined"
        case .unpriceable(let fault): "unpriceable: \(fault)"
        case .quarantined(let reason): "quarantined: \(reason)"
        }
    }
}

/// Why a pool is kept out of margining although its prices are known.
public enum QuarantineReason: Hashable, Sendable, CustomStringConvertible {
    /// Its sums would no longer be exact.
    case beyondExactRange
    /// The margin method that its agreement names has no answer for what it holds.
    case methodRefused
    /// The method simulates the past, and the log has too little of it for what the pool holds.
    case shortHistory

    public var description: String {
        switch self {
        case .beyondExactRange: "sums beyond the exact range"
        case .methodRefused: "the agreement's margin method has no answer"
        case .shortHistory: "the history of what the pool holds is too short for the agreement's margin method"
        }
    }
}

/// The margin of a pool at one moment. All numbers are zero unless the status is `.margined`.
public struct PoolMargin: Equatable, Sendable {
    public internal(set) var status: MarginStatus
    /// Before haircuts, which are parts of the requirement.
    public internal(set) var equity = Value.zero
    public internal(set) var initial = Value.zero
    public internal(set) var maintenance = Value.zero
    /// Where a liquidation ends.
    public internal(set) var release = Value.zero
    public internal(set) var components = MarginComponents()

    init(status: MarginStatus) { self.status = status }

    /// The margin that a method computed in dollars: rounded up to quanta, never negative, initial margin never below
    /// maintenance margin; a liquidation ends half-way between the two requirements.
    ///
    /// - Parameter names: what the requirements are called among the components.
    public init(
        equity: Value, method initial: Double, maintenance: Double,
        names: MarginComponents.MethodNames = MarginComponents.MethodNames()
    ) {
        guard max(initial, maintenance) < Self.methodDollarsMax else {
            self.init(status: .quarantined(.beyondExactRange))
            return
        }
        self.init(status: .margined)
        self.equity = equity
        self.maintenance = Value(quanta: (max(maintenance, 0) * Double(Value.perDollar)).roundedUp)
        self.initial = max(Value(quanta: (max(initial, 0) * Double(Value.perDollar)).roundedUp), self.maintenance)
        release = Value(self.maintenance.quanta + (self.initial.quanta - self.maintenance.quanta + 1) / 2)
        components = MarginComponents(method: (self.initial, self.maintenance), names)
    }

    /// The margin of a pool that its method refuses.
    public static let refused = PoolMargin(status: .quarantined(.methodRefused))

    /// The margin of a pool whose method knows too little of the past.
    public static let withoutHistory = PoolMargin(status: .quarantined(.shortHistory))

    /// Quanta of more would not fit 62 bits.
    private static let methodDollarsMax = 4e12

    /// Equity less maintenance margin; negative = to be liquidated.
    public var excess: Value { equity - maintenance }

    /// `⌈MM·10⁹ / equity⌉` billionths; 0 without maintenance margin, the largest value if equity ≤ 0 < MM.
    public var utilisation: Ratio {
        guard maintenance > .zero else { return .zero }
        guard equity > .zero else { return Ratio(.max) }
        let scaled = Int128(maintenance.quanta) * Int128(Ratio.scale)
        return Ratio(Int64(clamping: Rounding.up(scaled, dividedBy: Int128(equity.quanta))))
    }
}
