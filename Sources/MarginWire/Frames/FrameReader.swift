public import MarginDomain

/// Opens the blocks of a frame one after the other, each checked against the frame's length once.
@usableFromInline
struct FrameReader: ~Escapable {
    @usableFromInline let bytes: RawSpan
    @usableFromInline let header: FrameHeader
    @usableFromInline var offset: Int

    /// Bytes before the entries of a group: the length of one, and how many.
    @inlinable static var groupHeaderByteCount: Int { 4 }

    /// - Throws: a header that is not that of a message with one of the templates.
    @inlinable
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ templates: ClosedRange<UInt16>) throws(WireError) {
        let header = try FrameHeader(reading: bytes)
        guard bytes.byteCount <= EngineLimits.frameBytesMax else { throw .frameTooLong(found: bytes.byteCount) }
        guard templates.contains(header.template), header.schema == SchemaEdition.id,
            header.version == SchemaEdition.version
        else {
            throw .wrongRole(template: try header.kind().rawValue)
        }
        self.bytes = bytes
        self.header = header
        offset = FrameHeader.byteCount
    }

    /// The block after the header.
    @inlinable
    @_lifetime(copy self)
    mutating func root<Root: Flyweight & ~Escapable>(_: Root.Type) throws(WireError) -> Root {
        try require(Int(header.blockLength), Root.blockLength, "root", at: 0)
        let place = BlockPlace(template: header.template, offset: offset)
        let root = Root(over: try take(Root.blockLength))
        try root.validate(place)
        return root
    }

    /// The next group.
    @inlinable
    @_lifetime(copy self)
    mutating func entries<Element: Flyweight & ~Escapable>(
        _: Element.Type, _ group: StaticString
    ) throws(WireError) -> Entries<Element> {
        let start = offset
        let dimensions = try take(Self.groupHeaderByteCount)
        try require(Int(dimensions.integer(at: 0, as: UInt16.self)), Element.blockLength, group, at: start)
        let count = Int(dimensions.integer(at: 2, as: UInt16.self))
        guard count <= EngineLimits.groupEntriesMax else { throw .groupTooLarge(place(group, start), count: count) }
        guard count * Element.blockLength <= bytes.byteCount - offset else {
            throw .countExceedsFrame(place(group, start), count: count)
        }
        let place = BlockPlace(template: header.template, offset: offset)
        return try Entries(try take(count * Element.blockLength), count: count, place)
    }

    /// Nothing may follow the last group.
    @inlinable
    func finish() throws(WireError) {
        guard offset == bytes.byteCount else {
            throw .trailingBytes(template: header.template, offset: offset, count: bytes.byteCount - offset)
        }
    }

    /// A signal's kind must be that of its message, or it would not be encoded to the same bytes.
    func require(_ kind: MessageKind, _ field: StaticString, at distance: Int) throws(WireError) {
        guard kind.rawValue == header.template else {
            throw .kindContradictsTemplate(place(field, FrameHeader.byteCount + distance))
        }
    }

    @inlinable
    @_lifetime(copy self)
    mutating func take(_ count: Int) throws(WireError) -> RawSpan {
        guard count <= bytes.byteCount - offset else {
            throw .frameTooShort(needed: offset + count, found: bytes.byteCount)
        }
        let taken = bytes.extracting(offset..<(offset + count))
        offset += count
        return taken
    }

    @inlinable
    func require(_ found: Int, _ expected: Int, _ block: StaticString, at start: Int) throws(WireError) {
        guard found == expected else {
            throw .wrongBlockLength(place(block, start), found: found, expected: expected)
        }
    }

    @usableFromInline
    func place(_ field: StaticString, _ start: Int) -> WirePlace {
        WirePlace(template: header.template, field: field.description, offset: start)
    }
}
