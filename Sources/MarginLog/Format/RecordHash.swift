import MarginDomain

/// XXH64 of a record's bytes on disk: header, body and padding.
///
/// Every record carries the hash of the one before, so that one hash stands for the whole history before it. It
/// is fast and finds accidents (mixed-up, missing, altered records) independently of the checksum; it is not a
/// defence against someone who forges a log on purpose.
public struct RecordHash: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Hash of a record's bytes.
    init(of record: RawSpan) { self.init(XXHash64.hash(of: record)) }

    /// What the first record of a log carries as the hash of the record before.
    static func origin(of log: LogID) -> RecordHash {
        var bytes = [UInt8](repeating: 0, count: 8)
        bytes.store(log.rawValue, at: 0)
        return RecordHash(of: bytes.rawBytes)
    }

    public var description: String { String(rawValue, radix: 16) }
}
