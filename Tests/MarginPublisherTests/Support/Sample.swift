import MarginDomain
import MarginPublisher

/// Builders of what the engine hands over.
enum Sample {
    /// A signal; the record is ten times its number unless told.
    static func signal(_ number: UInt64, pool: UInt64 = 1, poolNumber: UInt64? = nil, record: UInt64? = nil) -> Signal {
        Signal(
            log: LogID(5), epoch: Epoch(0), record: RecordNumber(record ?? number * 10), ordinal: Ordinal(0),
            signalNo: StreamNumber(number), poolSignalNo: StreamNumber(poolNumber ?? number), committed: false,
            eventTime: Timestamp(Int64(number)), pool: PoolID(pool), kind: .warning, previous: .healthy,
            state: .warning, cause: .price, equity: Value(100), initialMargin: Value(90),
            maintenanceMargin: Value(80), releaseMargin: Value(85), utilisation: Ratio(800_000_000),
            shortfall: Value(0), deadline: .zero, oldestInputAge: .zero, stale: false,
            parameterVersion: ParameterVersion(1), plan: PlanID(0), reason: .none, reasonAsset: AssetID(0),
            reasonInstrument: .none, reasonExpiry: .zero, binding: [], steps: [])
    }

    static func pool(_ pool: UInt64, record: UInt64 = 1, equity: Int64 = 100) -> PoolState {
        PoolState(
            streamNo: .start, epoch: Epoch(0), record: RecordNumber(record), committed: false,
            eventTime: Timestamp(1), pool: PoolID(pool), state: .healthy, equity: Value(equity),
            initialMargin: Value(0), maintenanceMargin: Value(0), releaseMargin: Value(0), excess: Value(equity),
            utilisation: Ratio(0), equityChange: Value(0), initialMarginChange: Value(0),
            maintenanceMarginChange: Value(0), cause: .cash, oldestInputAge: .zero, stale: false,
            parameterVersion: ParameterVersion(1), poolSignalNo: .start, reason: .none, reasonAsset: AssetID(0),
            reasonInstrument: .none, reasonExpiry: .zero, pledge: .zero, binding: [], components: [])
    }

    static func greeks(_ account: UInt64, instrument: UInt32 = 0) -> AccountGreeks {
        AccountGreeks(
            streamNo: .start, epoch: Epoch(0), record: RecordNumber(1), committed: false, eventTime: Timestamp(1),
            account: AccountID(account), instrument: InstrumentID(instrument), pool: PoolID(1), equity: Value(1),
            initialShare: Value(0), maintenanceShare: Value(0), standAloneInitial: Value(0),
            standAloneMaintenance: Value(0), parameterVersion: ParameterVersion(1), greeks: [])
    }

    static func batch(
        upTo record: UInt64, signals: [Signal] = [], pools: [PoolState] = [], greeks: [AccountGreeks] = []
    ) -> SignalBatch {
        SignalBatch(
            upTo: RecordNumber(record), eventTime: Timestamp(Int64(record)), signals: signals, poolStates: pools,
            accountGreeks: greeks)
    }

    static func start(epoch: UInt32 = 1) -> PublisherStart { PublisherStart(log: LogID(5), epoch: Epoch(epoch)) }
}
