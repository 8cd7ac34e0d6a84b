extension RawSpan {
    /// A copy of all bytes, for what must outlive the frame.
    func copied() -> [UInt8] {
        // SAFETY: the buffer is borrowed for the copy.
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// The bytes as text; what is not UTF-8 shows as replacement characters.
    var text: String { String(decoding: copied(), as: UTF8.self) }

    /// Whether these bytes begin with the text's, found out without a copy.
    func begins(with text: String) -> Bool {
        let text = text.utf8
        guard byteCount >= text.count else { return false }
        var offset = 0
        for expected in text {
            guard byte(at: offset) == expected else { return false }
            offset += 1
        }
        return true
    }

    /// One byte, bounds checked.
    func byte(at offset: Int) -> UInt8 {
        // SAFETY: every bit pattern is a byte, and the call checks the bounds.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
