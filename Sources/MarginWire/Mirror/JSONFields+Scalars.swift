import MarginDomain

extension JSONFields {
    mutating func flag(_ key: StaticString) throws(WireError) -> Bool {
        let value = try take(key)
        guard case .flag(let flag) = value.content else { throw wrongKind(key, value) }
        return flag
    }

    /// A string that fits the field: printable ASCII.
    mutating func text(_ key: StaticString, byteCountMax: Int) throws(WireError) -> String {
        let value = try take(key)
        guard case .text(let text) = value.content, text.utf8.count <= byteCountMax, text.utf8.allSatisfy(isPrintable)
        else { throw wrongKind(key, value) }
        return text
    }

    mutating func symbol(_ key: StaticString) throws(WireError) -> Symbol {
        let value = try take(key)
        guard case .text(let text) = value.content, let symbol = Symbol(text), !text.utf8.contains(0) else {
            throw wrongKind(key, value)
        }
        return symbol
    }

    mutating func timestamp(_ key: StaticString) throws(WireError) -> Timestamp {
        let value = try take(key)
        guard case .text(let text) = value.content else { throw wrongKind(key, value) }
        guard let time = TimeText.time(text) else { throw .unfitTime(key: key.description, offset: value.offset) }
        return time
    }

    mutating func enumeration<Case: NamedCases>(_ key: StaticString, _: Case.Type) throws(WireError) -> Case {
        let value = try take(key)
        guard case .text(let name) = value.content else { throw wrongKind(key, value) }
        guard let place = Case.names.firstIndex(of: name), let found = Case(rawValue: UInt8(place)) else {
            throw .unknownName(key: key.description, name: name, offset: value.offset)
        }
        return found
    }

    /// A whole number, written as one or as a string of its digits.
    mutating func integer<Integer: FixedWidthInteger>(
        _ key: StaticString, _: Integer.Type = Integer.self
    ) throws(WireError) -> Integer {
        try whole(key, try take(key))
    }

    /// A whole number that came into a message later: whoever leaves it out means 0.
    mutating func integerOrZero<Integer: FixedWidthInteger>(_ key: StaticString) throws(WireError) -> Integer {
        holds(key) ? try integer(key) : 0
    }

    mutating func exponent(_ key: StaticString) throws(WireError) -> Exponent {
        let value = try take(key)
        let exponent = Exponent(try whole(key, value))
        guard exponent.isValid else { throw .unfitNumber(.tooLarge, key: key.description, offset: value.offset) }
        return exponent
    }

    /// A decimal in human units, as a string or a plainly written number.
    mutating func decimal(_ key: StaticString, _ scale: Scale) throws(WireError) -> Int64 {
        let value = try take(key)
        let text = try plain(key, value)
        guard text != "0" else { return 0 }
        guard let exponent = scale.exponent else {
            throw .unknownScale(key: key.description, owner: scale.owner)
        }
        do {
            return try DecimalText.mantissa(text, power: Int(exponent.power))
        } catch {
            throw .unfitNumber(error, key: key.description, offset: value.offset)
        }
    }

    private func whole<Integer: FixedWidthInteger>(
        _ key: StaticString, _ value: JSONValue
    ) throws(WireError) -> Integer {
        let text = try plain(key, value)
        guard DecimalText.isWhole(text) else {
            throw .unfitNumber(.notPlain, key: key.description, offset: value.offset)
        }
        guard let integer = Integer(text) else {
            throw .unfitNumber(.tooLarge, key: key.description, offset: value.offset)
        }
        return integer
    }

    /// The characters of a number or of a string that may hold one.
    private func plain(_ key: StaticString, _ value: JSONValue) throws(WireError) -> String {
        switch value.content {
        case .number(let text), .text(let text): return text
        default: throw wrongKind(key, value)
        }
    }

    private func wrongKind(_ key: StaticString, _ value: JSONValue) -> WireError {
        .wrongKind(key: key.description, offset: value.offset)
    }
}
