public import MarginModel

/// Filtered historical simulation: what an account would have lost on each past day, brought to today's volatility.
///
/// Every scenario is one past date, the same for all factors, so correlations are those of that day. The account's
/// losses on all dates are one ``LossVector``; the requirement is the mean of its worst ones, mixed with that of the
/// worst year on record, and beside it a share of the default model's, which knows days that have not happened yet.
/// docs/methods/expected-shortfall.md has the formulas and their sources.
public struct ExpectedShortfall: MarginMethod {
    public static let name = "expected-shortfall"
    public static let facts = QuestionFacts.orders

    public let parameters: ShortfallParameters
    public let history: FactorHistory
    /// What the requirement is compared with; needed unless the rule is shortfall alone.
    public let grid: DefaultGrid?
    public let scenarios: ShortfallScenarios

    public init(_ parameters: ShortfallParameters, history: FactorHistory, grid: DefaultGrid? = nil) {
        self.parameters = parameters
        self.history = history
        self.grid = grid
        scenarios = ShortfallScenarios(history, parameters)
    }

    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self = try ExpectedShortfall(ShortfallParameters(), history: .empty).overridden(by: parameters)
    }

    /// Parameters, and under `history` the returns of factors.
    public func overridden(by tree: ParameterTree) throws(MethodFault) -> ExpectedShortfall {
        let fields = try ParameterFields(tree, names: ShortfallParameters.names + ["history"])
        var parameters = parameters
        try parameters.read(fields)
        var history = history
        if let own = try fields.table("history", names: FactorHistory.names) { history = try FactorHistory(own) }
        return ExpectedShortfall(parameters, history: history, grid: grid)
    }

    /// The same method with other data to work on.
    public func given(history: FactorHistory, grid: DefaultGrid?) -> ExpectedShortfall {
        ExpectedShortfall(parameters, history: history, grid: grid)
    }

    /// The account's losses by date, without its orders: the vector that trades update.
    public func losses(of question: MarginCase) throws(MethodFault) -> LossVectors {
        try scenarios.losses(of: try Account(question))
    }

    /// What vectors require, however they were summed.
    public func requirement(
        _ vectors: LossVectors, confidence: Double
    ) throws(MethodFault) -> ShortfallRequirement {
        try ShortfallRequirement(vectors, parameters, dates: history.dates, confidence: confidence)
    }

    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try Account(question)
        let losses = try scenarios.losses(of: account)
        var choice = ShortfallChoice(account.worth, Balances(account, parameters.charges))
        if parameters.rule != .grid {
            var withOrders = losses
            withOrders.add(try scenarios.orderLosses(of: account))
            let count = withOrders.filtered.losses.count
            guard count >= parameters.scenariosMin else {
                throw ShortfallRequirement.tooFew(count, of: parameters.scenariosMin, scenarios.shortest(of: account))
            }
            choice.initial = try requirement(withOrders, confidence: parameters.initialConfidence)
            choice.maintenance = try requirement(losses, confidence: parameters.maintenanceConfidence)
        }
        if parameters.rule != .shortfall {
            guard let grid else { throw .missing("the default model beside expected shortfall") }
            choice.grid = try grid.answer(question)
            choice.gridShare = parameters.rule == .grid ? 1 : parameters.gridShare
        }
        return try choice.answer(stressWeight: parameters.stress.weight) { bindings(of: losses, account) }.finite()
    }

    /// The worst date, underlying by underlying; the loss is of the whole account.
    private func bindings(of vectors: LossVectors, _ account: Account) -> [MethodAnswer.Binding] {
        let losses = vectors.filtered.losses
        guard let worst = losses.max(), worst > 1e-9, let index = losses.firstIndex(of: worst) else { return [] }
        let date = vectors.filtered.first + index
        return account.underlyings.compactMap { symbol in
            guard let factor = scenarios.spotFactor(of: symbol, on: date) else { return nil }
            return MethodAnswer.Binding(
                underlying: symbol, index: index, spotMove: factor - 1, volatility: "as on \(history.dates[date])",
                loss: worst)
        }
    }
}
