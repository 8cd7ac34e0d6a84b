public import MarginDomain

/// The named parts of a requirement; they sum to it exactly.
public struct MarginComponents: Equatable, Sendable {
    /// What one part adds to initial and to maintenance margin.
    public struct Part: Equatable, Sendable {
        public let initial: Value
        public let maintenance: Value
    }

    // What differs between the two requirements is kept twice, the rest once: a pool's margin stays small.
    private var scan = (initial: Value.zero, maintenance: Value.zero)
    private var minimumDelta = (initial: Value.zero, maintenance: Value.zero)
    private var nakedShort = (initial: Value.zero, maintenance: Value.zero)
    private var stablecoin = (initial: Value.zero, maintenance: Value.zero)
    private var haircut = (initial: Value.zero, maintenance: Value.zero)
    /// What a method asks for; or, negative, what a mutual pool takes off. No pool has both.
    private var foreign = (initial: Value.zero, maintenance: Value.zero)
    private var methodNames = MethodNames()
    private var basis = Value.zero
    private var skew = Value.zero
    private var liquidationFee = Value.zero
    /// In initial margin only.
    private var openOrders = Value.zero
    private var oracleUncertainty = Value.zero
    private var twoPrice = Value.zero
    private var funding = Value.zero
    private var liquidity = Value.zero
    private var concentration = Value.zero

    init() {}

    /// What the requirement of a margin method is called at each level: `method`, or what binds if it is the larger of
    /// two.
    public struct MethodNames: Equatable, Sendable {
        public let initial: MarginComponent
        public let maintenance: MarginComponent

        public init(initial: MarginComponent = .method, maintenance: MarginComponent = .method) {
            self.initial = initial
            self.maintenance = maintenance
        }
    }

    /// The requirement of a margin method, which has names of its own for its parts.
    init(method: (initial: Value, maintenance: Value), _ names: MethodNames) {
        foreign = method
        methodNames = names
    }

    // SPEED: made for every pool of a cut; inlined, the numbers go straight to where they are kept.
    @inline(__always)
    init(_ requirement: Requirement, _ factors: ParameterSet.Factors) {
        let totals = requirement.totals
        let initialParts = requirement.scanParts(factors.initial)
        let maintenanceParts = requirement.scanParts(factors.maintenance)
        scan = (Value(quanta: initialParts.scan), Value(quanta: maintenanceParts.scan))
        minimumDelta = (Value(quanta: initialParts.minimumDelta), Value(quanta: maintenanceParts.minimumDelta))
        nakedShort = (Value(quanta: totals.nakedInitial), Value(quanta: totals.nakedMaintenance))
        stablecoin = (
            Value(quanta: requirement.stablecoinInitial), Value(quanta: requirement.stablecoinMaintenance)
        )
        haircut = (Value(quanta: requirement.haircutInitial), Value(quanta: requirement.haircutMaintenance))
        basis = Value(quanta: totals.basis)
        skew = Value(quanta: totals.skew)
        liquidationFee = Value(quanta: totals.fee)
        openOrders = Value(quanta: requirement.openOrders)
        oracleUncertainty = Value(quanta: requirement.oracleUncertainty)
        twoPrice = Value(quanta: requirement.twoPrice)
        funding = Value(quanta: requirement.funding)
        liquidity = Value(quanta: requirement.liquidity)
        concentration = Value(quanta: requirement.concentration)
    }

    /// The same parts with a credit, which is never positive.
    func credited(initial: Value, maintenance: Value) -> MarginComponents {
        var components = self
        components.foreign = (initial, maintenance)
        return components
    }

    /// Each part of both.
    func adding(_ other: MarginComponents) -> MarginComponents {
        var sum = self
        sum.scan = (scan.initial + other.scan.initial, scan.maintenance + other.scan.maintenance)
        sum.minimumDelta = (
            minimumDelta.initial + other.minimumDelta.initial, minimumDelta.maintenance + other.minimumDelta.maintenance
        )
        sum.nakedShort = (
            nakedShort.initial + other.nakedShort.initial, nakedShort.maintenance + other.nakedShort.maintenance
        )
        sum.stablecoin = (
            stablecoin.initial + other.stablecoin.initial, stablecoin.maintenance + other.stablecoin.maintenance
        )
        sum.haircut = (haircut.initial + other.haircut.initial, haircut.maintenance + other.haircut.maintenance)
        sum.foreign = (foreign.initial + other.foreign.initial, foreign.maintenance + other.foreign.maintenance)
        sum.basis = basis + other.basis
        sum.skew = skew + other.skew
        sum.liquidationFee = liquidationFee + other.liquidationFee
        sum.openOrders = openOrders + other.openOrders
        sum.oracleUncertainty = oracleUncertainty + other.oracleUncertainty
        sum.twoPrice = twoPrice + other.twoPrice
        sum.funding = funding + other.funding
        sum.liquidity = liquidity + other.liquidity
        sum.concentration = concentration + other.concentration
        return sum
    }

    /// A part by name.
    public subscript(component: MarginComponent) -> Part {
        switch component {
        case .scan: Part(initial: scan.initial, maintenance: scan.maintenance)
        case .basis: Part(initial: basis, maintenance: basis)
        case .skew: Part(initial: skew, maintenance: skew)
        case .nakedShort: Part(initial: nakedShort.initial, maintenance: nakedShort.maintenance)
        case .minimumDelta: Part(initial: minimumDelta.initial, maintenance: minimumDelta.maintenance)
        case .stablecoin: Part(initial: stablecoin.initial, maintenance: stablecoin.maintenance)
        case .liquidationFee: Part(initial: liquidationFee, maintenance: liquidationFee)
        case .haircut: Part(initial: haircut.initial, maintenance: haircut.maintenance)
        case .method, .shortfall, .defaultModel:
            Part(
                initial: methodNames.initial == component ? max(foreign.initial, .zero) : .zero,
                maintenance: methodNames.maintenance == component ? max(foreign.maintenance, .zero) : .zero)
        case .openOrders: Part(initial: openOrders, maintenance: .zero)
        case .oracleUncertainty: Part(initial: oracleUncertainty, maintenance: .zero)
        case .twoPrice: Part(initial: twoPrice, maintenance: .zero)
        case .funding: Part(initial: funding, maintenance: .zero)
        case .liquidity: Part(initial: liquidity, maintenance: .zero)
        case .concentration: Part(initial: concentration, maintenance: .zero)
        case .credit: Part(initial: min(foreign.initial, .zero), maintenance: min(foreign.maintenance, .zero))
        }
    }

    /// All parts that are not zero, in the order of `MarginComponent`.
    public var entries: [Component] {
        MarginComponent.allCases.compactMap { name in
            let part = self[name]
            guard part.initial != .zero || part.maintenance != .zero else { return nil }
            return Component(component: name, initial: part.initial, maintenance: part.maintenance)
        }
    }

    public static func == (left: MarginComponents, right: MarginComponents) -> Bool {
        MarginComponent.allCases.allSatisfy { left[$0] == right[$0] }
    }
}
