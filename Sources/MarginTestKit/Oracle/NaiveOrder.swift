public import MarginDomain

/// An order that rests in the market: paragraph 8 of the page.
public struct NaiveOrder: Equatable, Sendable {
    /// Unique within its member.
    public let id: OrderID
    /// What would be bought or sold.
    public let instrument: InstrumentID
    /// `n`; positive = buy.
    public let n: Quantity
    /// `p`, in ticks.
    public let p: Price

    /// From its parts.
    public init(id: OrderID, instrument: InstrumentID, n: Quantity, p: Price) {
        self.id = id
        self.instrument = instrument
        self.n = n
        self.p = p
    }
}

/// An order with what its fill would bring.
struct NaiveFill {
    let u: AssetID
    let n: Int128
    /// Nil without a price.
    let row: NaiveRow?
    /// `K_o` in quanta; nil where it has no number.
    let K: Int128?
    /// Whether that is coin of `u`, which moves.
    let isCoin: Bool

    init?(_ order: NaiveOrder, in market: inout NaiveMarket) {
        guard let instrument = market.instruments[order.instrument],
            let settlement = market.assets[instrument.settlementAsset],
            let cost = instrument.cost(of: order.n, at: order.p)
        else { return nil }
        u = instrument.underlying
        n = Int128(order.n.lots)
        row = market.row(of: order.instrument)
        isCoin = settlement.role == .underlying
        let B = -cost.units
        if isCoin {
            let index = market.cuts[u].flatMap { $0.S == nil ? nil : $0.inputs.index?.number }
            K = index.flatMap { Self.quanta(B, settlement, $0) }
        } else {
            K = Rounding.down(B, from: Int(settlement.moneyExponent.power), to: -6)
        }
    }

    /// `⌊B·S⌋`; nil where it is far beyond what sums can hold.
    private static func quanta(_ B: Int128, _ asset: Asset, _ S: Price) -> Int128? {
        let rough = Double(quanta: B) * asset.moneyExponent.scale * asset.dollars(S)
        return rough.magnitude < 1e15 ? NaiveBook.quanta(of: B, asset, at: S) : nil
    }

    /// `b_o`: nil without a price or a sum.
    var bound: Int128? {
        guard let row, let K else { return nil }
        let bound = 2 * (abs(n) * row.largest + abs(K))
        return bound < 1 << 52 ? bound : nil
    }

    /// `min(0, h_o)` under a column.
    func loss(_ index: Int, _ column: NaiveColumn) -> Int128 {
        guard let row, let K else { preconditionFailure("an order without a price was scanned") }
        var h = n * (row.V + row.g[index]) + K
        if isCoin {
            let move = (Double(quanta: K) * column.d) * column.m
            h += Int128(integral: (move + 0x1.8p52) - 0x1.8p52)
        }
        return min(0, h)
    }
}

extension NaiveBook {
    /// Whether every order has a price, and their sums are exact.
    var ordersHaveSums: Bool {
        var sum: Int128 = 0
        for fill in fills {
            guard let bound = fill.bound else { return false }
            sum += bound
        }
        return sum < 1 << 61
    }

    /// `openOrders`: what the orders add to `⌈f·Scan⌉`.
    func openOrders(Scan: Double) -> Int128 {
        if fills.isEmpty { return 0 }
        let unbounded = 0x1p52
        guard ordersHaveSums else { return Int128(integral: unbounded) }
        let f = parameters["initial"]
        let ordered = max(NaiveScan(self, .initial).scan, Double(quanta: NaiveAddOns.floor(self)))
        let addition = (f * ordered).rounded(.up) - (f * Scan).rounded(.up)
        return Int128(integral: min(max(0, addition), unbounded))
    }
}
