import Logging

/// Logs for people and collectors on standard error, so that standard output stays data.
enum StandardErrorLog {
    static func logger(_ label: String, level: String) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}
