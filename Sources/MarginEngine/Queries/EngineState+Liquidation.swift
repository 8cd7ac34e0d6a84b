public import MarginDomain
public import MarginModel

extension EngineState {
    /// Where a pool would be liquidated along every factor; nil for a pool that is not evaluated here, or by a method.
    ///
    /// Thousands of small cuts: a question to a copy of the state, not to the engine while events flow.
    public func liquidationPoints(of pool: PoolID) -> [LiquidationPoint]? {
        guard let place = evaluated(pool), let slot = pools[place.number].slot, pools[place.number].method == nil,
            pools[place.number].group == nil
        else {
            return nil
        }
        return book.liquidationPoints(of: book.holdings(of: slot))
    }
}
