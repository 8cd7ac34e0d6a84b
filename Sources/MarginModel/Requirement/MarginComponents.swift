public import MarginDomain

/// The named parts of a requirement; they sum to it exactly.
public struct MarginComponents: Equatable, Sendable {
    /// What one part adds to initial and to maintenance margin.
    public struct Part: Equatable, Sendable {
        public internal(set) var initial: Value
        public internal(set) var maintenance: Value

        init(initial: Value = .zero, maintenance: Value = .zero) {
            self.initial = initial
            self.maintenance = maintenance
        }

        init(both value: Value) { self.init(initial: value, maintenance: value) }
    }

    public internal(set) var scan = Part()
    public internal(set) var minimumDelta = Part()
    public internal(set) var basis = Part()
    public internal(set) var skew = Part()
    public internal(set) var nakedShort = Part()
    public internal(set) var stablecoin = Part()
    public internal(set) var liquidationFee = Part()
    public internal(set) var haircut = Part()

    init() {}

    /// A part by name.
    public subscript(component: MarginComponent) -> Part {
        switch component {
        case .scan: scan
        case .basis: basis
        case .skew: skew
        case .nakedShort: nakedShort
        case .minimumDelta: minimumDelta
        case .stablecoin: stablecoin
        case .liquidationFee: liquidationFee
        case .haircut: haircut
        }
    }

    /// All parts that are not zero, in the order of `MarginComponent`.
    public var entries: [Component] {
        MarginComponent.allCases.compactMap { name in
            let part = self[name]
            guard part != Part() else { return nil }
            return Component(component: name, initial: part.initial, maintenance: part.maintenance)
        }
    }
}
