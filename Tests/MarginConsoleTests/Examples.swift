import MarginConsole
import MarginDomain

/// BTC and one perpetual on it.
func exampleNames() throws -> Nomenclature {
    var names = Nomenclature()
    names.learn(
        .assetListed([
            AssetListed(
                asset: AssetID(3), symbol: Symbol("BTC")!, moneyExponent: Exponent(-8), priceExponent: Exponent(-2),
                isNumeraire: false, isStablecoin: false, hasIndex: true)
        ]))
    names.learn(
        .instrumentListed([
            InstrumentListed(
                instrument: InstrumentID(7), symbol: Symbol("BTC-PERP")!, kind: .linearPerpetual, optionType: .none,
                underlying: AssetID(3), settlementAsset: AssetID(1), priceExponent: Exponent(-1),
                quantityExponent: Exponent(-3), strike: .zero, expiry: .zero)
        ]))
    return names
}

func dollars(_ amount: Int64) -> Value { Value(amount * Value.perDollar) }

/// A pool below its release level after a fall of BTC.
func exampleSignal(kind: SignalKind = .marginCall, steps: [Step] = []) -> Signal {
    Signal(
        log: LogID(1), epoch: Epoch(1), record: RecordNumber(40), ordinal: Ordinal(0), signalNo: StreamNumber(17),
        poolSignalNo: StreamNumber(3), committed: true, eventTime: Timestamp(1_772_442_021_400_000_000),
        pool: PoolID(10_042), kind: kind, previous: .restricted, state: .marginCall, cause: .price,
        equity: dollars(1_200), initialMargin: dollars(1_400), maintenanceMargin: dollars(1_100),
        releaseMargin: dollars(1_250), utilisation: Ratio(916_666_667), shortfall: dollars(50), deadline: .zero,
        oldestInputAge: .zero, stale: false, parameterVersion: ParameterVersion(1), plan: PlanID(0),
        reason: .none, reasonAsset: AssetID(0), reasonInstrument: .none, reasonExpiry: .zero, binding: [], steps: steps)
}

/// What a pool's state message says.
func exampleState(_ pool: UInt64, _ state: LifeCycle, utilisation: Int64) -> PoolState {
    PoolState(
        streamNo: StreamNumber(1), epoch: Epoch(1), record: RecordNumber(1), committed: true, eventTime: .zero,
        pool: PoolID(pool), state: state, equity: dollars(1_000), initialMargin: dollars(900),
        maintenanceMargin: dollars(700), releaseMargin: dollars(800), excess: dollars(300),
        utilisation: Ratio(utilisation), equityChange: .zero, initialMarginChange: .zero,
        maintenanceMarginChange: .zero, cause: .price, oldestInputAge: .zero, stale: false,
        parameterVersion: ParameterVersion(1), poolSignalNo: .start, reason: .none, reasonAsset: AssetID(0),
        reasonInstrument: .none, reasonExpiry: .zero, pledge: .zero, binding: [], components: [])
}
