/// A sum of ``Quantity`` of one instrument, exact and wide enough never to overflow.
///
/// The model reads it through ``modelLots``; beyond that the position is applied but its pool quarantined.
public struct NetQuantity: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Lots; positive = long.
    public var lots: Int128

    public init(_ lots: Int128) { self.lots = lots }

    /// None of it.
    public static let zero = NetQuantity(0)

    /// For the kernels, nil beyond ``EngineLimits/positionLotsMax``, where products would stop being exact.
    public var modelLots: Double? {
        lots.magnitude <= UInt128(EngineLimits.positionLotsMax) ? Double(Int64(lots)) : nil
    }

    public static func < (left: NetQuantity, right: NetQuantity) -> Bool { left.lots < right.lots }
    public static func + (left: NetQuantity, right: NetQuantity) -> NetQuantity { NetQuantity(left.lots + right.lots) }
    public static func += (left: inout NetQuantity, right: Quantity) { left.lots += Int128(right.lots) }
    public static func -= (left: inout NetQuantity, right: Quantity) { left.lots -= Int128(right.lots) }
}
