import MarginMethods

extension CaseReply {
    /// How much of an answer is wanted.
    enum Depth { case components, detail }

    /// What is behind a method's answer.
    struct Detail {
        let figures: [Component]
        let scenarios: [Scenario]

        init(_ detail: MethodDetail, _ answer: MethodAnswer) {
            figures = detail.figures.map {
                Component(name: $0.name, initial: $0.initial, maintenance: $0.maintenance)
            }
            scenarios = detail.scenarios.map { Scenario($0, binds: $0.binds(in: answer)) }
        }
    }

    struct Scenario: Encodable {
        let underlying: String
        let index: Int
        let spotMove: Double
        let label: String
        let gain: Double
        let binds: Bool

        init(_ scenario: MethodDetail.Scenario, binds: Bool) {
            underlying = scenario.underlying
            index = scenario.index
            spotMove = scenario.spotMove
            label = scenario.label
            gain = scenario.gain
            self.binds = binds
        }
    }
}
