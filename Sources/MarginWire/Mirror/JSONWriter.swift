import MarginDomain

/// Writes objects of the mirror: members in the order of the calls, without spaces.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    /// Integers that every JSON reader holds exactly; larger ones are written as strings.
    private static let exactInteger: UInt64 = 1 << 53

    mutating func openObject() {
        separate()
        bytes.append(ASCII.openBrace)
    }

    mutating func closeObject() { bytes.append(ASCII.closeBrace) }

    mutating func member<Integer: FixedWidthInteger>(_ key: StaticString, integer: Integer) {
        name(key)
        if integer.magnitude <= Integer.Magnitude(clamping: Self.exactInteger) {
            append(String(integer))
        } else {
            append(quoted: String(integer))
        }
    }

    mutating func member(_ key: StaticString, flag: Bool) {
        name(key)
        append(flag ? "true" : "false")
    }

    mutating func member(_ key: StaticString, time: Timestamp) {
        name(key)
        append(quoted: TimeText.text(time))
    }

    mutating func member<Case: NamedCases>(_ key: StaticString, name value: Case) {
        name(key)
        append(quoted: Case.names[Int(value.rawValue)])
    }

    mutating func member(_ key: StaticString, text: String) {
        name(key)
        append(quoted: text)
    }

    /// A decimal string. Zero is zero in any unit, so that an optional field needs no scale while it is unused.
    mutating func member(_ key: StaticString, _ mantissa: Int64, _ scale: Scale) throws(WireError) {
        name(key)
        guard mantissa != 0 else { return append(quoted: "0") }
        guard let exponent = scale.exponent else {
            throw .unknownScale(key: key.description, owner: scale.owner)
        }
        append(quoted: DecimalText.text(mantissa, power: Int(exponent.power)))
    }

    mutating func entries<Entry: Mirrored>(
        _ key: StaticString, _ entries: [Entry], _ context: MirrorContext
    ) throws(WireError) {
        name(key)
        bytes.append(ASCII.openBracket)
        for entry in entries {
            openObject()
            try entry.write(to: &self, context)
            closeObject()
        }
        bytes.append(ASCII.closeBracket)
    }
}

extension JSONWriter {
    private mutating func name(_ key: StaticString) {
        separate()
        append(quoted: key.description)
        bytes.append(ASCII.colon)
    }

    /// A comma, except at the beginning and after an opening bracket or a key.
    private mutating func separate() {
        switch bytes.last {
        case nil, ASCII.openBrace, ASCII.openBracket, ASCII.colon: break
        default: bytes.append(ASCII.comma)
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(quoted text: String) {
        bytes.append(ASCII.quote)
        for byte in text.utf8 {
            switch byte {
            case ASCII.quote, ASCII.backslash:
                bytes.append(ASCII.backslash)
                bytes.append(byte)
            case 0..<0x20: append("\\u00" + Hexadecimal.text([byte]))
            default: bytes.append(byte)
            }
        }
        bytes.append(ASCII.quote)
    }
}
