import ArgumentParser
import MarginDomain
import MarginWire
import ZeroMQ

/// How risk parameters change: proposed, previewed, approved by two, put in force, taken back.
struct ParametersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parameters",
        abstract: "Proposes, previews, approves and rolls back risk parameters of a running engine.",
        discussion: """
            An operator is a source of the bus: a number of its own, --source. Who proposes does not approve; how many
            must approve is the parameter `approvals`. What is to be published goes to standard output as lines of the
            JSON mirror, or, with --publish, to the engine itself, which must connect to that endpoint (bus.sbe).
            Versions from 2147483648 on are the engine's own: people's sets with ranges that follow the market, in force
            or announced for the next day (docs/event-rules.md §8). Nobody approves them; anybody may preview them.

            EXAMPLES
              plimsoll parameters show
              plimsoll parameters propose range@BTC=0.2 kappa=0.7 --source 901 --publish tcp://127.0.0.1:5604
              plimsoll parameters preview --version 2
              plimsoll parameters approve --version 2 --source 902 --publish tcp://127.0.0.1:5605
              plimsoll parameters raise range@BTC=0.25 --source 901 --publish tcp://127.0.0.1:5604
              plimsoll parameters rollback --source 901 --publish tcp://127.0.0.1:5604
            """,
        subcommands: [
            ShowParameters.self, ProposeParameters.self, PreviewParameters.self, ApproveParameters.self,
            ActivateParameters.self, RaiseParameters.self, RollBackParameters.self,
        ])
}

/// Where the engine answers.
struct EngineOptions: ParsableArguments {
    @Option(help: "Where the engine answers questions.") var queries = "tcp://127.0.0.1:5612"

    /// Asks the engine; what goes wrong ends the command.
    func asking<Result>(
        _ ask: (ZeroMQContext, inout EngineAsker) throws -> Result
    ) throws -> Result {
        do {
            let context = try ZeroMQContext()
            var asker = try EngineAsker(queries, in: context)
            return try ask(context, &asker)
        } catch let error as ExitCode { throw error } catch {
            complain("\(error)")
            throw ExitStatus.checkFailed
        }
    }
}

/// Who writes, and where to.
struct OperatorOptions: ParsableArguments {
    @OptionGroup var engine: EngineOptions
    @Option(help: "The operator's source number.") var source: UInt16
    @Option(help: "Publish here instead of printing; the engine connects to it.") var publish: String?

    func validate() throws {
        guard source > 0 else { throw ValidationError("--source 0 is the engine itself") }
    }

    /// Writes what `compose` decides after looking at the engine, and waits until the engine shows it.
    ///
    /// - Parameter isDone: whether the sets that the engine knows are as wanted.
    func write(
        _ compose: (inout EngineAsker, inout ParameterDesk) throws -> Void,
        until isDone: ([ParametersAnswer]) -> Bool
    ) throws {
        try engine.asking { context, asker in
            var desk = ParameterDesk(SourceID(source), following: try asker.heartbeat())
            try compose(&asker, &desk)
            guard let publish else {
                for line in try desk.lines() { print(line) }
                return
            }
            try desk.publish(at: publish, in: context)
            let deadline = ContinuousClock.now + .seconds(5)
            while try !isDone(asker.parameters()) {
                guard ContinuousClock.now < deadline else {
                    complain("published, but the engine refused it or did not hear it; its log says which")
                    throw ExitStatus.checkFailed
                }
            }
            complain("done")
        }
    }
}
