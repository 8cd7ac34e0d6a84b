/// Why bytes are not the record, segment or mark that should be there.
public enum LogDamage: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither a record, a mark nor unused space begins here.
    case unknownMagic

    /// A format version that this program does not read.
    case unknownVersion(UInt16)

    /// A record kind that this program does not know.
    case unknownKind(UInt8)

    /// The length runs past the limit or past the segment.
    case lengthOutOfRange(UInt32)

    /// The checksum does not fit the bytes.
    case checksum

    /// The record is intact but does not continue the log.
    case refused(AcceptRule.Refusal)

    /// The mark is intact but states another position than the records before it.
    case markElsewhere

    /// The segment's header is unreadable or does not continue the segment before.
    case segmentHeader

    /// Something other than zeros follows the last record of a segment that another segment follows.
    case trailingBytes

    /// True for what a power cut can leave of an unfinished write. Anything else is whole but wrong and is never cut.
    var canBeTorn: Bool {
        switch self {
        case .unknownMagic, .lengthOutOfRange, .checksum: true
        case .unknownVersion, .unknownKind, .refused, .markElsewhere, .segmentHeader, .trailingBytes: false
        }
    }

    public var description: String {
        switch self {
        case .unknownMagic: "no record begins here"
        case .unknownVersion(let version): "format version \(version) is unknown"
        case .unknownKind(let kind): "record kind \(kind) is unknown"
        case .lengthOutOfRange(let length): "a body of \(length) bytes does not fit"
        case .checksum: "the checksum does not fit the bytes"
        case .refused(let refusal): "the record does not continue the log: \(refusal)"
        case .markElsewhere: "the mark does not state the position before it"
        case .segmentHeader: "the segment header is unreadable or does not continue the segment before"
        case .trailingBytes: "bytes follow the last record of a finished segment"
        }
    }
}
