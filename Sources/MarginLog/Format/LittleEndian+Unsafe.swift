extension RawSpan {
    /// The little-endian integer at `offset`.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as: Value.Type) -> Value {
        // SAFETY: every bit pattern is an integer, and the span checks its bounds.
        Value(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

extension [UInt8] {
    /// The bytes, as what every reader and checksum takes.
    var rawBytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: a byte has no padding and no invalid value.
        get { unsafe span.bytes }
    }

    /// Writes `value` little-endian over the bytes at `offset`.
    mutating func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at offset: Int) {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "a field lies within its header")
        // SAFETY: the precondition keeps the store inside the array.
        unsafe withUnsafeMutableBytes { bytes in
            unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
        }
    }

    /// Adds the bytes of `span` at the end.
    mutating func append(_ span: RawSpan) {
        // SAFETY: the pointer does not outlive the call.
        unsafe span.withUnsafeBytes { bytes in unsafe append(contentsOf: bytes) }
    }

    /// A copy of `span`.
    init(_ span: RawSpan) {
        // SAFETY: the pointer does not outlive the call.
        self = unsafe span.withUnsafeBytes { bytes in unsafe [UInt8](bytes) }
    }
}
