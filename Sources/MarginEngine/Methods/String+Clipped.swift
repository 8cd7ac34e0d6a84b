extension String {
    /// As a message can carry it: printable ASCII, and of what is longer than its field as much as leaves room to say so.
    ///
    /// - Precondition: the field has room for more than three bytes.
    func clipped(to byteCountMax: Int) -> String {
        let plain = utf8.map { 0x20...0x7e ~= $0 ? $0 : UInt8(ascii: "?") }
        guard plain.count > byteCountMax else { return String(decoding: plain, as: UTF8.self) }
        return String(decoding: plain.prefix(byteCountMax - 3), as: UTF8.self) + "..."
    }
}
