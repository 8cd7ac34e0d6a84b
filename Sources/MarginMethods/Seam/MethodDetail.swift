public import MarginModel

/// What is behind a method's answer: amounts that its components were chosen or made from, and its scenarios.
///
/// Computed when somebody asks why, never to evaluate a pool.
public struct MethodDetail: Equatable, Sendable {
    /// In dollars at each level. They do not add up: ``MethodAnswer/components`` do.
    public var figures: [MethodAnswer.Component]
    /// In the method's published order, underlying by underlying.
    public var scenarios: [Scenario]

    public init(figures: [MethodAnswer.Component] = [], scenarios: [Scenario] = []) {
        self.figures = figures
        self.scenarios = scenarios
    }

    /// What an account gains under one scenario.
    public struct Scenario: Equatable, Sendable {
        /// Symbol; empty where one scenario moves everything.
        public var underlying: String
        /// As in ``MethodAnswer/Binding``.
        public var index: Int
        /// Fraction of spot; 0 where one scenario moves everything.
        public var spotMove: Double
        /// What else it does, in the method's words.
        public var label: String
        /// Dollars; negative = loss.
        public var gain: Double

        public init(underlying: String, index: Int, spotMove: Double, label: String, gain: Double) {
            self.underlying = underlying
            self.index = index
            self.spotMove = spotMove
            self.label = label
            self.gain = gain
        }

        /// Whether it is one of an answer's binding scenarios.
        public func binds(in answer: MethodAnswer) -> Bool {
            answer.bindings.contains { $0.index == index && (underlying.isEmpty || $0.underlying == underlying) }
        }
    }
}

extension MarginMethod {
    /// Nothing: what it says of a requirement is in its components.
    public func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail { MethodDetail() }
}
