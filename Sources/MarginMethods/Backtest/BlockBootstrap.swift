/// How wide a share of exceedances is: days are drawn again in blocks, all books together, since bad days come together
/// and hit many books at once (moving blocks: Künsch, Annals of Statistics 17 (1989)).
///
/// The draws come from a fixed sequence, so the interval is the same on every run.
public enum BlockBootstrap {
    static let blockDays = 20
    static let draws = 1000

    /// 2.5 % and 97.5 % quantiles of the share of book-days exceeded.
    static func interval(ofShares exceedances: [[Bool]]) -> ClosedRange<Double> {
        let days = exceedances.first?.count ?? 0
        guard days >= blockDays else { return 0...1 }
        let byDay = (0..<days).map { day in exceedances.count { $0[day] } }
        var sums = [0]
        for count in byDay { sums.append(sums[sums.count - 1] + count) }
        let starts = days - blockDays + 1
        let blocks = days / blockDays
        var state: UInt64 = 1
        var shares: [Double] = []
        for _ in 0..<draws {
            var total = 0
            for _ in 0..<blocks {
                // Knuth's linear congruence of 64 bits; its upper half is well mixed.
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let start = Int((state >> 32) % UInt64(starts))
                total += sums[start + blockDays] - sums[start]
            }
            shares.append(Double(total) / Double(blocks * blockDays * exceedances.count))
        }
        shares.sort()
        return shares[draws / 40]...shares[draws - draws / 40 - 1]
    }
}
