/// Text form of keys: 4 bytes as 5 printable characters, most significant first (ZeroMQ RFC 32).
public enum Z85 {
    private static let alphabet = Array(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8)

    /// The text of the bytes, or `nil` if their count is not a multiple of 4.
    public static func encode(_ bytes: [UInt8]) -> String? {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let value = bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            for divisor in [52_200_625, 614_125, 7_225, 85, 1] as [UInt32] {
                text.append(alphabet[Int(value / divisor % 85)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of the text, or `nil` for a wrong length, a character outside the alphabet, or a group that exceeds 32 bits.
    public static func decode(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 5) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: characters.count, by: 5) {
            var value: UInt64 = 0
            for character in characters[start..<start + 5] {
                guard let digit = alphabet.firstIndex(of: character) else { return nil }
                value = value * 85 + UInt64(digit)
            }
            guard let group = UInt32(exactly: value) else { return nil }
            for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: group >> shift)) }
        }
        return bytes
    }
}
