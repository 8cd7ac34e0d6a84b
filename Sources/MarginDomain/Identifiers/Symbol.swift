/// A short ASCII name of at most 32 bytes, stored in place.
public struct Symbol: Hashable, Sendable, BitwiseCopyable {
    /// The bytes in order, eight to a word, little-endian, padded with zeros.
    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// Bytes on the wire.
    public static let byteCount = 32

    /// From printable ASCII; nil if longer than 32 bytes or not printable.
    public init?(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    /// From bytes up to the first zero; nil if there are more than 32, or one is not printable ASCII,
    /// or something follows the first zero.
    public init?(bytes: [UInt8]) {
        guard bytes.count <= Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var ended = false
        for (place, byte) in bytes.enumerated() {
            if byte == 0 {
                ended = true
                continue
            }
            guard !ended, (0x20...0x7e).contains(byte) else { return nil }
            let shifted = UInt64(byte) << UInt64(place % 8 * 8)
            switch place / 8 {
            case 0: words.0 |= shifted
            case 1: words.1 |= shifted
            case 2: words.2 |= shifted
            default: words.3 |= shifted
            }
        }
        self.words = words
    }

    /// No name.
    public static let empty = Symbol(words: (0, 0, 0, 0))

    private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// The byte at `place`, zero beyond the name's end.
    public func byte(at place: Int) -> UInt8 {
        let word =
            switch place / 8 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return UInt8(truncatingIfNeeded: word >> UInt64(place % 8 * 8))
    }

    public static func == (left: Symbol, right: Symbol) -> Bool { left.words == right.words }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

extension Symbol: CustomStringConvertible {
    public var description: String {
        var text = ""
        for place in 0..<Self.byteCount {
            let byte = byte(at: place)
            if byte == 0 { break }
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return text
    }
}

extension Symbol {
    /// From a literal in the code.
    ///
    /// - Precondition: at most 32 printable ASCII bytes.
    public init(ascii literal: StaticString) {
        guard let symbol = Symbol("\(literal)") else {
            preconditionFailure("a symbol is at most 32 printable ASCII bytes")
        }
        self = symbol
    }
}
