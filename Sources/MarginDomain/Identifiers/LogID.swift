/// Identity of a log; part of every signal's id.
public struct LogID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
