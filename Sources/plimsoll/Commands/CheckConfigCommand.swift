import ArgumentParser
import MarginDomain

/// Finds every mistake in a configuration and its risk file without starting anything.
struct CheckConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Checks a configuration file and the risk parameters it names, those of published methods too.",
        discussion: """
            EXAMPLES
              plimsoll check-config --config config/plimsoll.yaml
              PLIMSOLL_ENGINE_SHARDS=4 plimsoll check-config --json
            """)

    @Option(help: "The configuration file.") var config = "config/plimsoll.yaml"
    @Flag(help: "Print the result as JSON.") var json = false

    func run() async throws {
        var problems: [String] = []
        do {
            let configuration = try await PlimsollConfiguration.load(config)
            let risk = try RiskFile.load(configuration.riskFile)
            try risk.check(configuration.riskFile)
            _ = try MethodBootstrap.all(beside: configuration.riskFile)
        } catch let error as ConfigurationFaults {
            problems = error.faults.map(\.description)
        }
        if json {
            try printJSON(Report(file: config, valid: problems.isEmpty, problems: problems))
        } else if problems.isEmpty {
            print("\(config): no mistakes")
        } else {
            for problem in problems { print(problem) }
        }
        if !problems.isEmpty { throw ExitStatus.wrongInput }
    }

    private struct Report: Encodable {
        var file: String
        var valid: Bool
        var problems: [String]
    }
}
