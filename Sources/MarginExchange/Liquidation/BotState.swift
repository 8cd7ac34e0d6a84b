import MarginDomain

/// The rules of a liquidation bot, without sockets: signals and answers in, errands out.
///
/// ```
///  plan ──▶ claim ──granted──▶ slices ──▶ acknowledge
///             └─ refused: another bot has it
///  call ──▶ acknowledge, and perhaps the owner pays in
/// ```
struct BotState {
    /// Questions that may wait for an answer; beyond that acknowledgements are left out.
    private static let pendingMax = 4096
    /// Heartbeats after which a replay or claim that was not answered is asked for again: two seconds.
    private static let patience: UInt64 = 8

    /// Why something was asked.
    private enum Purpose {
        case replay
        case claim(PoolID)
        case acknowledgement
    }

    private(set) var report = BotReport()
    /// What the shell is to do, in order.
    private(set) var errands: [BotErrand] = []
    private var tracker = SignalTracker()
    private var pools: [PoolID: PoolWork] = [:]
    private var pending: [RequestID: Purpose] = [:]
    private var lastRequest: UInt64 = 0
    private var dueDeposits: [(due: UInt64, deposit: OwnerDeposit)] = []
    private var replayAskedAt: UInt64?
    private let name: Symbol
    private let claimFor: Duration64

    init(name: Symbol, claimFor: Duration64) {
        self.name = name
        self.claimFor = claimFor
    }

    /// Takes a published message.
    mutating func receive(_ message: OutboundMessage) {
        switch message {
        case .signal(let signal): take(signal)
        case .heartbeat(let heartbeat):
            report.heartbeats += 1
            let epoch = tracker.epoch
            guard tracker.hear(heartbeat) else { return }
            // What was asked of the engine's last incarnation is not answered any more.
            if tracker.epoch > epoch { forgetQuestions() }
            askForMissing()
            payWhatIsDue()
            retry(at: heartbeat.time)
        case .poolState, .accountGreeks, .liquidationMap, .parameterState: break
        }
    }

    /// Takes an answer to one of this bot's questions.
    mutating func receive(_ answer: Answer, to request: RequestID) {
        guard let purpose = pending[request] else { return }
        switch (answer, purpose) {
        case (.signal(let signal), .replay):
            report.replayed += 1
            take(signal)
            return
        case (.claimAnswer(let claim), .claim(let pool)):
            settle(claim, of: pool)
            return
        case (.queryError(let error), .claim(let pool)):
            // A busy engine is asked again at the next heartbeat.
            pools[pool]?.claimAskedAt = nil
            if error.fault != .busy { lose(pool) }
        case (.queryError, _): report.refusedQueries += 1
        default: guard case .queryDone = answer else { return }
        }
        pending[request] = nil
        if case .replay = purpose { replayAskedAt = nil }
    }

    /// Takes away what the shell is to do next.
    mutating func nextErrand() -> BotErrand? { errands.isEmpty ? nil : errands.removeFirst() }

    /// Takes note of what became of an order.
    mutating func note(_ fill: LiquidationFill, of order: LiquidationOrder) {
        switch fill {
        case .filled(_, _, let time):
            report.slicesFilled += 1
            pools[order.pool]?.tradedUntil = time
        case .refused(let refusal):
            report.slicesRefused += 1
            // The price may come back; everything else is settled.
            guard case .beyondWorstPrice = refusal else { return }
            pools[order.pool]?.waiting.append(order)
        }
    }

    /// The slice to trade next in a pool; nil if there is none, or if this bot may not.
    ///
    /// Asked for one by one, so that a plan that arrives meanwhile is followed at once.
    mutating func nextOrder(of pool: PoolID) -> LiquidationOrder? {
        guard let work = pools[pool], !work.orders.isEmpty, work.claimedUntil > .zero else {
            pools[pool]?.isTrading = false
            return nil
        }
        return pools[pool]?.orders.removeFirst()
    }

    mutating func notePaid(_ deposit: OwnerDeposit) {
        report.deposits += 1
        report.deposited = report.deposited + deposit.value
    }

    mutating func noteUnreadable() { report.unreadable += 1 }

    mutating func note(latency: Duration64) {
        if report.latencies.count < BotReport.latenciesMax { report.latencies.append(latency) }
    }

    private mutating func take(_ signal: Signal) {
        let hadGap = tracker.gap != nil
        let verdict = tracker.take(signal)
        report.count(verdict)
        if verdict == .fresh || verdict == .overtaken { report.count(signal.kind) }
        if !hadGap, tracker.gap != nil { report.gaps += 1 }
        if tracker.gap != nil { askForMissing() }
        if verdict == .fresh { react(to: signal) }
    }

