internal import CMarginKernels
public import MarginDomain
public import MarginModel

extension FactorHistory {
    /// The history that a log is: returns between the closes of successive days, of every underlying that has two, and of
    /// its volatility indices.
    ///
    /// `r = ln(C(d)/C(d−1))` with closes in ticks, or in billionths. The dates are those of the factor with most closes;
    /// all end with the last day that is over.
    ///
    /// An underlying with a return beyond ``returnMax`` has no history: its data has a mistake.
    ///
    /// - Parameter symbols: what questions call the underlyings; of two with one name the first counts.
    public init(_ closes: DailyCloses, symbols: [(symbol: String, asset: AssetID)]) {
        var all: [(factor: Factor, returns: [Double])] = []
        for (symbol, asset) in symbols where !all.contains(where: { $0.factor == .spot(symbol) }) {
            let own = Self.returns(ofLevels: closes.closes(of: asset).map(\.price.ticks))
            guard !own.isEmpty, own.allSatisfy({ abs($0) <= Self.returnMax }) else { continue }
            all.append((.spot(symbol), own))
            for (tenorDays, levels) in closes.volatilities(of: asset) where levels.count > 1 {
                all.append(
                    (.volatility(symbol, days: Int(tenorDays)), Self.returns(ofLevels: levels.map(\.billionths))))
            }
        }
        all.sort { $0.factor < $1.factor }
        let count = all.map(\.returns.count).max() ?? 0
        let today = closes.today ?? 0
        self.init(
            dates: (today - Int64(count)..<today).map { CivilDate(day: $0).description }, factors: all.map(\.factor),
            ordered: all.map { Series(first: count - $0.returns.count, returns: $0.returns) })
    }

    private static func returns(ofLevels levels: [Int64]) -> [Double] {
        zip(levels.dropFirst(), levels).map { mk_logarithm(Double($0) / Double($1)) }
    }
}

extension ExpectedShortfall {
    /// What a live pool's requirement under the method is called at each level: the binding one of the two that it is
    /// the larger of.
    public static func names(of answer: MethodAnswer) -> MarginComponents.MethodNames {
        let grid = answer.components.first { $0.name == ShortfallChoice.gridName }
        return MarginComponents.MethodNames(
            initial: (grid?.initial ?? 0) > 0 ? .defaultModel : .shortfall,
            maintenance: (grid?.maintenance ?? 0) > 0 ? .defaultModel : .shortfall)
    }
}
