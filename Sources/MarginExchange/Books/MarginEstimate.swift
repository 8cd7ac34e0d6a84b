import MarginDomain

/// A rough initial margin, to fund accounts sensibly: good to some per cent. The engine computes the real one.
///
/// The scan of the default model on its quarter nodes with three volatility shapes, underlyings added without credit,
/// and its main add-ons.
struct MarginEstimate: Sendable {
    /// What one lot does.
    struct Row: Sendable {
        let underlying: AssetID
        /// Dollars per column.
        let gains: [Double]
        /// Add-ons that netting does not reduce, in dollars a lot.
        let addOn: Double
    }

    /// A set of positions and coins of one pool.
    struct Holdings: Sendable {
        var lots: [InstrumentID: Int64] = [:]
        /// Dollars of coin by underlying.
        var coins: [AssetID: Double] = [:]
    }

    private let rows: [InstrumentID: Row]
    private let columns: [AssetID: [Column]]

    /// One move of spot and volatility.
    private struct Column {
        let move: Double
        let damping: Double
        let volatilityFactor: Double
    }

    /// Rows of everything listed, at the market's prices.
    init(_ catalogue: Catalogue, _ market: SyntheticMarket) {
        var columns: [AssetID: [Column]] = [:]
        for terms in market.scenario.underlyings { columns[terms.asset] = Self.columns(range: terms.marginRange) }
        var rows: [InstrumentID: Row] = [:]
        for listed in catalogue.instruments {
            rows[listed.id] = Self.row(listed, market, columns[listed.instrument.underlying] ?? [])
        }
        (self.rows, self.columns) = (rows, columns)
    }

    /// Dollars.
    func initialMargin(_ holdings: Holdings) -> Double {
        var gains = columns.mapValues { $0.map { _ in 0.0 } }
        var addOns = 0.0
        // In order of id, because sums of doubles depend on their order.
        for (instrument, lots) in holdings.lots.sorted(by: { $0.key < $1.key }) {
            guard let row = rows[instrument] else { continue }
            for column in row.gains.indices { gains[row.underlying]?[column] += Double(lots) * row.gains[column] }
            addOns += abs(Double(lots)) * row.addOn
        }
        for (asset, dollars) in holdings.coins.sorted(by: { $0.key < $1.key }) {
            for (place, column) in (columns[asset] ?? []).enumerated() {
                gains[asset]?[place] += dollars * column.move * column.damping
            }
        }
        return gains.sorted { $0.key < $1.key }.reduce(addOns) { $0 - min(0, $1.value.min() ?? 0) }
    }

    private static func columns(range: Double) -> [Column] {
        let tails = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]
        let ordinary = (-4...4).flatMap { node in
            [1, 1.6, 0.75].map { Column(move: Double(node) * range / 4, damping: 1, volatilityFactor: $0) }
        }
        return ordinary
            + tails.map { Column(move: $0, damping: min(1, 0.77 * range / abs($0)), volatilityFactor: 1.6) }
    }

    private static func row(_ listed: ListedInstrument, _ market: SyntheticMarket, _ columns: [Column]) -> Row {
        let underlying = listed.instrument.underlying
        let spot = market.spot(of: underlying)
        let notional = listed.notional(ofLotAt: spot)
        guard case .option(let settlement, let type, _, let expiry) = listed.instrument.contract else {
            // Inverse contracts too: what moves there is the coin that they were entered with.
            let gains = columns.map { notional * $0.move * $0.damping }
            let terms = market.path(of: underlying).terms
            let years = listed.instrument.expiry.map { market.years(until: $0) } ?? 0
            let basis = max(terms.marginBasisFloor, terms.marginBasisPerYear * years)
            // Beside the basis: minimum delta on the gross, and the liquidation fee.
            return Row(underlying: underlying, gains: gains, addOn: (basis + 0.011) * notional)
        }
        let forward = market.forward(of: underlying, expiry: expiry)
        let volatility = market.volatility(of: underlying, expiry: expiry, strike: listed.strike)
        let years = market.years(until: expiry)
        func value(_ move: Double, _ factor: Double) -> Double {
            let black = BlackFormula.value(
                type, forward: forward * (1 + move), strike: listed.strike, volatility: volatility * factor,
                years: years)
            return settlement == .inverse ? black * spot / forward : black
        }
        let now = value(0, 1)
        let gains = columns.map { $0.damping * (value($0.move, $0.volatilityFactor) - now) * listed.lot }
        return Row(underlying: underlying, gains: gains, addOn: 0.01 * notional)
    }
}
