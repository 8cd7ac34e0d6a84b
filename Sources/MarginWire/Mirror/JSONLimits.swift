import MarginDomain

/// Bounds of a JSON text; more is refused while it is read.
public struct JSONLimits: Equatable, Sendable {
    /// Bytes of the whole text.
    public let bytesMax: Int
    /// Containers within each other.
    public let depthMax: Int
    /// Keys of one object. Each is compared with all before it, so this is not a large number.
    public let membersMax: Int
    /// Elements of one array.
    public let elementsMax: Int

    /// From its parts.
    public init(bytesMax: Int, depthMax: Int, membersMax: Int, elementsMax: Int) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
        self.membersMax = membersMax
        self.elementsMax = elementsMax
    }

    /// What a message of the bus needs: it has three containers within each other, and half as many keys at most.
    public static let message = JSONLimits(
        bytesMax: EngineLimits.frameBytesMax, depthMax: 8, membersMax: 64, elementsMax: EngineLimits.groupEntriesMax)
}
