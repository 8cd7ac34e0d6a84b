import MarginDomain

/// A pool's holdings with everything they are priced by at hand: what paragraphs 5 to 8 of the page call the pool.
struct NaiveBook {
    /// A net position with its row.
    struct Line {
        let instrument: Instrument
        let q: Int128
        let row: NaiveRow
    }

    /// The lines of one underlying and expiry; perpetuals, linear and inverse, share the expiry 0.
    struct Group {
        let u: AssetID
        let tau: Double
        let lines: [Line]
    }

    /// In order of instrument; no zero positions.
    let lines: [Line]
    /// `B` of every asset in which it is not zero, in order of asset.
    let balances: [(asset: Asset, B: Int128)]
    let assets: [AssetID: Asset]
    /// The last cuts of all underlyings.
    let cuts: [AssetID: NaiveCut]
    let collateralPrices: [AssetID: Price]
    let collateralConfidences: [AssetID: Ratio]
    /// In force now.
    let parameters: NaiveParameters
    /// `C_u = ⌊B·S⌋` in quanta.
    let C: [AssetID: Int128]
    /// What the pool's orders would bring.
    let fills: [NaiveFill]
    /// Every underlying with a non-zero position or `C_u`, ascending.
    let underlyings: [AssetID]
    /// What the size of the owner makes; none unless it is said.
    var ownerRates: [AssetID: NaiveRates] = [:]
    /// By underlying and expiry.
    private(set) var groups: [Group] = []

    /// Nil where an input or a row is missing.
    init?(_ holdings: NaiveHoldings, in market: inout NaiveMarket) {
        var lines: [Line] = []
        for (id, position) in holdings.positions.sorted(by: { $0.key < $1.key }) where position.quantity != .zero {
            guard let instrument = market.instruments[id], let row = market.row(of: id) else { return nil }
            lines.append(Line(instrument: instrument, q: position.quantity.lots, row: row))
        }
        var balances: [(asset: Asset, B: Int128)] = []
        var C: [AssetID: Int128] = [:]
        for asset in market.assets.values.sorted(by: { $0.id < $1.id }) {
            let B = holdings.B(asset.id, in: market)
            if B == 0 { continue }
            balances.append((asset, B))
            switch asset.role {
            case .underlying:
                guard let cut = market.cuts[asset.id], cut.S != nil, cut.R != nil,
                    let index = cut.inputs.index?.number
                else { return nil }
                C[asset.id] = Self.quanta(of: B, asset, at: index)
            case .collateral:
                if market.collateralPrices[asset.id] == nil { return nil }
            case .numeraire, .stablecoin: break
            }
        }
        var fills: [NaiveFill] = []
        for order in holdings.orders {
            if let fill = NaiveFill(order, in: &market) { fills.append(fill) }
        }
        self.lines = lines
        self.fills = fills
        self.balances = balances
        self.C = C
        assets = market.assets
        cuts = market.cuts
        collateralPrices = market.collateralPrices
        collateralConfidences = market.collateralConfidences
        parameters = market.parameters
        underlyings = Set(lines.map(\.instrument.underlying)).union(C.filter { $0.value != 0 }.keys).sorted()
        for u in underlyings {
            for (_, lines) in Dictionary(grouping: self.lines(of: u), by: { $0.instrument.expiry ?? .zero })
                .sorted(by: { $0.key < $1.key })
            {
                let tau = cuts[u]?.tau(lines.first?.instrument.expiry) ?? 0
                groups.append(Group(u: u, tau: tau, lines: lines))
            }
        }
    }

    /// `⌊B·P⌋` in quanta, with `P` in ticks of the asset's price.
    static func quanta(of B: Int128, _ asset: Asset, at P: Price) -> Int128 {
        Rounding.down(
            B * Int128(P.ticks), from: Int(asset.moneyExponent.power) + Int(asset.priceExponent.power), to: -6)
    }

    /// The lines of one underlying.
    func lines(of u: AssetID) -> [Line] { lines.filter { $0.instrument.underlying == u } }

    /// The lines that settle in one asset.
    func lines(settlingIn asset: AssetID) -> [Line] { lines.filter { $0.instrument.settlementAsset == asset } }

    /// The columns of one underlying, as of its cut.
    func columns(of u: AssetID) -> [NaiveColumn] { cuts[u]?.columns ?? [] }

    /// Whether every sum of the page is exact: `Σ |q|·max|x| < 2⁵²`, and no position beyond 2⁴⁰ lots.
    var isExact: Bool {
        var bound = 0.0
        for line in lines {
            if line.q.magnitude > UInt128(EngineLimits.positionLotsMax) { return false }
            bound += Double(quanta: abs(line.q)) * Double(quanta: line.row.largest)
        }
        // The largest move of a coin is its largest tail, damped.
        for (u, C) in C {
            let largest = columns(of: u).map { ($0.d * $0.m).magnitude }.max() ?? 0
            bound += Double(quanta: abs(C)) * max(1, largest)
        }
        return bound < EngineLimits.exactSumMax
    }
}
