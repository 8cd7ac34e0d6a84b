import CMarginKernels

/// A pool in a corner test: positions and coin in each underlying, and cash.
struct CornerBook {
    struct Part {
        let table: CornerTable
        var lots: [Double]
        /// Units of the coin.
        var coin: Double

        func coinQuanta(_ spot: Double) -> Double { (coin * spot * 1e6).rounded(.down) }
    }

    var parts: [Part]
    var cash = 0.0

    /// Evaluated as docs/margin-model.md §5 to §8 say, from the sums over fresh rows.
    func margin(_ markets: [CornerMarket]) -> CornerMargin {
        var margin = CornerMargin()
        margin.equity = cash
        var (apart, gross, net, nodes) = (0.0, 0.0, 0.0, [Double](repeating: 0, count: 17))
        for (part, market) in zip(parts, markets) {
            let (table, coin) = (part.table, part.coinQuanta(market.spot))
            table.price(market)
            var raw = table.table
            var section = mk_section(start: 0, count: UInt32(part.lots.count), nodes: 0, unused: 0, coin: coin)
            var sums = mk_sums()
            var joint = [Double](repeating: 0, count: 24)
            mk_scan(&raw, &section, 1, table.at, part.lots, &sums, &joint)
            margin.sums.append(sums)
            margin.equity += sums.value + coin
            apart += sums.worst
            for place in 0..<9 { nodes[place] += joint[place] }
            for place in 0..<8 { nodes[9 + place] += joint[16 + place] }
            let ownNet = sums.delta + coin
            let rest = ownNet - sums.own_delta
            let isOffset = (sums.own_delta > 0 && rest < 0) || (sums.own_delta < 0 && rest > 0)
            gross += sums.gross_delta - (isOffset ? min(abs(sums.own_delta), abs(rest)) : 0)
            net += abs(ownNet)
            let shared = sums.basis + sums.skew + sums.fee
            margin.maintenanceAddOns += shared + sums.naked_maintenance
            margin.initialAddOns += shared + sums.naked_initial + part.funding
        }
        let rules = parts[0].table.rules
        margin.scan = parts.count == 1 ? -apart : -((1 - rules.kappa) * apart + rules.kappa * (nodes.min() ?? 0))
        margin.floor = (rules.deltaGross * gross).rounded(.up) + (rules.deltaNet * net).rounded(.up)
        return margin
    }
}

extension CornerBook.Part {
    /// What perpetuals may have to pay, net; on the rows as they are.
    fileprivate var funding: Double {
        var sum = 0.0
        for (place, contract) in table.contracts.enumerated() where contract.funding != 0 {
            sum += lots[place] * contract.funding * table.rows[place * 80 + 56 + Int(mk_centre_own_delta)]
        }
        return max(0, sum).rounded(.up)
    }
}

/// Equity and requirements of a pool, in quanta.
struct CornerMargin {
    var equity = 0.0
    var scan = 0.0
    var floor = 0.0
    var maintenanceAddOns = 0.0
    var initialAddOns = 0.0
    var sums: [mk_sums] = []

    private var larger: Double { max(scan, floor) }
    var maintenance: Double { (0.8 * larger).rounded(.up) + maintenanceAddOns }
    var release: Double { (0.9 * larger).rounded(.up) + maintenanceAddOns }
    var initial: Double { larger.rounded(.up) + initialAddOns }
}
