import ArgumentParser
import Foundation
import Logging
import MarginConsole

/// Everything on one machine: an exchange, the engine, a bot, a crash.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs an embedded exchange, the engine and a liquidation bot through a crash.",
        discussion: """
            BTC, ETH and SOL with perpetuals and option chains, about 2,000 accounts in pools of every shape, over real
            sockets on loopback. Progress goes to standard error, the summary to standard output.

            EXAMPLES
              plimsoll demo
              plimsoll demo --seconds 30 --json
              plimsoll demo --log demo-log && plimsoll verify demo-log
            """)

    @Option(help: "How long to run, in seconds.") var seconds = 60
    @Option(help: "How many accounts.") var accounts = 2_000
    @Option(help: "Seed of market and books: the same seed gives the same exchange.") var seed: UInt64 = 1
    @Option(help: "How many shards evaluate.") var shards = 1
    @Option(help: "Keep the log in this directory.") var log: String?
    @Option(help: "Least severe log level on standard error.") var logLevel = "error"
    @Flag(help: "Print the summary as JSON.") var json = false

    func validate() throws {
        guard (5...3600).contains(seconds) else { throw ValidationError("--seconds must be between 5 and 3600") }
        guard (10...100_000).contains(accounts) else {
            throw ValidationError("--accounts must be between 10 and 100000")
        }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let style = ConsoleStyle(isTerminal: isatty(STDERR_FILENO) == 1, noColour: environment["NO_COLOR"])
        let folder = log ?? FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path
        let run = DemoRun(
            seconds: seconds, accountCount: accounts, seed: seed, shardCount: shards, folder: folder, style: style,
            logger: StandardErrorLog.logger("demo", level: logLevel))
        do {
            let summary = try await run.run()
            if log == nil { try FileManager.default.removeItem(atPath: folder) }
            if json { try printJSON(summary) } else { print(summary.text(.plain)) }
        } catch {
            complain("\(error)")
            throw ExitStatus.engineFault
        }
    }
}
