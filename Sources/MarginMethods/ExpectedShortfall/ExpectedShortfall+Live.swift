internal import CMarginKernels
public import MarginDomain
public import MarginModel

extension FactorHistory {
    /// The history that a log is: returns between the closes of successive days, of every underlying that has two.
    ///
    /// `r = ln(C(d)/C(d−1))` with closes in ticks. The dates are those of the underlying with most closes; all end with
    /// the last day that is over.
    ///
    /// An underlying with a return beyond ``returnMax`` has no history: its data has a mistake.
    ///
    /// - Parameter symbols: what questions call the underlyings; of two with one name the first counts.
    public init(_ closes: DailyCloses, symbols: [(symbol: String, asset: AssetID)]) {
        var all: [(factor: Factor, returns: [Double])] = []
        var dates: [String] = []
        for (symbol, asset) in symbols where !all.contains(where: { $0.factor == .spot(symbol) }) {
            let own = closes.closes(of: asset)
            guard own.count > 1 else { continue }
            let returns = zip(own.dropFirst(), own).map {
                mk_logarithm(Double($0.price.ticks) / Double($1.price.ticks))
            }
            guard returns.allSatisfy({ abs($0) <= Self.returnMax }) else { continue }
            all.append((.spot(symbol), returns))
            if own.count > dates.count + 1 { dates = own.dropFirst().map { CivilDate(day: $0.day).description } }
        }
        all.sort { $0.factor < $1.factor }
        self.init(
            dates: dates, factors: all.map(\.factor),
            ordered: all.map { Series(first: dates.count - $0.returns.count, returns: $0.returns) })
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
