import MarginModel

/// A model's answer as JSON, in dollars.
struct CaseReply: Encodable {
    var name: String
    var model: String
    var parametersVersion: String
    var equity: Double
    var markToMarket: Double
    var initialMargin: Margin
    var maintenanceMargin: Margin
    var bindings: [Binding]
    var components: [Component]
    var members: [Member] = []
    var mutual: Mutual?
    var greeks: [Greeks] = []
    /// In other assets than dollars, where positions settle in some.
    var settlements: [Settlement] = []
    /// Of a method, if it was asked for.
    var detail: Detail?

    private enum Key: String, CodingKey {
        case name, model, parametersVersion, equity, markToMarket, initialMargin, maintenanceMargin, bindingScenario
        case components, members, greeks, poolExcess, beta, isExact, cover, settlements, figures, scenarios
    }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(name, forKey: .name)
        try json.encode(model, forKey: .model)
        try json.encode(parametersVersion, forKey: .parametersVersion)
        try json.encode(equity, forKey: .equity)
        try json.encode(markToMarket, forKey: .markToMarket)
        try json.encode(initialMargin, forKey: .initialMargin)
        try json.encode(maintenanceMargin, forKey: .maintenanceMargin)
        // One binding scenario is an object, several are a list, and none is null.
        if bindings.count > 1 {
            try json.encode(bindings, forKey: .bindingScenario)
        } else {
            try json.encode(bindings.first, forKey: .bindingScenario)
        }
        try json.encode(components, forKey: .components)
        try json.encode(members, forKey: .members)
        try json.encode(greeks, forKey: .greeks)
        if !settlements.isEmpty { try json.encode(settlements, forKey: .settlements) }
        if let detail {
            try json.encode(detail.figures, forKey: .figures)
            try json.encode(detail.scenarios, forKey: .scenarios)
        }
        guard let mutual else { return }
        try json.encode(mutual.poolExcess, forKey: .poolExcess)
        try json.encode(mutual.beta, forKey: .beta)
        try json.encode(mutual.isExact, forKey: .isExact)
        try json.encode(mutual.cover, forKey: .cover)
    }
}

extension CaseReply {
    struct Margin: Encodable {
        let requirement: Double
        let balance: Double

        init(_ requirement: Double, _ balance: Double) {
            self.requirement = requirement
            self.balance = balance
        }
    }

    struct Binding: Encodable {
        let underlying: String
        let index: Int
        let spotMove: Double
        let volatility: String
        let loss: Double
    }

    struct Component: Encodable {
        let name: String
        let initial: Double
        let maintenance: Double
    }

    struct Levels: Encodable {
        let initial: Double
        let maintenance: Double

        init(_ levels: CaseAnswer.Levels) {
            initial = levels.initial
            maintenance = levels.maintenance
        }
    }

    struct Greeks: Encodable {
        let underlying: String
        let delta: Double
        let gamma: Double
        let vega: Double
        let theta: Double
        let rho: Double

        init(_ greeks: CaseAnswer.Greeks) {
            underlying = greeks.underlying
            delta = greeks.delta
            gamma = greeks.gamma
            vega = greeks.vega
            theta = greeks.theta
            rho = greeks.rho
        }
    }
}
