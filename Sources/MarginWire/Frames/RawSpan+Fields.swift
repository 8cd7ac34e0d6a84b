public import MarginDomain

/// Fields that not every bit pattern is a value of. Each is required valid once and then read as often as wanted.
extension RawSpan {
    @inlinable
    func flag(at offset: Int) -> Bool { integer(at: offset, as: UInt8.self) != 0 }

    @inlinable
    func enumeration<Case: RawRepresentable>(at offset: Int) -> Case where Case.RawValue == UInt8 {
        guard let value = Case(rawValue: integer(at: offset)) else {
            preconditionFailure("a block is validated before its fields are read")
        }
        return value
    }

    @usableFromInline
    func symbol(at offset: Int) -> Symbol {
        guard let symbol = Symbol(bytes: characters(at: offset, byteCount: Symbol.byteCount)) else {
            preconditionFailure("a block is validated before its fields are read")
        }
        return symbol
    }

    @usableFromInline
    func text(at offset: Int, byteCount: Int) -> String {
        String(decoding: characters(at: offset, byteCount: byteCount), as: UTF8.self)
    }

    /// The bytes of a text without its padding.
    private func characters(at offset: Int, byteCount: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        for place in offset..<(offset + byteCount) {
            let byte = integer(at: place, as: UInt8.self)
            if byte == 0 { break }
            bytes.append(byte)
        }
        return bytes
    }
}

extension RawSpan {
    /// Enumerations are numbered from 0 without holes, so one comparison decides.
    @inlinable
    func requireCase(
        below caseCount: UInt8, at offset: Int, _ field: StaticString, _ place: BlockPlace
    ) throws(WireError) {
        let value = integer(at: offset, as: UInt8.self)
        guard value < caseCount else {
            throw .valueOutOfRange(place.place(of: field, at: offset), value: Int(value))
        }
    }

    @usableFromInline
    func requireExponent(at offset: Int, _ field: StaticString, _ place: BlockPlace) throws(WireError) {
        let exponent = Exponent(integer(at: offset))
        guard exponent.isValid else {
            throw .valueOutOfRange(place.place(of: field, at: offset), value: Int(exponent.power))
        }
    }

    /// Printable ASCII, then zeros to the end.
    @usableFromInline
    func requireText(
        at offset: Int, byteCount: Int, _ field: StaticString, _ place: BlockPlace
    ) throws(WireError) {
        var hasEnded = false
        for position in offset..<(offset + byteCount) {
            let byte = integer(at: position, as: UInt8.self)
            hasEnded = hasEnded || byte == 0
            guard hasEnded ? byte == 0 : isPrintable(byte) else {
                throw .textNotPlain(place.place(of: field, at: position))
            }
        }
    }
}

/// Whether a byte is a printable ASCII character, a space included.
func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7e).contains(byte) }
