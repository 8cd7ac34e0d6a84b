public import MarginDomain
public import MarginWire

/// Where domain batches and log records meet: a data record's body is the batch's canonical SBE frame.
public enum BatchRecords {
    /// The batch that a data record holds.
    ///
    /// - Returns: nil for records that hold none (claims, heartbeats).
    /// - Throws: ``WireError`` if the body is not a batch; the log's checksums make that a fault of the writer.
    public static func batch(of record: LogRecord) throws(WireError) -> EventRecord? {
        guard record.kind == .data else { return nil }
        return EventRecord(
            number: record.number, epoch: record.epoch,
            batch: try SBEDecoder.decodeBatch(record.body.wireBytes))
    }
}

/// Appends batches to a log, in order, as the log's only writer.
///
/// Keeps the compare-and-swap position and an encoder that is warm after the first batch.
public struct BatchAppender<Log: EventLog>: Sendable {
    private let log: Log
    private var position: LogPosition
    private var encoder = SBEEncoder()

    /// Continues at the log's end.
    public init(_ log: Log) {
        self.log = log
        position = log.end
    }

    /// Appends one batch and returns it with its place.
    ///
    /// - Throws: ``AppendFault``, after which nothing was appended.
    public mutating func append(_ batch: EventBatch) throws(AppendFault) -> EventRecord {
        do { try encoder.encode(batch) } catch { throw .unencodable(error) }
        do {
            position = try log.append(
                .data, eventTime: batch.header.sendingTime, count: batch.events.count,
                body: encoder.frame.wireBytes, after: position)
        } catch { throw .refused(error) }
        return EventRecord(number: position.number, epoch: position.epoch, batch: batch)
    }
}

/// Why a batch was not appended.
public enum AppendFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The batch does not fit a frame.
    case unencodable(WireError)
    /// The log refused.
    case refused(LogError)

    public var description: String {
        switch self {
        case .unencodable(let error): "the batch does not fit a frame: \(error)"
        case .refused(let error): "the log refused: \(error)"
        }
    }
}
