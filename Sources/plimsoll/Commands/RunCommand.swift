import ArgumentParser
import Logging
import MarginDomain
import MarginFeed
import MarginLog
import MarginPublisher
import ServiceLifecycle
import UnixSignals
import ZeroMQ

/// The engine on an exchange's bus.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the engine on an exchange's bus until told to stop.",
        discussion: """
            SIGTERM or SIGINT stops it: the feed first, then what it handed on, the log last. Logs go to standard error.

            EXAMPLES
              plimsoll run --config config/plimsoll.yaml
              PLIMSOLL_ENGINE_SHARDS=4 plimsoll run --config config/plimsoll.yaml
            """)

    @Option(help: "The configuration file.") var config = "config/plimsoll.yaml"

    func run() async throws {
        let configuration: PlimsollConfiguration
        do { configuration = try await PlimsollConfiguration.load(config) } catch let error as ConfigurationFaults {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        let logger = StandardErrorLog.logger("plimsoll", level: configuration.logLevel)
        logger.info("configuration", metadata: ["file": "\(config)", "effective": "\(configuration)"])
        do {
            let engine = try await EngineOpening(
                configuration: configuration, context: ZeroMQContext(), logger: logger
            ).open()
            let group = ServiceGroup(
                services: [engine], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await group.run()
        } catch let error as ConfigurationFaults {
            complain("\(error)")
            throw ExitStatus.wrongInput
        } catch {
            logger.critical("\(error)")
            throw ExitStatus.engineFault
        }
    }
}
