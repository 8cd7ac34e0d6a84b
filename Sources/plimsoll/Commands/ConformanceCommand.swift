import ArgumentParser
import MarginMethods

/// Compares a margin method with the figures that others published.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Compares a margin method with published figures.",
        discussion: """
            Reads case files in the layout in which they are published, computes each case, and prints one line a case
            and a total. Ends with 1 if a case fails, with 2 if a file or case cannot be read.

            EXAMPLES
              plimsoll conformance derive-portfolio portfolio_cases/
              plimsoll conformance derive-standard test-cases.json --json
              plimsoll conformance expected-shortfall profits.csv figures.csv

            MODELS
              \(PublishedLayout.names.joined(separator: ", ")), expected-shortfall
            """)

    @Argument(help: "The margin method.") var model: String
    @Argument(help: "Files of published cases, or folders of them.") var paths: [String]
    @Option(help: "The relative error that passes. (default: the model's own)") var tolerance: Double?
    @Option(help: "Risk parameters instead of the published ones.") var risk: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        guard tolerance.map({ $0 >= 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--tolerance must not be negative")
        }
    }

    func run() throws {
        if model == ExpectedShortfall.name { return try compareShortfall() }
        guard let layout = PublishedLayout(rawValue: model), let type = MethodRegistry.method(named: model) else {
            let names = (PublishedLayout.names + [ExpectedShortfall.name]).joined(separator: ", ")
            complain("\(model): no published layout is known for it; there is \(names)")
            throw ExitStatus.wrongInput
        }
        var accepted = layout.tolerance
        if let tolerance { accepted.relative = tolerance }
        let method: any MarginMethod
        let files: [String]
        do {
            let parameters = try risk.map { try MethodFile.load($0, of: model).parameters } ?? .empty
            method = try type.init(parameters)
            files = try PublishedFiles.paths(paths)
        } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        var report = ConformanceReport(model: model, tolerance: accepted)
        for file in files { compare(file, layout, with: method, accepted, &report) }
        if json {
            try printJSON(report)
        } else {
            for line in report.cases { print(line.text) }
            print(report.total)
        }
        if report.unreadable > 0 { throw ExitStatus.wrongInput }
        if report.failed > 0 { throw ExitStatus.checkFailed }
    }

    /// Profits in one file, figures of them in another.
    private func compareShortfall() throws {
        let found: ShortfallFigures
        do {
            guard paths.count == 2 else {
                throw UnreadableCase(explanation: "\(model): name a file of profits, then one of figures")
            }
            found = try ShortfallFigures(
                profits: paths[0], figures: paths[1], tolerance: tolerance ?? ShortfallFigures.tolerance)
        } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        if json { try printJSON(found) } else { print(found.total) }
        if found.failed > 0 { throw ExitStatus.checkFailed }
    }

    private func compare(
        _ file: String, _ layout: PublishedLayout, with method: any MarginMethod, _ tolerance: ConformanceTolerance,
        _ report: inout ConformanceReport
    ) {
        do {
            let entries = try PublishedFiles.entries(file, layout)
            // A comparison with nothing has not passed.
            guard !entries.isEmpty else { throw UnreadableCase(explanation: "no cases") }
            for entry in entries {
                switch entry.content {
                case .success(let published): report.add(published.compared(with: method, tolerance), of: file)
                case .failure(let fault):
                    complain("\(file): case \"\(entry.name)\": \(fault)")
                    report.unreadable += 1
                }
            }
        } catch {
            complain("\(file): \(error)")
            report.unreadable += 1
        }
    }
}
