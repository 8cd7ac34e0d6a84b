import Foundation
import MarginMethods

/// What `plimsoll conformance` found, as JSON or a line a case.
struct ConformanceReport: Encodable {
    let model: String
    let tolerance: Tolerance
    private(set) var cases: [Line] = []
    /// Cases, or whole files, that could not be read.
    var unreadable = 0

    private enum CodingKeys: String, CodingKey {
        case model, tolerance, cases, passed, failed, unreadable, worstRelativeError
    }

    struct Tolerance: Encodable {
        let relative: Double
        /// Dollars.
        let floor: Double
    }

    struct Line: Encodable {
        let file: String
        let name: String
        let passes: Bool
        let initialMargin: Figure?
        let maintenanceMargin: Figure?
        let refusal: String?
    }

    /// Balances, in dollars.
    struct Figure: Encodable {
        let expected: Double
        let computed: Double
        /// Null where nothing was expected.
        let relativeError: Double?
        let passes: Bool

        init(_ figure: ConformanceResult.Figure) {
            expected = figure.expected
            computed = figure.computed
            relativeError = figure.relativeError
            passes = figure.passes
        }
    }

    init(model: String, tolerance: ConformanceTolerance) {
        self.model = model
        self.tolerance = Tolerance(relative: tolerance.relative, floor: tolerance.floor)
    }

    var passed: Int { cases.count { $0.passes } }
    var failed: Int { cases.count - passed }

    /// Over all figures that are not zero; nil if there is none.
    var worstRelativeError: Double? {
        cases.flatMap { [$0.initialMargin, $0.maintenanceMargin] }.compactMap { $0?.relativeError }.max()
    }

    mutating func add(_ result: ConformanceResult, of file: String) {
        switch result.outcome {
        case .computed(let initial, let maintenance):
            cases.append(
                Line(
                    file: file, name: result.name, passes: result.passes, initialMargin: Figure(initial),
                    maintenanceMargin: Figure(maintenance), refusal: nil))
        case .refused(let fault):
            cases.append(
                Line(
                    file: file, name: result.name, passes: false, initialMargin: nil, maintenanceMargin: nil,
                    refusal: "\(fault)"))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: CodingKeys.self)
        try json.encode(model, forKey: .model)
        try json.encode(tolerance, forKey: .tolerance)
        try json.encode(cases, forKey: .cases)
        try json.encode(passed, forKey: .passed)
        try json.encode(failed, forKey: .failed)
        try json.encode(unreadable, forKey: .unreadable)
        try json.encode(worstRelativeError, forKey: .worstRelativeError)
    }
}

extension ConformanceReport {
    /// The last line.
    var total: String {
        let lost = unreadable == 0 ? "" : ", \(unreadable) unreadable"
        let worst = worstRelativeError.map { ", worst relative error \(String(format: "%.1e", $0))" } ?? ""
        return "\(model): \(cases.count) cases, \(passed) pass, \(failed) fail\(lost)\(worst) "
            + "(tolerance \(tolerance.relative) relative, floor \(tolerance.floor) dollars)"
    }
}

extension ConformanceReport.Line {
    var text: String {
        let verdict = passes ? "pass" : "FAIL"
        guard let initialMargin, let maintenanceMargin else { return "\(verdict)  \(name)  \(refusal ?? "")" }
        return "\(verdict)  \(name)  IM \(initialMargin.text)  MM \(maintenanceMargin.text)"
    }
}

extension ConformanceReport.Figure {
    var text: String {
        let error = relativeError.map { String(format: "%.1e", $0) } ?? "none"
        return "expected \(expected) computed \(computed) relative error \(error)"
    }
}
