import MarginDomain

@testable import MarginExchange

/// A small exchange with everything that the large one has.
func smallExchange(
    seed: UInt64 = 7, accountCount: Int = 220, duration: Duration64 = .seconds(20), crash: CrashTerms? = CrashTerms()
) throws -> SyntheticExchange {
    let market = MarketScenario(duration: duration, crash: crash)
    return try SyntheticExchange(ExchangeScenario(market: market, accountCount: accountCount, seed: seed))
}

extension SyntheticExchange {
    /// The opening and so many steps.
    mutating func stream(stepCount: Int) -> [BusMessage] {
        var messages = open()
        for _ in 0..<stepCount { messages += step() }
        return messages
    }
}

extension [BusMessage] {
    /// All trades, in order.
    var trades: [Trade] {
        flatMap { message in
            if case .trade(let entries) = message.batch.events { entries } else { [Trade]() }
        }
    }

    /// All deposits, in order.
    var deposits: [Deposit] {
        flatMap { message in
            if case .deposit(let entries) = message.batch.events { entries } else { [Deposit]() }
        }
    }
}

/// A signal about a pool with most fields at rest.
func signal(
    _ number: UInt64, pool: UInt64 = 10_001, poolNumber: UInt64 = 1, kind: SignalKind = .warning,
    state: LifeCycle = .warning, at time: Timestamp = .exampleStart, epoch: UInt32 = 1, steps: [Step] = []
) -> Signal {
    Signal(
        log: LogID(1), epoch: Epoch(epoch), record: RecordNumber(number), ordinal: Ordinal(0),
        signalNo: StreamNumber(number), poolSignalNo: StreamNumber(poolNumber), committed: true, eventTime: time,
        pool: PoolID(pool), kind: kind, previous: .healthy, state: state, cause: .price,
        equity: Value(900 * Value.perDollar), initialMargin: Value(1_000 * Value.perDollar),
        maintenanceMargin: Value(800 * Value.perDollar), releaseMargin: Value(900 * Value.perDollar),
        utilisation: Ratio(888_888_889), shortfall: .zero, deadline: .zero, oldestInputAge: .zero, stale: false,
        parameterVersion: ParameterVersion(1), plan: PlanID(number), reason: .none, reasonAsset: AssetID(0),
        reasonInstrument: .none, reasonExpiry: .zero, binding: [], steps: steps)
}

/// A slice that sells lots of an instrument.
func slice(_ instrument: InstrumentID, account: UInt64 = 10_001, lots: Int64 = -5, worst: Int64 = 0) -> Step {
    Step(
        kind: .slice, asset: AssetID(0), instrument: instrument, account: AccountID(account), quantity: Quantity(lots),
        price: Price(worst), amount: .zero, marginReleased: .zero)
}

/// The engine's sign of life.
func heartbeat(signalNo: UInt64, epoch: UInt32 = 1) -> Heartbeat {
    Heartbeat(
        log: LogID(1), epoch: Epoch(epoch), record: RecordNumber(1), committedRecord: RecordNumber(1),
        time: .exampleStart, mode: .live, signalNo: StreamNumber(signalNo), stateNo: .start, deadLetters: 0, sources: []
    )
}
