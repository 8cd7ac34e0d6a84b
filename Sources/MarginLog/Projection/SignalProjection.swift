import Foundation
import GRDB
public import MarginDomain
import MarginWire

/// What people query, in SQLite: signals and dead letters. Never the truth.
///
/// The file can be deleted at any time: folding the log again writes the same rows. Rows are keyed by signal number,
/// so that folding twice changes nothing. A row keeps the figures that people filter by, and the whole signal in its
/// canonical encoding.
public struct SignalProjection: Sendable {
    private let database: DatabaseQueue

    /// Opens or creates the projection at `path`.
    ///
    /// - Throws: ``ProjectionError`` when the file is not a projection, or the disk refuses.
    public init(path: String) throws(ProjectionError) {
        database = try ProjectionError.translating {
            var configuration = Configuration()
            // Rebuilt from the log at need, so it never has to wait for the disk.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try Self.schema.migrate(database)
            return database
        }
    }

    private static var schema: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("signals and dead letters") { database in
            try database.create(table: "signal") { table in
                table.column("signal_no", .integer).primaryKey()
                table.column("record", .integer).notNull()
                table.column("pool", .integer).notNull()
                table.column("ordinal", .integer).notNull()
                table.column("pool_signal_no", .integer).notNull()
                table.column("event_time_ns", .integer).notNull()
                table.column("kind", .text).notNull()
                table.column("previous", .text).notNull()
                table.column("state", .text).notNull()
                table.column("cause", .text).notNull()
                table.column("equity_micros", .integer).notNull()
                table.column("initial_margin_micros", .integer).notNull()
                table.column("maintenance_margin_micros", .integer).notNull()
                table.column("shortfall_micros", .integer).notNull()
                table.column("sbe", .blob).notNull()
            }
            try database.create(index: "signal_of_pool", on: "signal", columns: ["pool", "pool_signal_no"])
            try database.create(table: "dead_letter") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("origin", .text).notNull()
                table.column("topic", .text).notNull()
                table.column("reason", .text).notNull()
                table.column("body_length", .integer).notNull()
                table.column("body", .blob).notNull()
            }
        }
        return migrator
    }

    /// Adds signals; those already there stay as they are.
    public func add(_ signals: [Signal]) throws(ProjectionError) {
        guard !signals.isEmpty else { return }
        try ProjectionError.translating {
            try database.write { database in
                let statement = try database.cachedStatement(
                    sql: """
                        INSERT OR IGNORE INTO signal (signal_no, record, pool, ordinal, pool_signal_no, event_time_ns,
                            kind, previous, state, cause, equity_micros, initial_margin_micros,
                            maintenance_margin_micros, shortfall_micros, sbe)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                for signal in signals { try statement.execute(arguments: try Self.row(signal)) }
            }
        }
    }

    private static func row(_ signal: Signal) throws -> StatementArguments {
        [
            Int64(bitPattern: signal.signalNo.rawValue), Int64(bitPattern: signal.record.rawValue),
            Int64(bitPattern: signal.pool.rawValue), Int64(signal.ordinal.rawValue),
            Int64(bitPattern: signal.poolSignalNo.rawValue), signal.eventTime.nanoseconds,
            "\(signal.kind)", "\(signal.previous)", "\(signal.state)", "\(signal.cause)", signal.equity.quanta,
            signal.initialMargin.quanta, signal.maintenanceMargin.quanta, signal.shortfall.quanta,
            Data(try CanonicalSignal.bytes(of: signal)),
        ]
    }

    /// Adds a dead letter; its number.
    public func add(_ letter: DeadLetter) throws(ProjectionError) {
        try ProjectionError.translating {
            try database.write { database in
                try database.execute(
                    sql: "INSERT INTO dead_letter (origin, topic, reason, body_length, body) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        letter.origin, letter.topic, letter.reason, letter.bodyLength, Data(letter.body),
                    ])
            }
        }
    }

    /// The number of the last signal that is here; before the first, if none is.
    public func lastSignal() throws(ProjectionError) -> StreamNumber {
        try ProjectionError.translating {
            try database.read { database in
                let number = try Int64.fetchOne(database, sql: "SELECT max(signal_no) FROM signal") ?? 0
                return StreamNumber(UInt64(bitPattern: number))
            }
        }
    }

    /// How many signals and dead letters there are.
    public func counts() throws(ProjectionError) -> (signals: Int, deadLetters: Int) {
        try ProjectionError.translating {
            try database.read { database in
                (
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM signal") ?? 0,
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM dead_letter") ?? 0
                )
            }
        }
    }
}
