public import MarginDomain

/// What a signal says, without what only the log, the publisher and the liquidation planner know.
///
/// Log, epoch, commitment, plan and steps are blank; everything else has to be the engine's to the last bit.
@dynamicMemberLookup
public struct NaiveSignal: Equatable, Sendable {
    private var signal: Signal

    /// The comparable part of a signal of the engine.
    public init(_ signal: Signal) {
        self.signal = signal
        self.signal.log = LogID(0)
        self.signal.epoch = Epoch(0)
        self.signal.committed = false
        self.signal.plan = PlanID(0)
        self.signal.steps = []
    }

    /// A field of the signal.
    public internal(set) subscript<Field>(dynamicMember field: WritableKeyPath<Signal, Field>) -> Field {
        get { signal[keyPath: field] }
        set { signal[keyPath: field] = newValue }
    }

    /// The announcement of a transition: the numbers of its margin, the rest blank.
    init(
        _ kind: SignalKind, of pool: PoolID, from previous: LifeCycle, to state: LifeCycle, cause: Cause,
        margin: NaiveMargin
    ) {
        let missing = margin.noMargin
        signal = Signal(
            log: LogID(0), epoch: Epoch(0), record: .start, ordinal: Ordinal(0), signalNo: .start,
            poolSignalNo: .start, committed: false, eventTime: .zero, pool: pool, kind: kind, previous: previous,
            state: state, cause: cause, equity: margin.equity, initialMargin: margin.initialMargin,
            maintenanceMargin: margin.maintenanceMargin, releaseMargin: margin.releaseMargin,
            utilisation: margin.utilisation, shortfall: .zero, deadline: .zero, oldestInputAge: .zero, stale: false,
            parameterVersion: ParameterVersion(0), plan: PlanID(0), reason: missing.reason, reasonAsset: missing.asset,
            reasonInstrument: missing.instrument, reasonExpiry: missing.expiry, binding: margin.binding, steps: [])
    }
}

extension NaiveSignal: CustomStringConvertible {
    public var description: String {
        "\(self.record)/\(self.pool)/\(self.ordinal) \(self.kind) \(self.previous)→\(self.state) by \(self.cause): "
            + "E \(self.equity.quanta) IM \(self.initialMargin.quanta) MM \(self.maintenanceMargin.quanta)"
    }
}
