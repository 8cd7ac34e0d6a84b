import MarginMethods

/// What became of one case of a rule.
struct RuleResult {
    let file: String
    let name: String
    let rule: String
    let tolerance: ConformanceTolerance
    let outcome: Outcome

    enum Outcome {
        case compared([FigureComparison])
        /// The method gave no answer.
        case refused(String)
    }

    var figures: [FigureComparison] {
        if case .compared(let figures) = outcome { return figures }
        return []
    }

    var passes: Bool {
        if case .compared(let figures) = outcome { return figures.allSatisfy(\.passes) }
        return false
    }

    var worstError: Double? { figures.compactMap(\.error).max() }
    var worstRelativeError: Double? { figures.compactMap(\.relativeError).max() }
}

extension FigureComparison {
    /// Of two numbers; what is not a number is never within a tolerance.
    init(path: String, expected: String, published: Double, computed: Double, tolerance: ConformanceTolerance) {
        let error = abs(computed - published)
        self.init(
            path: path, expected: expected, computed: "\(computed)", error: error,
            relativeError: published == 0 ? nil : error / abs(published),
            passes: error <= max(tolerance.relative * abs(published), tolerance.floor))
    }
}
