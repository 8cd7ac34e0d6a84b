extension RawSpan {
    /// A little-endian integer.
    // SPEED: the bounds check folds away where the span's length is known, as in every flyweight.
    @inlinable
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as _: Integer.Type = Integer.self
    ) -> Integer {
        // SAFETY: the call checks the bounds, and every bit pattern is an integer.
        Integer(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}
