/// Quanta between the two number types of the oracle; the standard conversions of `Int128` are slow in proportion to
/// how often a margin needs them.
extension Double {
    /// Exact below 2⁵³.
    init(quanta: Int128) {
        self = quanta.magnitude < 1 << 62 ? Double(Int64(truncatingIfNeeded: quanta)) : Double(quanta)
    }
}

extension Int128 {
    /// An integral number of quanta below 2⁶².
    init(integral: Double) { self = Int128(Int64(integral)) }
}
