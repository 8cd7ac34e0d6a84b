/// Incarnation of a stream or log; a higher one fences lower ones.
public struct Epoch: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The incarnation that follows this one.
    public var next: Epoch { Epoch(rawValue + 1) }
}
