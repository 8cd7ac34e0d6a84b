/// Reads the fields of one block where the block was received, each at its fixed offset, without copying it.
///
/// A flyweight never outlives the bytes it looks at. Those of frames come from ``Entries``, ``RootFrame``,
/// ``BatchFrame`` and the frames of messages with groups, which check every block before they hand it out.
public protocol Flyweight: ~Escapable {
    /// Bytes of a block.
    static var blockLength: Int { get }

    /// Over exactly ``blockLength`` bytes.
    ///
    /// - Precondition: ``validate(_:)`` succeeds before a field is read; reading an enumeration or a text that is
    ///   not valid ends the process.
    @_lifetime(copy bytes)
    init(over bytes: RawSpan)

    /// Checks every field that not all bit patterns are a value of.
    ///
    /// - Throws: the first that is not, and where.
    func validate(_ place: BlockPlace) throws(WireError)
}

/// Reads the root of a message, or an entry of an event message.
public protocol MessageFlyweight: Flyweight, ~Escapable {
    /// The template ids that it is the root or the entry of.
    static var templates: ClosedRange<UInt16> { get }
}

/// Where a block lies, to say where a field of it is wrong.
public struct BlockPlace: Equatable, Sendable {
    /// The message.
    public let template: UInt16
    /// Bytes from the frame's beginning.
    public let offset: Int

    /// From its parts.
    @inlinable
    public init(template: UInt16, offset: Int) {
        self.template = template
        self.offset = offset
    }

    /// The place of a field, for an error.
    @usableFromInline
    func place(of field: StaticString, at distance: Int) -> WirePlace {
        WirePlace(template: template, field: field.description, offset: offset + distance)
    }
}
