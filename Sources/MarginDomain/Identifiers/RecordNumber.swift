/// Position of a record in the log, contiguous from 1; 0 stands before the first.
public struct RecordNumber: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Before the first record.
    public static let start = RecordNumber(0)

    /// The number that follows this one.
    public var next: RecordNumber { RecordNumber(rawValue + 1) }
}
