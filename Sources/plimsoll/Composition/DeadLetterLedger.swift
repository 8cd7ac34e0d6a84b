import Logging
import MarginDomain
import MarginLog

/// Keeps dead letters where people find them: a log line each, rate-limited by kind, and a row in the projection.
final class DeadLetterLedger: Sendable {
    private let projection: SignalProjection
    private let logger: Logger

    init(_ projection: SignalProjection, logger: Logger) {
        self.projection = projection
        self.logger = logger
    }

    func keep(_ letter: DeadLetter) {
        logger.warning(
            "dead letter",
            metadata: ["origin": "\(letter.origin)", "topic": "\(letter.topic)", "reason": "\(letter.reason)"])
        do { try projection.add(letter) } catch { logger.error("\(error)") }
    }
}
