/// Position of something within its record, from 0.
public struct Ordinal: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
