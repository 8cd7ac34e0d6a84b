extension [UInt8] {
    /// The bytes without a copy.
    var rawBytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // SAFETY: a byte has no padding, so all of the memory is initialised.
            unsafe span.bytes
        }
    }
}

extension RawSpan {
    /// One byte, bounds checked.
    func byte(at offset: Int) -> UInt8 {
        // SAFETY: every bit pattern is a byte, and the call checks the bounds.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    /// Copies all bytes to the end of an array.
    func append(to array: inout [UInt8]) {
        // SAFETY: the buffer is borrowed for the copy.
        unsafe withUnsafeBytes { unsafe array.append(contentsOf: $0) }
    }

    /// A copy of all bytes.
    func copied() -> [UInt8] {
        // SAFETY: the buffer is borrowed for the copy.
        unsafe withUnsafeBytes { unsafe Array($0) }
    }
}
