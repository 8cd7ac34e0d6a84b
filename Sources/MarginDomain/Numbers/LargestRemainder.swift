/// Cutting a whole number into whole parts (Hamilton's method): everyone's floor, then one more by falling remainder.
public enum LargestRemainder {
    /// Parts that sum to `sum` exactly.
    ///
    /// What the floors lack goes to the largest remainders, the earlier of equal ones first; what they have too much is
    /// taken from the smallest, the later first. More than one each, which only roundings of the floors bring about,
    /// is spread over all.
    ///
    /// - Parameter remainders: what is left of each part above its floor, in any unit.
    public static func cut<Remainder: Comparable>(
        floors: [Int128], remainders: [Remainder], toSum sum: Int128
    ) -> [Int128] {
        guard !floors.isEmpty else { return [] }
        let order = floors.indices.sorted { left, right in
            remainders[left] > remainders[right] || (remainders[left] == remainders[right] && left < right)
        }
        let (each, rest) = (sum - floors.reduce(0, +)).quotientAndRemainder(dividingBy: Int128(order.count))
        var parts = floors.map { $0 + each }
        for turn in 0..<Int(rest.magnitude) {
            if rest > 0 { parts[order[turn]] += 1 } else { parts[order[order.count - 1 - turn]] -= 1 }
        }
        return parts
    }
}
