extension [UInt8] {
    /// The bytes as frames and JSON texts are read.
    public var wireBytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes have no padding, so a raw view shows nothing that was not written.
        get { unsafe span.bytes }
    }
}
