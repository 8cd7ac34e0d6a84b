public import MarginDomain
public import MarginModel

extension EngineState {
    /// Where a pool would be liquidated along every factor; nil for a pool that is not evaluated here, for one under a
    /// published method, and for a member of a mutual pool.
    ///
    /// Thousands of small cuts: a question to a copy of the state, not to the engine while events flow.
    ///
    /// - Parameter version: of the parameters; 0 = in force. One that nobody knows has no points.
    public func liquidationPoints(
        of pool: PoolID, under version: ParameterVersion = ParameterVersion(0)
    ) -> [LiquidationPoint]? {
        guard let place = evaluated(pool), let slot = pools[place.number].slot, pools[place.number].model == nil,
            pools[place.number].group == nil
        else {
            return nil
        }
        do {
            let other = try state(under: version).book
            return other.liquidationPoints(of: other.holdings(of: slot))
        } catch { return nil }
    }
}
