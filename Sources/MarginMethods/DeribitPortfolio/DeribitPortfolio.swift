public import MarginModel

/// Deribit's portfolio margin: the worst cell of a table of price and volatility moves, and shocks for rolls and size.
///
/// *Segregated* (S:PM) margins what settles in one currency by itself and in that currency. *Cross* (X:PM) margins the
/// whole account in dollars, coin balances included. In both each asset's worst cell counts: no credit passes between
/// assets.
/// `docs/methods/deribit-portfolio.md` has the formulas, their sources, and which of them are inferred.
public struct DeribitPortfolio: MarginMethod, Equatable {
    public static let name = "deribit-portfolio"
    public static let facts = QuestionFacts.orders

    public enum Mode: String, CaseIterable, Sendable { case segregated, cross }

    public var mode = Mode.segregated
    /// `buckets_count`: price steps on each side of the standard table.
    public var bucketsPerSide = 4
    /// Moves of the extended table, as fractions of the price, in its order.
    public var extendedMoves = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]
    /// `mm_factor`.
    public var maintenanceFactor = 0.8
    /// Margin of an open order as a share of R times its value (inferred).
    public var openOrderShare = 0.2
    /// By currency.
    public var stated: [String: DeribitStatedMargins] = [:]
    public var assets = ["BTC": DeribitAsset(), "ETH": DeribitAsset.ether]
    /// `haircut` in initial margin of a cross account, by asset: fractions.
    public var haircuts = ["BTC": 0.0, "ETH": 0, "USDC": 0, "USDT": 0]

    public init() {}

    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self.init()
        try read(parameters)
    }

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> DeribitPortfolio {
        var copy = self
        try copy.read(parameters)
        return copy
    }
}

/// Margins that the exchange states of an account beside its risk matrix, in the currency they are stated in. Their
/// formulas are not published; they enter initial margin as they are.
public struct DeribitStatedMargins: Equatable, Sendable {
    /// `mmp_margin`: of quotes under market maker protection.
    public var makerProtection = 0.0
    /// `open_orders_margin`, added to what the case's own orders need.
    public var openOrders = 0.0
    /// `spot_margin`.
    public var spot = 0.0

    public init() {}
}

extension DeribitPortfolio {
    private static let names = [
        "mode", "bucketsPerSide", "extendedMoves", "maintenanceFactor", "openOrderShare", "stated", "assets",
        "haircuts",
    ]

    private mutating func read(_ parameters: ParameterTree) throws(MethodFault) {
        let fields = try ParameterFields(parameters, names: Self.names)
        try fields.read("mode", into: &mode)
        try fields.read("bucketsPerSide", into: &bucketsPerSide, within: 1...50)
        try fields.read("extendedMoves", into: &extendedMoves, within: -0.99...100)
        guard !extendedMoves.contains(0) else { throw fields.wrong("extendedMoves", "a move of 0 is no move") }
        try fields.read("maintenanceFactor", into: &maintenanceFactor, within: 0...1)
        try fields.read("openOrderShare", into: &openOrderShare, within: 0...10)
        for (currency, own) in try fields.tablesByName("stated", names: ["makerProtection", "openOrders", "spot"]) {
            var margins = stated[currency] ?? DeribitStatedMargins()
            try own.read("makerProtection", into: &margins.makerProtection, within: 0...1e12)
            try own.read("openOrders", into: &margins.openOrders, within: 0...1e12)
            try own.read("spot", into: &margins.spot, within: 0...1e12)
            stated[currency] = margins
        }
        for (symbol, own) in try fields.tablesByName("assets", names: DeribitAsset.names) {
            var asset = assets[symbol] ?? DeribitAsset()
            try asset.read(own)
            assets[symbol] = asset
        }
        if let tree = fields.value("haircuts") {
            let own = try ParameterFields(freely: tree, at: fields.path(of: "haircuts"))
            for symbol in own.givenNames {
                var haircut = 0.0
                try own.read(symbol, into: &haircut, within: 0...1)
                haircuts[symbol] = haircut
            }
        }
    }
}
