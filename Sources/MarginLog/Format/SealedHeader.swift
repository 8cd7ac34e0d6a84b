/// What the headers without a body have in common: magic and version in front, the checksum in the last word.
extension [UInt8] {
    /// Writes the checksum of a 64-byte header into its last word.
    mutating func seal() {
        precondition(count == LogLimits.headerBytes, "a header has 64 bytes")
        store(CRC32C.checksum(rawBytes.extracting(0..<count - 4)), at: count - 4)
    }
}

extension RawSpan {
    /// True if the first 64 bytes are a header of this kind and its checksum fits.
    func isSealed(magic: UInt32, version: UInt16) -> Bool {
        let checksumOffset = LogLimits.headerBytes - 4
        return byteCount >= LogLimits.headerBytes
            && integer(at: 0, as: UInt32.self) == magic
            && integer(at: 4, as: UInt16.self) == version
            && integer(at: checksumOffset, as: UInt32.self) == CRC32C.checksum(extracting(0..<checksumOffset))
    }
}
