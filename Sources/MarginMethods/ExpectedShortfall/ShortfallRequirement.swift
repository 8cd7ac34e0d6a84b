/// What loss vectors require at one confidence, in dollars, part by part.
public struct ShortfallRequirement: Equatable, Sendable {
    /// Of the filtered losses.
    public let filtered: Double
    /// Of the stressed window's unfiltered losses.
    public let stressed: Double
    /// Of all unfiltered losses.
    public let longRun: Double
    /// `max(0, (1 − w)·filtered + w·stressed)` and the floors.
    public let amount: Double
    /// Which of them it is; the first among equals.
    public let binding: Part

    public enum Part: String, CaseIterable, Sendable {
        case weighted, stressFloor, longRunFloor
    }

    /// - Throws: too few scenario dates.
    init(
        _ vectors: LossVectors, _ parameters: ShortfallParameters, dates: [String], confidence: Double
    ) throws(MethodFault) {
        func statistic(_ losses: [Double]) -> Double {
            parameters.statistic.value(losses, confidence: confidence, parameters.tail)
        }
        let filteredLosses = vectors.filtered.losses
        guard filteredLosses.count >= parameters.scenariosMin else {
            throw Self.tooFew(filteredLosses.count, of: parameters.scenariosMin)
        }
        let plain = vectors.plain
        let stress = parameters.stress
        filtered = statistic(filteredLosses)
        longRun = statistic(plain.losses)
        if stress.from.isEmpty {
            stressed = WorstWindow(
                days: stress.days, confidence: confidence, measure: parameters.tail, statistic: parameters.statistic
            ).highest(plain.losses)
        } else {
            let window = plain.losses.indices.filter { place in
                let date = dates[plain.first + place]
                return stress.from <= date && date <= stress.to
            }
            guard window.count >= parameters.scenariosMin else {
                throw Self.tooFew(window.count, of: parameters.scenariosMin)
            }
            stressed = statistic(window.map { plain.losses[$0] })
        }
        let parts: [(Part, Double)] = [
            (.weighted, max(0, (1 - stress.weight) * filtered + stress.weight * stressed)),
            (.stressFloor, stress.floor * stressed), (.longRunFloor, parameters.longRunFloor * longRun),
        ]
        var largest = parts[0]
        for part in parts.dropFirst() where part.1 > largest.1 { largest = part }
        (binding, amount) = largest
    }

    static func tooFew(_ count: Int, of needed: Int, _ factor: Factor? = nil) -> MethodFault {
        .shortHistory("a history of \(needed) dates (there are \(count))" + (factor.map { " of \($0)" } ?? ""))
    }
}
