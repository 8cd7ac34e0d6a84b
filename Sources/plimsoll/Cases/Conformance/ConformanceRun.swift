import Foundation
import MarginMethods
import MarginWire

/// All that one `plimsoll conformance` compares: files in our layout, and in those in which others publish.
struct ConformanceRun {
    /// A method's name, or ``all``.
    let model: String
    /// Over what files and methods have.
    let relative: Double?
    let risk: String?
    /// In the publishers' layouts; nil if there was no such file.
    private(set) var published: ConformanceReport?
    /// By method, in the order of their first files.
    private(set) var reports: [RuleReport] = []
    private(set) var unreadable = 0
    private var rules: [String: [CaseRule]] = [:]

    /// Every file says what method it is about.
    static let all = "all"

    init(model: String, relative: Double?, risk: String?) throws {
        (self.model, self.relative, self.risk) = (model, relative, risk)
        guard model != Self.all else { return }
        guard CaseRule.methods.contains(model) else {
            let names = (CaseRule.methods + [Self.all]).joined(separator: ", ")
            throw UnreadableCase(explanation: "\(model): no such method; there is \(names)")
        }
        // Loaded at once, so that a wrong file of parameters is named before any case.
        rules[model] = try CaseRule.all(of: model, risk: risk)
    }

    var failed: Int { (published?.failed ?? 0) + reports.reduce(0) { $0 + $1.failed } }

    mutating func compare(_ file: String) {
        do {
            if file.hasSuffix(".csv"), model == BlackRule.method {
                var accepted = BlackTable.tolerance
                if let relative { accepted.relative = relative }
                for result in try BlackTable.results(file, tolerance: accepted) { add(result, of: model) }
                return
            }
            let value = try PublishedFiles.value(file)
            if ConformanceFile.isOne(value) { return try compare(try ConformanceFile(value), of: file) }
            guard let layout = PublishedLayout(rawValue: model) else {
                throw UnreadableCase(explanation: "no \"cases\": not a conformance file")
            }
            try compare(value, layout, of: file)
        } catch {
            complain("\(file): \(error)")
            lose(in: model)
        }
    }

    private mutating func compare(_ cases: ConformanceFile, of file: String) throws {
        guard let method = cases.method ?? (model == Self.all ? nil : model) else {
            throw UnreadableCase(explanation: "no \"method\" says what the cases are about")
        }
        guard model == Self.all || method == model else {
            throw UnreadableCase(explanation: "the cases are about \(method), not \(model)")
        }
        guard CaseRule.methods.contains(method) else {
            throw UnreadableCase(explanation: "there is no method \(method)")
        }
        let known = try rules[method] ?? CaseRule.all(of: method, risk: risk)
        rules[method] = known
        let entries = cases.compared(
            with: known, file: file, relative: relative, standard: ConformanceTolerance.published(of: method))
        for entry in entries {
            switch entry.content {
            case .success(let result): add(result, of: method)
            case .failure(let fault):
                complain("\(file): case \"\(entry.name)\": \(fault)")
                lose(in: method)
            }
        }
    }

    private mutating func compare(_ value: JSONValue, _ layout: PublishedLayout, of file: String) throws {
        var accepted = layout.tolerance
        if let relative { accepted.relative = relative }
        guard let type = MethodRegistry.method(named: model) else { return }
        let method = try type.init(try risk.map { try MethodFile.load($0, of: model).parameters } ?? .empty)
        var report = published ?? ConformanceReport(model: model, tolerance: accepted)
        defer { published = report }
        let entries = try layout.entries(
            of: value, name: URL(filePath: file).deletingPathExtension().lastPathComponent)
        // A comparison with nothing has not passed.
        guard !entries.isEmpty else { throw UnreadableCase(explanation: "no cases") }
        for entry in entries {
            switch entry.content {
            case .success(let published): report.add(published.compared(with: method, accepted), of: file)
            case .failure(let fault):
                complain("\(file): case \"\(entry.name)\": \(fault)")
                report.unreadable += 1
                unreadable += 1
            }
        }
    }

    private mutating func add(_ result: RuleResult, of method: String) { reports[place(of: method)].add(result) }

    private mutating func lose(in method: String) {
        unreadable += 1
        if published != nil, reports.isEmpty {
            published?.unreadable += 1
        } else if method != Self.all {
            reports[place(of: method)].unreadable += 1
        }
    }

    private mutating func place(of method: String) -> Int {
        if let place = reports.firstIndex(where: { $0.model == method }) { return place }
        reports.append(RuleReport(model: method))
        return reports.count - 1
    }
}

extension ConformanceTolerance {
    /// Where a file of cases states none.
    static func published(of method: String) -> ConformanceTolerance {
        if let layout = PublishedLayout(rawValue: method) { return layout.tolerance }
        switch method {
        case DydxPerpetual.name: return ConformanceTolerance(relative: 0, floor: 0)
        case ExpectedShortfall.name: return ConformanceTolerance(relative: 0, floor: ShortfallFigures.tolerance)
        default: return ConformanceTolerance(relative: 1e-9, floor: 1e-9)
        }
    }
}
