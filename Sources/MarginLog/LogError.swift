public import MarginDomain

/// Why the log refused, stopped or could not be opened.
public enum LogError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file operation failed; `code` is the system's error number. A log that met this while writing has stopped.
    case file(FileOperation, path: String, code: Int32)

    /// The system took no byte of a write and gave no reason.
    case wroteNothing(path: String)

    /// Another writer has the log open.
    case locked(path: String)

    /// The queue is full and the policy is to refuse; nothing was appended.
    case full(queuedBytes: Int)

    /// The log ends elsewhere; nothing was appended.
    case conflict(expected: LogPosition, actual: LogPosition)

    /// A claim of a higher epoch has taken the log over; the appender must stop.
    case fenced(by: Epoch)

    /// The append is larger than a record, a segment or the queue may be; nothing was appended.
    case tooLarge(bytes: Int, limit: Int)

    /// A value of the configuration is out of range.
    case configuration(String)

    /// Bytes that must be intact are not. The log is left as it is; never is anything cut here.
    case damaged(LogDamage, at: LogLocation)

    /// The records end before the anchor's: the log was cut, or an older copy was put in its place.
    case cutBelowAnchor(anchor: RecordNumber, last: RecordNumber, at: LogLocation)

    /// The anchor's record has another hash or place than the anchor says: these are not the segments it belongs to.
    case anchorMismatch(RecordNumber, at: LogLocation)

    /// Neither slot of the anchor is readable, or there are segments but no anchor.
    case anchorUnreadable(path: String)

    /// A segment between two others, or before the first, is missing.
    case segmentMissing(SegmentNumber)

    /// The directory holds a log of another identity.
    case anotherLog(expected: LogID, found: LogID)

    /// The record is in a segment that is no longer kept.
    case notRetained(RecordNumber)

    /// The log has been closed.
    case closed

    public var description: String {
        switch self {
        case .file(let operation, let path, let code): "\(operation.rawValue) failed on \(path): error \(code)"
        case .wroteNothing(let path): "a write to \(path) wrote nothing"
        case .locked(let path): "another writer holds \(path)"
        case .full(let bytes): "the queue is full with \(bytes) bytes"
        case .conflict(let expected, let actual): "the log ends at record \(actual.number), not at \(expected.number)"
        case .fenced(let epoch): "epoch \(epoch) has taken the log over"
        case .tooLarge(let bytes, let limit): "an append of \(bytes) bytes exceeds \(limit)"
        case .configuration(let reason): "the log's configuration is invalid: \(reason)"
        case .damaged(let damage, let location): "the log is damaged at \(location): \(damage)"
        case .cutBelowAnchor(let anchor, let last, let location):
            "the log ends with record \(last) at \(location), but record \(anchor) was committed"
        case .anchorMismatch(let number, let location):
            "record \(number) at \(location) is not the one the anchor names"
        case .anchorUnreadable(let path): "the anchor \(path) is missing or unreadable"
        case .segmentMissing(let segment): "segment \(segment) is missing"
        case .anotherLog(let expected, let found): "this is log \(found), not \(expected)"
        case .notRetained(let number): "record \(number) is no longer kept"
        case .closed: "the log is closed"
        }
    }
}
