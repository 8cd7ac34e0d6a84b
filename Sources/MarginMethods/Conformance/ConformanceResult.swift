/// How a method's answer to a ``PublishedCase`` compares with the published one.
public struct ConformanceResult: Equatable, Sendable {
    public var name: String
    public var outcome: Outcome

    /// What came out.
    public enum Outcome: Equatable, Sendable {
        case computed(initial: Figure, maintenance: Figure)
        /// The method gave no answer.
        case refused(MethodFault)
    }

    /// A published figure and the computed one, in dollars.
    public struct Figure: Equatable, Sendable {
        public var expected: Double
        public var computed: Double
        public var tolerance: ConformanceTolerance

        public init(expected: Double, computed: Double, tolerance: ConformanceTolerance) {
            self.expected = expected
            self.computed = computed
            self.tolerance = tolerance
        }

        /// `|computed − expected| / |expected|`; nil where nothing was expected, and the floor alone decides.
        public var relativeError: Double? { expected == 0 ? nil : difference / abs(expected) }

        /// Dollars.
        public var difference: Double { abs(computed - expected) }

        public var passes: Bool { difference <= max(tolerance.relative * abs(expected), tolerance.floor) }
    }

    public init(name: String, outcome: Outcome) {
        self.name = name
        self.outcome = outcome
    }

    public var passes: Bool {
        guard case .computed(let initial, let maintenance) = outcome else { return false }
        return initial.passes && maintenance.passes
    }
}

extension PublishedCase {
    /// Asks a method and compares; a method that refuses the question has failed.
    public func compared(with method: any MarginMethod, _ tolerance: ConformanceTolerance) -> ConformanceResult {
        do throws(MethodFault) {
            let answer = try method.overridden(by: parameters).answer(question)
            return ConformanceResult(
                name: name,
                outcome: .computed(
                    initial: ConformanceResult.Figure(
                        expected: initialBalance, computed: answer.initialBalance, tolerance: tolerance),
                    maintenance: ConformanceResult.Figure(
                        expected: maintenanceBalance, computed: answer.maintenanceBalance, tolerance: tolerance)))
        } catch { return ConformanceResult(name: name, outcome: .refused(error)) }
    }
}
