/// Hexadecimal digits.
enum Hexadecimal {
    /// What a digit of either case stands for; nil for any other character.
    static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case ASCII.digits: character - ASCII.zero
        case ASCII.lowerA...ASCII.lowerF: character - ASCII.lowerA + 10
        case ASCII.upperA...ASCII.upperF: character - ASCII.upperA + 10
        default: nil
        }
    }

    /// The bytes as lower-case pairs.
    static func text(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        characters.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            for digit in [byte >> 4, byte & 0xf] {
                characters.append(digit < 10 ? ASCII.zero + digit : ASCII.lowerA + digit - 10)
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes that pairs of digits stand for.
    ///
    /// - Throws: ``WireError/notHexadecimal(offset:)`` at the first character that is no digit, or lacks its pair.
    static func bytes(_ text: String) throws(WireError) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for (offset, character) in text.utf8.enumerated() {
            guard let digit = digit(character) else { throw .notHexadecimal(offset: offset) }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { throw .notHexadecimal(offset: text.utf8.count) }
        return bytes
    }
}
