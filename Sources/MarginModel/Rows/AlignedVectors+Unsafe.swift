extension AlignedVectors {
    /// Doubles from the start of the storage to the next cache line.
    var bestOffset: Int {
        // SAFETY: the address is only looked at.
        let address = unsafe doubles.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        return Int((64 - address % 64) % 64) / MemoryLayout<Double>.stride
    }

    func withDoubles<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
        unsafe doubles.withUnsafeBufferPointer {
            // SAFETY: `offset` is at most 7 and the storage has a vector to spare for it.
            unsafe body($0.baseAddress.map { unsafe $0 + offset })
        }
    }

    mutating func withMutableDoubles<Result>(_ body: (UnsafeMutablePointer<Double>?) -> Result) -> Result {
        let offset = offset
        return unsafe doubles.withUnsafeMutableBufferPointer {
            // SAFETY: as in `withDoubles`.
            unsafe body($0.baseAddress.map { unsafe $0 + offset })
        }
    }
}
