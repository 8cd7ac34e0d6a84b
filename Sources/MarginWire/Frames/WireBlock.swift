import MarginDomain

/// A value whose fields, or those before its groups, have fixed places in a block.
protocol WireBlock {
    /// Bytes of the block.
    static var blockLength: Int { get }

    /// Writes each field at its place; what lies between is zero already.
    ///
    /// - Throws: a field that the wire has no bytes for: a text that is not plain, an exponent out of range.
    func store(to block: inout MutableRawSpan, _ place: BlockPlace) throws(WireError)
}

extension MutableRawSpan {
    mutating func store<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ value: Integer, as _: Integer.Type = Integer.self, at offset: Int
    ) {
        storeBytes(of: value.littleEndian, toByteOffset: offset, as: Integer.self)
    }

    mutating func store(_ symbol: Symbol, at offset: Int) {
        for place in 0..<Symbol.byteCount { store(symbol.byte(at: place), at: offset + place) }
    }

    mutating func store(
        _ text: String, byteCount: Int, at distance: Int, _ field: StaticString, _ place: BlockPlace
    ) throws(WireError) {
        let characters = Array(text.utf8)
        guard characters.count <= byteCount, characters.allSatisfy(isPrintable) else {
            throw .textNotPlain(place.place(of: field, at: distance))
        }
        for (index, character) in characters.enumerated() {
            store(character, at: place.offset + distance + index)
        }
    }

    mutating func store(
        _ exponent: Exponent, at distance: Int, _ field: StaticString, _ place: BlockPlace
    ) throws(WireError) {
        guard exponent.isValid else {
            throw .valueOutOfRange(place.place(of: field, at: distance), value: Int(exponent.power))
        }
        store(exponent.power, at: place.offset + distance)
    }
}
