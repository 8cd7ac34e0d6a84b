/// A sum of ``Money`` of one asset, exact and wide enough never to overflow.
///
/// | operation | result |
/// |---|---|
/// | `Balance` ± `Balance`, `Balance` ± `Money` | `Balance` |
/// | `Balance` → ``Money`` | ``money``, nil when it does not fit the wire |
///
/// A ledger of 2^63 entries of the largest amount still fits, so that sums need no checks.
public struct Balance: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Smallest units of the asset; positive = in favour of the account.
    public var units: Int128

    public init(_ units: Int128) { self.units = units }

    /// The balance that one amount makes.
    public init(_ money: Money) { self.units = Int128(money.units) }

    /// None of it.
    public static let zero = Balance(Int128(0))

    /// On the wire; nil when the sum does not fit.
    public var money: Money? { Int64(exactly: units).map { Money($0) } }

    public static func < (left: Balance, right: Balance) -> Bool { left.units < right.units }
    public static func + (left: Balance, right: Balance) -> Balance { Balance(left.units + right.units) }
    public static func - (left: Balance, right: Balance) -> Balance { Balance(left.units - right.units) }
    public static func += (left: inout Balance, right: Balance) { left.units += right.units }
    public static func -= (left: inout Balance, right: Balance) { left.units -= right.units }
    public static func += (left: inout Balance, right: Money) { left.units += Int128(right.units) }
    public static func -= (left: inout Balance, right: Money) { left.units -= Int128(right.units) }
}
