/// Which requirement a number is of.
enum RequirementLevel: CaseIterable, Sendable {
    case initial
    case maintenance
    case release
}

/// Something for each requirement.
struct PerRequirement<Number: Sendable>: Sendable {
    let initial: Number
    let maintenance: Number
    let release: Number

    init(initial: Number, maintenance: Number, release: Number) {
        self.initial = initial
        self.maintenance = maintenance
        self.release = release
    }

    init(_ number: (RequirementLevel) -> Number) {
        self.init(initial: number(.initial), maintenance: number(.maintenance), release: number(.release))
    }

    subscript(level: RequirementLevel) -> Number {
        switch level {
        case .initial: initial
        case .maintenance: maintenance
        case .release: release
        }
    }
}

extension PerRequirement: Equatable where Number: Equatable {}

extension PerRequirement<Double> {
    /// The factors of the scan.
    init(_ factors: ParameterSet.Factors) {
        self.init(initial: factors.initial, maintenance: factors.maintenance, release: factors.release)
    }
}

extension Requirement {
    /// What is needed.
    func margin(_ level: RequirementLevel, _ factors: ParameterSet.Factors) -> Double {
        switch level {
        case .initial: initial(factors)
        case .maintenance: maintenance(factors)
        case .release: release(factors)
        }
    }

    /// The charges beside the scan.
    func addOns(_ level: RequirementLevel) -> Double { level == .initial ? addOnsInitial : addOnsMaintenance }

    /// Those among them that do not net between members.
    func flat(_ level: RequirementLevel) -> Double {
        level == .initial
            ? totals.fee + stablecoinInitial + haircutInitial : totals.fee + stablecoinMaintenance + haircutMaintenance
    }
}