    private mutating func askForMissing() {
        guard let gap = tracker.gap else { return }
        if let asked = replayAskedAt, report.heartbeats < asked + Self.patience { return }
        replayAskedAt = report.heartbeats
        ask(.replayQuery(ReplayQuery(pool: PoolID(0), from: gap.lowerBound, to: gap.upperBound)), .replay)
    }

    private mutating func forgetQuestions() {
        pending.removeAll()
        replayAskedAt = nil
        for pool in pools.keys { pools[pool]?.claimAskedAt = nil }
    }

    private mutating func ask(_ query: Query, _ purpose: Purpose) {
        guard pending.count < Self.pendingMax else { return }
        lastRequest += 1
        let request = RequestID(lastRequest)
        pending[request] = purpose
        errands.append(.ask(request, query))
    }
}

/// What signals mean to do.
extension BotState {
    private mutating func react(to signal: Signal) {
        let previous = pools[signal.pool]
        var work = previous ?? PoolWork(signal: signal)
        work.signal = signal
        // A signal about a moment before this bot's own trade proposes what was done already.
        if signal.eventTime >= work.tradedUntil {
            work.orders = PoolWork.orders(of: signal)
            work.waiting = []
        }
        if signal.state < .liquidating { work.claimedUntil = .zero }
        if signal.state <= .warning { work.hasAskedOwner = false }
        pools[signal.pool] = work
        if signal.kind == .marginCall { acknowledge(signal) }
        remindOwner(signal)
        self.work(signal.pool, at: signal.eventTime)
    }

    /// Trades what the pool's newest signal proposes, or asks whether this bot may.
    private mutating func work(_ pool: PoolID, at time: Timestamp) {
        guard let work = pools[pool], !work.orders.isEmpty else { return }
        guard time < work.claimedUntil else {
            if let asked = work.claimAskedAt, report.heartbeats < asked + Self.patience { return }
            pools[pool]?.claimAskedAt = report.heartbeats
            let signal = work.signal
            let claim = ClaimQuery(
                record: signal.record, pool: pool, ordinal: signal.ordinal, consumer: name, holdFor: claimFor)
            return ask(.claimQuery(claim), .claim(pool))
        }
        guard !work.isTrading else { return }
        pools[pool]?.isTrading = true
        errands.append(.trade(pool))
        acknowledge(work.signal)
    }

    /// Tries again what the price kept from trading, and asks again for what was not answered.
    private mutating func retry(at time: Timestamp) {
        for pool in pools.keys.sorted() {
            pools[pool]?.takeUpWaiting()
            work(pool, at: time)
        }
    }

    private mutating func settle(_ claim: ClaimAnswer, of pool: PoolID) {
        pools[pool]?.claimAskedAt = nil
        guard claim.granted else { return lose(pool) }
        report.claimsGranted += 1
        pools[pool]?.claimedUntil = claim.until
        if let signal = pools[pool]?.signal { work(pool, at: signal.eventTime) }
    }

    /// Leaves a pool to the bot that has it, until the engine proposes something new.
    private mutating func lose(_ pool: PoolID) {
        report.claimsLost += 1
        pools[pool]?.orders = []
        pools[pool]?.waiting = []
    }

    private mutating func acknowledge(_ signal: Signal) {
        ask(
            .acknowledgeQuery(
                AcknowledgeQuery(record: signal.record, pool: signal.pool, ordinal: signal.ordinal, consumer: name)),
            .acknowledgement)
    }

    private mutating func remindOwner(_ signal: Signal) {
        guard OwnerHabit(of: signal.pool).pays(at: signal.state), pools[signal.pool]?.hasAskedOwner == false else {
            return
        }
        pools[signal.pool]?.hasAskedOwner = true
        let deposit = OwnerDeposit(pool: signal.pool, value: OwnerHabit.payment(for: signal))
        let due = report.heartbeats + UInt64(OwnerHabit.delayHeartbeats(of: signal.pool))
        dueDeposits.append((due, deposit))
    }

    /// Lets owners pay whose pools still need it.
    private mutating func payWhatIsDue() {
        let due = dueDeposits.filter { $0.due <= report.heartbeats }
        dueDeposits.removeAll { $0.due <= report.heartbeats }
        for (_, deposit) in due {
            let state = pools[deposit.pool]?.signal.state ?? .healthy
            if state >= .restricted && state <= .liquidating { errands.append(.pay(deposit)) }
        }
    }
}
