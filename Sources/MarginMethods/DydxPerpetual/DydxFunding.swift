/// Funding that a position of dYdX has yet to settle (`GetSettlementPpmWithPerpetual`,
/// `protocol/x/perpetuals/lib/lib.go` of dydxprotocol/v4-chain).
public enum DydxFunding {
    /// Millionths of quote quantums that the holder gets: `−(index now − index at entry)·quantums`.
    public static func settlement(
        index: Int128, entryIndex: Int128, quantums: Int128
    ) throws(MethodFault) -> Int128 {
        try ExactFraction.product(try ExactFraction.sum(entryIndex, -index), quantums)
    }
}
