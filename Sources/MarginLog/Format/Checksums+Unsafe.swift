import CMarginLog

/// CRC-32C: what tells a damaged record from a whole one.
enum CRC32C {
    /// The checksum of `bytes`, continuing that of the bytes before them; 0 begins.
    static func checksum(_ bytes: RawSpan, continuing checksum: UInt32 = 0) -> UInt32 {
        // SAFETY: the function reads exactly the bytes of the span.
        unsafe bytes.withUnsafeBytes { unsafe margin_log_crc32c(checksum, $0.baseAddress, $0.count) }
    }

    /// The same without the processor's instruction; the oracle of the other.
    static func portableChecksum(_ bytes: RawSpan) -> UInt32 {
        // SAFETY: the function reads exactly the bytes of the span.
        unsafe bytes.withUnsafeBytes { unsafe margin_log_crc32c_portable(0, $0.baseAddress, $0.count) }
    }
}

/// XXH64 with seed 0: what chains the records.
enum XXHash64 {
    /// The hash of `bytes`.
    static func hash(of bytes: RawSpan) -> UInt64 {
        // SAFETY: the function reads exactly the bytes of the span.
        unsafe bytes.withUnsafeBytes { unsafe margin_log_xxh64($0.baseAddress, $0.count, 0) }
    }
}

extension RawSpan {
    /// True if every byte is zero: unused space of a preallocated segment.
    var isZero: Bool {
        // SAFETY: the function reads exactly the bytes of the span.
        unsafe withUnsafeBytes { unsafe margin_log_is_zero($0.baseAddress, $0.count) } != 0
    }
}
