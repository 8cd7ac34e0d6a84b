import ArgumentParser
import Foundation

/// The command line of the benchmarks. Figures go to standard output, progress to standard error.
@main
struct PlimsollBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plimsoll-bench",
        abstract: "Measures Plimsoll against its targets, and beside limits and peers in the same run.",
        discussion: """
            scripts/bench builds everything and calls this with what it needs.

            EXAMPLES
              scripts/bench                         all suites
              scripts/bench kernel cut --json       two of them, one JSON object a line
              scripts/bench --smoke                 everything once with tiny sizes; figures mean nothing
            """,
        subcommands: [MeasureCommand.self, EchoCommand.self],
        defaultSubcommand: MeasureCommand.self)
}

/// Runs suites and reports.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Runs the suites: \(SuiteName.allCases.map(\.rawValue).joined(separator: ", ")).")

    @Argument(help: "Which suites; all if none is named.") var suites: [SuiteName] = []
    @Flag(help: "Tiny sizes, seconds in all: shows that everything works, measures nothing.") var smoke = false
    @Flag(help: "One JSON object a line.") var json = false
    @Option(help: "Where logs are written.") var directory = FileManager.default.temporaryDirectory.path
    @Option(help: "The plimsoll command, for the latency suite.") var plimsoll: String?
    @Option(help: "Its bootstrap risk parameters.") var risk = "config/risk/plimsoll.yaml"
    @Option(help: "Where compiled peer programs are.") var peers: String?

    func run() async throws {
        let settings = BenchSettings(
            isSmoke: smoke, effort: smoke ? .smoke : .full, directory: directory, plimsoll: plimsoll, riskFile: risk,
            peers: PeerPrograms(folder: peers))
        var report = Report(isJSON: json, isJudging: !smoke)
        try report.begin(Conditions(settings))
        for suite in SuiteName.allCases where suites.isEmpty || suites.contains(suite) {
            try await suite.run(settings, &report)
        }
        report.end()
    }
}

/// The suites, in order of running.
enum SuiteName: String, CaseIterable, ExpressibleByArgument {
    case decode
    case kernel
    case greeks
    case cut
    case regions
    case preview
    case owners
    case questions
    case intake
    case latency

    func run(_ settings: BenchSettings, _ report: inout Report) async throws {
        switch self {
        case .decode:
            report.begin(DecodeSuite.name, DecodeSuite.meaning)
            try DecodeSuite(settings: settings).run(&report)
        case .kernel:
            report.begin(KernelSuite.name, KernelSuite.meaning)
            try KernelSuite(settings: settings).run(&report)
        case .greeks:
            report.begin(GreeksSuite.name, GreeksSuite.meaning)
            try GreeksSuite(settings: settings).run(&report)
        case .cut:
            report.begin(CutSuite.name, CutSuite.meaning)
            try CutSuite(settings: settings).run(&report)
        case .regions:
            report.begin(RegionSuite.name, RegionSuite.meaning)
            try RegionSuite(settings: settings).run(&report)
        case .preview:
            report.begin(PreviewSuite.name, PreviewSuite.meaning)
            try PreviewSuite(settings: settings).run(&report)
        case .owners:
            report.begin(OwnerSuite.name, OwnerSuite.meaning)
            try OwnerSuite(settings: settings).run(&report)
        case .questions:
            report.begin(QuestionSuite.name, QuestionSuite.meaning)
            try QuestionSuite(settings: settings).run(&report)
        case .intake:
            report.begin(IntakeSuite.name, IntakeSuite.meaning)
            try await IntakeSuite(settings: settings).run(&report)
        case .latency:
            report.begin(LatencySuite.name, LatencySuite.meaning)
            try await LatencySuite(settings: settings).run(&report)
        }
    }
}
