import MarginDomain
import MarginMethods
import MarginModel

/// The past of live pools: the closes that the log's index prices make.
extension EngineState {
    /// Gives the methods in force the history as it is now. Nothing is done while no pool here needs it.
    mutating func renewHistory() {
        guard !historicalPools.isEmpty else { return }
        methods.give(history, beside: DefaultGrid(book.parameters, symbols: assetsBySymbol))
    }

    /// The methods as another set of parameters would make them, with the same past.
    func methods(under set: ParameterSet) throws(ParameterRefusal) -> MethodBook {
        var methods = try MethodBook(set)
        if !historicalPools.isEmpty {
            methods.give(history, beside: DefaultGrid(set, symbols: assetsBySymbol))
        }
        return methods
    }

    private var history: FactorHistory {
        FactorHistory(closes, symbols: reference.symbols.filter { reference.assets[$0.asset]?.role == .underlying })
    }
}
