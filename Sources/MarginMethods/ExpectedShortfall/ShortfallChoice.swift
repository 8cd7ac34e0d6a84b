internal import MarginModel

/// The larger of shortfall and the default model's share, at each level, and which of them it is.
struct ShortfallChoice {
    let worth: AccountWorth
    let balances: Balances
    /// nil where the rule leaves shortfall out.
    var initial: ShortfallRequirement?
    var maintenance: ShortfallRequirement?
    /// nil where the rule leaves the default model out.
    var grid: CaseAnswer?
    var gridShare = 0.0

    init(_ worth: AccountWorth, _ balances: Balances) {
        self.worth = worth
        self.balances = balances
    }

    /// Components name what binds: those of the one that does not are absent or zero.
    func answer(stressWeight: Double, dates: () -> [MethodAnswer.Binding]) -> MethodAnswer {
        let first = level(
            initial, grid?.initialMargin, stressWeight, haircut: balances.haircutInitial,
            stablecoin: balances.stablecoinInitial)
        let second = level(
            maintenance, grid?.maintenanceMargin, stressWeight, haircut: balances.haircutMaintenance,
            stablecoin: balances.stablecoinMaintenance)
        let components = Self.names.indices.compactMap { place -> MethodAnswer.Component? in
            guard first.parts[place] != 0 || second.parts[place] != 0 else { return nil }
            return MethodAnswer.Component(
                Self.names[place], initial: first.parts[place], maintenance: second.parts[place])
        }
        return MethodAnswer(
            equity: worth.equity, markToMarket: worth.contracts, initialMargin: first.sum,
            maintenanceMargin: second.sum, bindings: first.isGrid ? gridBindings : dates(), components: components)
    }

    /// Names of the components, in the order in which they are published.
    static let names = [
        "filtered shortfall", "stressed shortfall", "stress floor", "long-run floor", gridName, "haircut",
        "stablecoin",
    ]

    /// The component that says that the default model's share is the larger one.
    static let gridName = "default model"

    private struct Level {
        /// By place in ``names``.
        var parts: [Double]
        var isGrid: Bool
        var sum: Double
    }

    private func level(
        _ shortfall: ShortfallRequirement?, _ grid: Double?, _ stressWeight: Double, haircut: Double,
        stablecoin: Double
    ) -> Level {
        let own = (shortfall?.amount ?? 0) + haircut + stablecoin
        // The first among equals is shortfall.
        if let grid, shortfall == nil || gridShare * grid > own {
            return Level(parts: [0, 0, 0, 0, gridShare * grid, 0, 0], isGrid: true, sum: gridShare * grid)
        }
        var parts = [0, 0, 0, 0, 0, haircut, stablecoin]
        if let shortfall, shortfall.amount > 0 {
            switch shortfall.binding {
            case .weighted:
                parts[1] = stressWeight * shortfall.stressed
                parts[0] = shortfall.amount - parts[1]
            case .stressFloor: parts[2] = shortfall.amount
            case .longRunFloor: parts[3] = shortfall.amount
            }
        }
        return Level(parts: parts, isGrid: false, sum: own)
    }

    private var gridBindings: [MethodAnswer.Binding] {
        (grid?.bindings ?? []).map { binding in
            MethodAnswer.Binding(
                underlying: binding.underlying, index: binding.index, spotMove: binding.spotMove,
                volatility: "\(binding.shape)", loss: binding.loss)
        }
    }
}
