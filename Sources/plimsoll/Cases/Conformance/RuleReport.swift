import Foundation
import MarginMethods

/// What `plimsoll conformance` found in case files, as JSON or a line a case.
struct RuleReport: Encodable {
    let model: String
    private(set) var results: [RuleResult] = []
    /// Cases, or whole files, that could not be read.
    var unreadable = 0

    init(model: String) { self.model = model }

    mutating func add(_ result: RuleResult) { results.append(result) }

    var passed: Int { results.count { $0.passes } }
    var failed: Int { results.count - passed }
    var figures: Int { results.reduce(0) { $0 + $1.figures.count } }
    var worstError: Double? { results.compactMap(\.worstError).max() }
    var worstRelativeError: Double? { results.compactMap(\.worstRelativeError).max() }

    /// The last line.
    var total: String {
        let lost = unreadable == 0 ? "" : ", \(unreadable) unreadable"
        return "\(model): \(results.count) cases, \(passed) pass, \(failed) fail\(lost), \(figures) figures, "
            + "worst error \(Self.text(worstError)), relative \(Self.text(worstRelativeError)) (tolerance \(tolerance))"
    }

    /// What all cases share, or that each has its own.
    private var tolerance: String {
        guard let first = results.first?.tolerance, results.allSatisfy({ $0.tolerance == first }) else {
            return results.isEmpty ? "none" : "each case's own"
        }
        return "\(first.relative) relative, floor \(first.floor)"
    }

    static func text(_ error: Double?) -> String { error.map { String(format: "%.1e", $0) } ?? "none" }

    private enum CodingKeys: String, CodingKey {
        case model, cases, passed, failed, unreadable, figures, worstError, worstRelativeError
    }

    private enum CaseKeys: String, CodingKey {
        case file, name, rule, passes, figures, refusal, tolerance
    }

    private enum FigureKeys: String, CodingKey { case path, expected, computed, error, relativeError, passes }
    private enum ToleranceKeys: String, CodingKey { case relative, absolute }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: CodingKeys.self)
        try json.encode(model, forKey: .model)
        var cases = json.nestedUnkeyedContainer(forKey: .cases)
        for result in results {
            var own = cases.nestedContainer(keyedBy: CaseKeys.self)
            try own.encode(result.file, forKey: .file)
            try own.encode(result.name, forKey: .name)
            try own.encode(result.rule, forKey: .rule)
            try own.encode(result.passes, forKey: .passes)
            var tolerance = own.nestedContainer(keyedBy: ToleranceKeys.self, forKey: .tolerance)
            try tolerance.encode(result.tolerance.relative, forKey: .relative)
            try tolerance.encode(result.tolerance.floor, forKey: .absolute)
            if case .refused(let reason) = result.outcome { try own.encode(reason, forKey: .refusal) }
            var figures = own.nestedUnkeyedContainer(forKey: .figures)
            for figure in result.figures {
                var inner = figures.nestedContainer(keyedBy: FigureKeys.self)
                try inner.encode(figure.path, forKey: .path)
                try inner.encode(figure.expected, forKey: .expected)
                try inner.encode(figure.computed, forKey: .computed)
                try inner.encode(figure.error.flatMap { $0.isFinite ? $0 : nil }, forKey: .error)
                try inner.encode(figure.relativeError.flatMap { $0.isFinite ? $0 : nil }, forKey: .relativeError)
                try inner.encode(figure.passes, forKey: .passes)
            }
        }
        try json.encode(passed, forKey: .passed)
        try json.encode(failed, forKey: .failed)
        try json.encode(unreadable, forKey: .unreadable)
        try json.encode(figures, forKey: .figures)
        try json.encode(worstError.flatMap { $0.isFinite ? $0 : nil }, forKey: .worstError)
        try json.encode(worstRelativeError.flatMap { $0.isFinite ? $0 : nil }, forKey: .worstRelativeError)
    }
}

extension RuleResult {
    /// One line: the verdict, and the figures that are wrong.
    var text: String {
        switch outcome {
        case .refused(let reason): return "FAIL  \(name)  \(reason)"
        case .compared(let figures):
            let errors = "worst error \(RuleReport.text(worstError)), relative \(RuleReport.text(worstRelativeError))"
            let wrong = figures.filter { !$0.passes }
            guard !wrong.isEmpty else { return "pass  \(name)  \(figures.count) figures, \(errors)" }
            let shown = wrong.prefix(3).map { "\($0.path) expected \($0.expected) computed \($0.computed)" }
            let more = wrong.count > shown.count ? "; \(wrong.count - shown.count) more" : ""
            return "FAIL  \(name)  \(wrong.count) of \(figures.count) figures, \(errors): "
                + shown.joined(separator: "; ") + more
        }
    }
}
