/// A message of the bus that could not be taken, kept so that someone can look.
public struct DeadLetter: Equatable, Sendable {
    /// Where it came from: an endpoint or a source.
    public var origin: String
    /// Its topic, as text; empty if there was none.
    public var topic: String
    /// Why it was refused, naming the field or byte.
    public var reason: String
    /// At most the first ``bytesMax`` bytes of the body.
    public var body: [UInt8]
    /// Length of the whole body.
    public var bodyLength: Int

    /// Bytes of a body that are kept.
    public static let bytesMax = 1024

    public init(origin: String, topic: String, reason: String, body: [UInt8], bodyLength: Int) {
        self.origin = origin
        self.topic = topic
        self.reason = reason
        self.body = Array(body.prefix(Self.bytesMax))
        self.bodyLength = bodyLength
    }
}
