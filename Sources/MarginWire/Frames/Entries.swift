/// The entries of a group, where they were received, all checked.
public struct Entries<Element: Flyweight & ~Escapable>: ~Escapable {
    @usableFromInline let bytes: RawSpan

    /// How many there are.
    public let count: Int

    /// Over `count` blocks that follow each other.
    ///
    /// - Throws: the first field that is not valid, and where.
    @inlinable
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, count: Int, _ place: BlockPlace) throws(WireError) {
        precondition(bytes.byteCount == count * Element.blockLength, "a group has the length of its entries")
        self.bytes = bytes
        self.count = count
        for index in 0..<count {
            let offset = place.offset + index * Element.blockLength
            try self[index].validate(BlockPlace(template: place.template, offset: offset))
        }
    }

    /// One entry, in the order of the message.
    @inlinable
    public subscript(index: Int) -> Element {
        @_lifetime(copy self)
        get {
            let start = index * Element.blockLength
            return Element(over: bytes.extracting(start..<(start + Element.blockLength)))
        }
    }

    /// What `transform` makes of each entry.
    @inlinable
    public func map<Value>(_ transform: (Element) -> Value) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count { values.append(transform(self[index])) }
        return values
    }
}
