import MarginMethods
import MarginModel

extension CaseReply {
    /// What the default model says.
    init(_ answer: CaseAnswer, model: String, parametersVersion: String) {
        self.init(
            name: answer.name, model: model, parametersVersion: parametersVersion, equity: answer.equity,
            markToMarket: answer.markToMarket, initialMargin: Margin(answer.initialMargin, answer.initialBalance),
            maintenanceMargin: Margin(answer.maintenanceMargin, answer.maintenanceBalance),
            bindings: answer.bindings.map { binding in
                Binding(
                    underlying: binding.underlying, index: binding.index, spotMove: binding.spotMove,
                    volatility: "\(binding.shape)", loss: binding.loss)
            },
            components: Self.components(answer), members: answer.members.map(Member.init),
            mutual: answer.mutual.map(Mutual.init), greeks: answer.greeks.map(Greeks.init))
    }

    /// What a margin method says.
    init(_ answer: MethodAnswer, name: String, model: String, parametersVersion: String) {
        self.init(
            name: name, model: model, parametersVersion: parametersVersion, equity: answer.equity,
            markToMarket: answer.markToMarket, initialMargin: Margin(answer.initialMargin, answer.initialBalance),
            maintenanceMargin: Margin(answer.maintenanceMargin, answer.maintenanceBalance),
            bindings: answer.bindings.map { binding in
                Binding(
                    underlying: binding.underlying, index: binding.index, spotMove: binding.spotMove,
                    volatility: binding.volatility, loss: binding.loss)
            },
            components: answer.components.map {
                Component(name: $0.name, initial: $0.initial, maintenance: $0.maintenance)
            })
    }
}
