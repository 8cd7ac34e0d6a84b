import ArgumentParser
import MarginMethods

/// Compares a margin method with the figures that others published.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Compares a margin method with published figures.",
        discussion: """
            Reads case files (docs/conformance.md has their layout) and files in the layouts in which figures are
            published, computes each case, and prints one line a case and a total. Ends with 1 if a case fails, with 2 if
            a file or case cannot be read.

            EXAMPLES
              plimsoll conformance all Tests/conformance/
              plimsoll conformance dydx-perpetual cases.json
              plimsoll conformance derive-portfolio portfolio_cases/
              plimsoll conformance derive-standard test-cases.json --json
              plimsoll conformance expected-shortfall profits.csv figures.csv
              plimsoll conformance black values.csv

            MODELS
              \(CaseRule.methods.joined(separator: ", "))
              \(ConformanceRun.all): each file says which
            """)

    @Argument(help: "The margin method, or all.") var model: String
    @Argument(help: "Files of published cases, or folders of them.") var paths: [String]
    @Option(help: "The relative error that passes. (default: the file's or the model's own)") var tolerance: Double?
    @Option(help: "Risk parameters instead of the published ones.") var risk: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        guard tolerance.map({ $0 >= 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--tolerance must not be negative")
        }
        guard model != ConformanceRun.all || risk == nil else {
            throw ValidationError("--risk is of one method, and \(model) is of all")
        }
    }

    func run() throws {
        if model == ExpectedShortfall.name, paths.contains(where: { $0.hasSuffix(".csv") }) {
            return try compareShortfall()
        }
        var run: ConformanceRun
        let files: [String]
        do {
            run = try ConformanceRun(model: model, relative: tolerance, risk: risk)
            files = try PublishedFiles.paths(paths)
        } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        for file in files { run.compare(file) }
        try show(run)
        if run.unreadable > 0 { throw ExitStatus.wrongInput }
        if run.failed > 0 { throw ExitStatus.checkFailed }
    }

    private func show(_ run: ConformanceRun) throws {
        if json {
            if let published = run.published, run.reports.isEmpty { return try printJSON(published) }
            if run.published == nil, run.reports.count == 1, model != ConformanceRun.all {
                return try printJSON(run.reports[0])
            }
            return try printJSON(ConformanceReports(published: run.published, reports: run.reports))
        }
        if let published = run.published {
            for line in published.cases { print(line.text) }
            print(published.total)
        }
        for report in run.reports {
            for result in report.results { print(result.text) }
            print(report.total)
        }
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
}

/// Several reports, as a JSON list.
private struct ConformanceReports: Encodable {
    let published: ConformanceReport?
    let reports: [RuleReport]

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        if let published { try list.encode(published) }
        for report in reports { try list.encode(report) }
    }
}
