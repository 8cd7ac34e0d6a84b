import MarginDomain
import MarginModel

/// Volatility indices: they price nothing and make no cut; their closes are history for options.
extension EngineState {
    mutating func apply(_ indices: [VolatilityIndex], _ effects: inout RecordEffects) {
        var isHistoryChanged = false
        for index in indices where isAcceptable(index, &effects) {
            if closes.note(index) { isHistoryChanged = true }
        }
        guard isHistoryChanged else { return }
        renewHistory()
        evaluate(historicalPools, because: .volatility, &effects)
    }

    private func isAcceptable(_ index: VolatilityIndex, _ effects: inout RecordEffects) -> Bool {
        guard isUnderlying(index.underlying, &effects) else { return false }
        guard index.tenorDays > 0, index.tenorDays <= EngineLimits.tenorDaysMax else {
            effects.refuse(.outOfRange(field: "tenorDays"))
            return false
        }
        let range = EngineLimits.volatilityIndexMin...EngineLimits.volatilityIndexMax
        guard range.contains(index.volatility) else {
            effects.refuse(.outOfRange(field: "volatility"))
            return false
        }
        let known = closes.publishTime(of: index.underlying, tenorDays: index.tenorDays)
        guard known != nil || closes.tenorCount(of: index.underlying) < EngineLimits.tenorsPerUnderlyingMax else {
            effects.refuse(.tooManyTenors(index.underlying))
            return false
        }
        return isTimely(index.publishTime, replacing: known, &effects)
    }
}
