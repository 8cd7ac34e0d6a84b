import GRDB

/// Why the projection cannot be read or written. The log is not affected: delete the file and start again.
public enum ProjectionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// SQLite's result code and message.
    case database(code: Int32, message: String)
    /// Anything else that went wrong on the way to SQLite.
    case unexpected(String)

    public var description: String {
        switch self {
        case .database(let code, let message): "projection: SQLite \(code): \(message)"
        case .unexpected(let message): "projection: \(message)"
        }
    }

    /// Runs database work and names its failure.
    static func translating<Result>(_ work: () throws -> Result) throws(ProjectionError) -> Result {
        do { return try work() } catch let error as DatabaseError {
            throw .database(code: error.resultCode.rawValue, message: error.message ?? "no message")
        } catch {
            throw .unexpected("\(error)")
        }
    }
}
