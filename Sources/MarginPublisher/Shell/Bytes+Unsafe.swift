extension [UInt8] {
    /// The bytes without a copy.
    var frameBytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // SAFETY: a byte has no padding, so all of the memory is initialised.
            unsafe span.bytes
        }
    }
}
