public import MarginDomain

/// The eight bytes before every message: four numbers that say how to read the rest.
public struct FrameHeader: Equatable, Sendable {
    /// Bytes of the message's root block.
    public var blockLength: UInt16
    /// Which message follows.
    public var template: UInt16
    /// Whose schema it is.
    public var schema: UInt16
    /// Which edition of the schema.
    public var version: UInt16

    /// Bytes of a header.
    public static let byteCount = 8

    /// The header of a frame, without judging it.
    ///
    /// - Throws: ``WireError/frameTooShort(needed:found:)``.
    @inlinable
    public init(reading frame: RawSpan) throws(WireError) {
        guard frame.byteCount >= Self.byteCount else {
            throw .frameTooShort(needed: Self.byteCount, found: frame.byteCount)
        }
        blockLength = frame.integer(at: 0)
        template = frame.integer(at: 2)
        schema = frame.integer(at: 4)
        version = frame.integer(at: 6)
    }

    /// Which message follows, if this build can read it.
    ///
    /// - Throws: an unknown schema, version or template.
    public func kind() throws(WireError) -> MessageKind {
        guard schema == SchemaEdition.id else { throw .unknownSchema(schema) }
        guard version == SchemaEdition.version else { throw .unknownVersion(version) }
        guard let kind = MessageKind(rawValue: template) else { throw .unknownTemplate(template) }
        return kind
    }
}
