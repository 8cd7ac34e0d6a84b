/// A range model after OKX's portfolio margin: per underlying the worst of a small grid of price and volatility moves,
/// of a day's decay and of half an extreme move, a charge for offsets between expiries, and the minimum charge below.
///
/// Not OKX's model: MR3, MR5, MR8 and MR9 are left out, and some coefficients are inferred or from memory.
/// `docs/methods/okx-range.md` says which.
public struct OkxRange: MarginMethod, Equatable {
    public static let name = "okx-range"

    /// By name; `other` is for every underlying that no class lists.
    public var classes = [
        "major": OkxClass(range: 0.12, extremeMove: 0.24, basisPerYear: 0.05),
        "middle": OkxClass(range: 0.18, extremeMove: 0.36, basisPerYear: 0.15),
        "other": OkxClass(range: 0.25, extremeMove: 0.5, basisPerYear: 0.3),
    ]
    /// Class of an underlying, by symbol.
    public var underlyings: [String: String] = {
        var classes = ["BTC": "major", "ETH": "major"]
        for symbol in ["SOL", "DOGE", "PEPE", "XRP", "BNB", "SHIB", "LTC", "ORDI", "WLD", "BCH", "ADA"] {
            classes[symbol] = "middle"
        }
        return classes
    }()
    /// MR1: change of volatility by days to expiry, linear between; points of a fraction a year.
    public var volatilityDays = [0.0, 30, 180]
    public var volatilityPoints = [0.3, 0.2, 0.1]
    /// MR6: the share of the extreme loss that counts.
    public var extremeShare = 0.5
    /// MR7: cost of closing futures and perpetuals, a fraction of their value.
    public var futureCost = 0.001
    /// MR7: cost of buying back sold options, a fraction of the underlying's value.
    public var shortOptionCost = 0.005
    /// Initial margin over maintenance margin.
    public var initialFactor = 1.3
    /// Share of a collateral's value that counts, by slices of it in dollars; by asset.
    public var collateral = [
        "USDC": MarginalTiers([MarginalTiers.Tier(upTo: .infinity, rate: 1)]),
        "USDT": MarginalTiers([MarginalTiers.Tier(upTo: .infinity, rate: 1)]),
    ]

    public init() {}

    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self.init()
        try read(parameters)
    }

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> OkxRange {
        var copy = self
        try copy.read(parameters)
        return copy
    }

    private static let names = [
        "classes", "underlyings", "volatilityDays", "volatilityPoints", "extremeShare", "futureCost", "shortOptionCost",
        "initialFactor", "collateral",
    ]

    private mutating func read(_ parameters: ParameterTree) throws(MethodFault) {
        let fields = try ParameterFields(parameters, names: Self.names)
        for (name, own) in try fields.tablesByName("classes", names: OkxClass.names) {
            guard var known = classes[name] ?? classes["other"] else { continue }
            try known.read(own)
            classes[name] = known
        }
        if let tree = fields.value("underlyings") {
            let own = try ParameterFields(freely: tree, at: fields.path(of: "underlyings"))
            for symbol in own.givenNames {
                var name = "other"
                try own.read(symbol, into: &name)
                guard classes[name] != nil else { throw own.wrong(symbol, "there is no class \(name)") }
                underlyings[symbol] = name
            }
        }
        try fields.read("volatilityDays", into: &volatilityDays, within: 0...10_000)
        try fields.read("volatilityPoints", into: &volatilityPoints, within: 0...10)
        guard zip(volatilityDays, volatilityDays.dropFirst()).allSatisfy(<), !volatilityDays.isEmpty,
            volatilityPoints.count == volatilityDays.count
        else { throw fields.wrong("volatilityDays", "days rise, and to each belongs a change of volatility") }
        try fields.read("extremeShare", into: &extremeShare, within: 0...1)
        try fields.read("futureCost", into: &futureCost, within: 0...1)
        try fields.read("shortOptionCost", into: &shortOptionCost, within: 0...1)
        try fields.read("initialFactor", into: &initialFactor, within: 1...10)
        if let tree = fields.value("collateral") {
            let own = try ParameterFields(freely: tree, at: fields.path(of: "collateral"))
            for asset in own.givenNames {
                let list = try own.elements(asset) ?? []
                collateral[asset] = try MarginalTiers(list, at: own.path(of: asset), rates: 0...1)
            }
        }
    }
}
