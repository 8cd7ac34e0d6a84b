import MarginDomain
import MarginModel

/// A model's answer as JSON, in dollars.
struct CaseReply: Encodable {
    let model: String
    let parametersVersion: String
    let answer: CaseAnswer

    private enum Key: String, CodingKey {
        case name, model, parametersVersion, equity, markToMarket, initialMargin, maintenanceMargin, bindingScenario
        case components, members, greeks
    }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: Key.self)
        try json.encode(answer.name, forKey: .name)
        try json.encode(model, forKey: .model)
        try json.encode(parametersVersion, forKey: .parametersVersion)
        try json.encode(answer.equity, forKey: .equity)
        try json.encode(answer.markToMarket, forKey: .markToMarket)
        try json.encode(Margin(answer.initialMargin, answer.initialBalance), forKey: .initialMargin)
        try json.encode(Margin(answer.maintenanceMargin, answer.maintenanceBalance), forKey: .maintenanceMargin)
        // One binding scenario is an object, several are a list, and none is null.
        let bindings = answer.bindings.map(Binding.init)
        if bindings.count > 1 {
            try json.encode(bindings, forKey: .bindingScenario)
        } else {
            try json.encode(bindings.first, forKey: .bindingScenario)
        }
        try json.encode(answer.components.map(Component.init), forKey: .components)
        try json.encode(answer.members.map(Member.init), forKey: .members)
        try json.encode(answer.greeks.map(Greeks.init), forKey: .greeks)
    }
}

extension CaseReply {
    private struct Margin: Encodable {
        let requirement: Double
        let balance: Double

        init(_ requirement: Double, _ balance: Double) {
            self.requirement = requirement
            self.balance = balance
        }
    }

    private struct Binding: Encodable {
        let underlying: String
        let index: Int
        let spotMove: Double
        let volatility: String
        let loss: Double

        init(_ binding: CaseAnswer.Binding) {
            underlying = binding.underlying
            index = binding.index
            spotMove = binding.spotMove
            volatility = "\(binding.shape)"
            loss = binding.loss
        }
    }

    private struct Component: Encodable {
        let name: String
        let initial: Double
        let maintenance: Double

        init(_ part: CaseAnswer.Component) {
            name = "\(part.component)"
            initial = part.initial
            maintenance = part.maintenance
        }
    }

    private struct Levels: Encodable {
        let initial: Double
        let maintenance: Double

        init(_ levels: CaseAnswer.Levels) {
            initial = levels.initial
            maintenance = levels.maintenance
        }
    }

    private struct Member: Encodable {
        let id: String
        let standAlone: Levels
        let component: Levels
        let share: Levels
        let excess: Levels

        init(_ member: CaseAnswer.Member) {
            id = member.id
            standAlone = Levels(member.standAlone)
            component = Levels(member.component)
            share = Levels(member.share)
            excess = Levels(member.excess)
        }
    }

    private struct Greeks: Encodable {
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
