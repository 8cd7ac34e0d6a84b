extension JSONParser {
    /// A number as written, if it keeps the grammar.
    mutating func number() throws(WireError) -> String {
        let start = place
        if next == ASCII.minus { place += 1 }
        if next == ASCII.upperI || next == ASCII.upperN { throw .json(.notFinite, offset: start) }
        let startsWithZero = next == ASCII.zero
        let wholeCount = digits()
        guard wholeCount == 1 || wholeCount > 1 && !startsWithZero else {
            throw .json(.malformedNumber, offset: start)
        }
        if next == ASCII.point {
            place += 1
            guard digits() > 0 else { throw .json(.malformedNumber, offset: start) }
        }
        if next == ASCII.lowerE || next == ASCII.upperE {
            place += 1
            if next == ASCII.plus || next == ASCII.minus { place += 1 }
            guard digits() > 0 else { throw .json(.malformedNumber, offset: start) }
        }
        return try text(from: start)
    }

    /// Skips digits and says how many.
    private mutating func digits() -> Int {
        let start = place
        while let byte = next, ASCII.digits.contains(byte) { place += 1 }
        return place - start
    }

    /// A string's characters, from its opening to its closing quote.
    mutating func string() throws(WireError) -> String {
        let start = place
        place += 1
        var characters: [UInt8] = []
        while let byte = next, byte != ASCII.quote {
            guard byte >= 0x20 else { throw .json(.controlCharacter, offset: place) }
            if byte == ASCII.backslash {
                characters.append(contentsOf: try escape().utf8)
            } else {
                characters.append(byte)
                place += 1
            }
        }
        guard next == ASCII.quote else { throw .json(.unexpectedEnd, offset: place) }
        place += 1
        guard let string = String(validating: characters, as: UTF8.self) else { throw .json(.notUTF8, offset: start) }
        return string
    }

    private mutating func escape() throws(WireError) -> String {
        let start = place
        place += 1
        guard let letter = next else { throw .json(.unexpectedEnd, offset: place) }
        place += 1
        switch letter {
        case ASCII.quote, ASCII.backslash, ASCII.slash: return String(Unicode.Scalar(letter))
        case ASCII.lowerB: return "\u{8}"
        case ASCII.lowerF: return "\u{c}"
        case ASCII.lowerN: return "\n"
        case ASCII.lowerR: return "\r"
        case ASCII.lowerT: return "\t"
        case ASCII.lowerU: return String(try scalar(from: start))
        default: throw .json(.malformedEscape, offset: start)
        }
    }

    /// The character of `\uXXXX`, or of two of them where it takes a surrogate pair.
    private mutating func scalar(from start: Int) throws(WireError) -> Unicode.Scalar {
        var value = try codeUnit(from: start)
        if (0xd800...0xdbff).contains(value) {
            guard next == ASCII.backslash else { throw .json(.malformedEscape, offset: start) }
            place += 1
            guard next == ASCII.lowerU else { throw .json(.malformedEscape, offset: start) }
            place += 1
            let low = try codeUnit(from: start)
            guard (0xdc00...0xdfff).contains(low) else { throw .json(.malformedEscape, offset: start) }
            value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .json(.malformedEscape, offset: start) }
        return scalar
    }

    private mutating func codeUnit(from start: Int) throws(WireError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Hexadecimal.digit(byte) else {
                throw .json(.malformedEscape, offset: start)
            }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }

    private func text(from start: Int) throws(WireError) -> String {
        var characters: [UInt8] = []
        for position in start..<place { characters.append(bytes.integer(at: position)) }
        return String(decoding: characters, as: UTF8.self)
    }
}
