/// Ordinal of a segment file within its log, contiguous from 1.
public struct SegmentNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The first segment of every log.
    public static let first = SegmentNumber(1)

    /// The segment that follows this one.
    public var next: SegmentNumber { SegmentNumber(rawValue + 1) }

    public static func < (left: SegmentNumber, right: SegmentNumber) -> Bool { left.rawValue < right.rawValue }

    public var description: String { "\(rawValue)" }
}

/// A byte of the log, for people who must look at it and for the anchor.
public struct LogLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let segment: SegmentNumber

    /// Bytes from the beginning of that file.
    public let offset: UInt64

    public init(segment: SegmentNumber, offset: UInt64) {
        self.segment = segment
        self.offset = offset
    }

    public var description: String { "segment \(segment) offset \(offset)" }
}
