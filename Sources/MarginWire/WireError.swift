/// Why bytes are not a message, or a message has no bytes: what is wrong, and where.
///
/// Nothing that arrives can do more than cause one of these. A frame is accepted only if encoding its message again
/// gives the same bytes, so a log of frames is a log of messages.
public enum WireError: Error, Equatable, Sendable {
    /// The frame ends inside its header, a block or a group.
    case frameTooShort(needed: Int, found: Int)
    /// The frame is larger than ``EngineLimits/frameBytesMax``.
    case frameTooLong(found: Int)
    /// Not a message of Plimsoll.
    case unknownSchema(UInt16)
    /// A version of the schema that this build does not speak.
    case unknownVersion(UInt16)
    /// No message has this number.
    case unknownTemplate(UInt16)
    /// A message, but not one that may stand here: a query among events, say.
    case wrongRole(template: UInt16)
    /// A block is longer or shorter than this version of the schema has it.
    case wrongBlockLength(WirePlace, found: Int, expected: Int)
    /// A group announces more entries than the frame has bytes for.
    case countExceedsFrame(WirePlace, count: Int)
    /// A group has more entries than ``EngineLimits/groupEntriesMax``.
    case groupTooLarge(WirePlace, count: Int)
    /// A number that stands for nothing: beyond an enumeration's cases, or no valid exponent.
    case valueOutOfRange(WirePlace, value: Int)
    /// A text is too long, not printable ASCII, or something follows its end.
    case textNotPlain(WirePlace)
    /// A signal whose kind belongs to another message.
    case kindContradictsTemplate(WirePlace)
    /// Bytes after the message's end.
    case trailingBytes(template: UInt16, offset: Int, count: Int)
    /// Not JSON, or more of it than a message needs.
    case json(JSONFault, offset: Int)
    /// An object of a message lacks a key; the offset is the object's.
    case missingKey(String, offset: Int)
    /// An object of a message has a key that the message does not.
    case unknownKey(String, offset: Int)
    /// A key stands twice in one object.
    case duplicateKey(String, offset: Int)
    /// No message, or no case of an enumeration, has this name.
    case unknownName(key: String, name: String, offset: Int)
    /// A value is of another kind than its key calls for: a flag where a number is, say.
    case wrongKind(key: String, offset: Int)
    /// A number that is not written plainly or does not fit: an exponent, a fraction of a unit, too large.
    case unfitNumber(NumberFault, key: String, offset: Int)
    /// A time that is not RFC 3339 in UTC, or not a date of the calendar, or beyond what 64 bits of nanoseconds reach.
    case unfitTime(key: String, offset: Int)
    /// A decimal of an instrument or asset that has not been listed, so that its exponent is not known.
    case unknownScale(key: String, owner: ScaleOwner)
    /// A transcript's line is not pairs of hexadecimal digits.
    case notHexadecimal(offset: Int)
}

/// Where in a frame something is wrong.
public struct WirePlace: Equatable, Sendable {
    /// The message.
    public var template: UInt16
    /// The field or group, as the schema calls it.
    public var field: String
    /// Bytes from the frame's beginning.
    public var offset: Int

    /// From its parts.
    public init(template: UInt16, field: String, offset: Int) {
        self.template = template
        self.field = field
        self.offset = offset
    }
}
