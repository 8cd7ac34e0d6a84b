import MarginDomain

/// The rules of a liquidation bot, without sockets: signals and answers in, errands out.
///
/// ```
///  plan ──▶ claim ──granted──▶ slices ──▶ acknowledge
///            │ lost: leave it to the other bot
///            │ not offered: work without
///            ▼
///  call ──▶ acknowledge, and perhaps the owner pays in
/// ```
struct BotState {
    /// Questions that may wait for an answer; beyond that acknowledgements are left out.
    private static let pendingMax = 4096
    /// Heartbeats after which a replay that was not answered is asked for again: two seconds.
    private static let replayPatience = 8

    /// Why something was asked.
    private enum Purpose {
        case replay
        case claim(PoolID)
        case acknowledgement
    }

    private(set) var report = BotReport()
    /// What the shell is to do, in order; it takes them away.
    var errands: [BotErrand] = []
    private var tracker = SignalTracker()
    private var pools: [PoolID: PoolWork] = [:]
    private var pending: [RequestID: Purpose] = [:]
    private var lastRequest: UInt64 = 0
    private var dueDeposits: [(due: UInt64, deposit: OwnerDeposit)] = []
    private var replayAskedAt: UInt64?
    /// Whether the engine knows claims; an older one refuses, and the only bot needs none.
    private var offersClaims = true
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
            guard tracker.hear(heartbeat) else { return }
            askForMissing()
            payWhatIsDue()
            retry()
        case .poolState, .accountGreeks, .liquidationMap: break
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
            if claim.granted { report.claimsGranted += 1 } else { report.claimsLost += 1 }
            work(pool, isClaimed: claim.granted)
            return
        case (.queryError, .claim(let pool)):
            report.refusedQueries += 1
            offersClaims = false
            work(pool, isClaimed: true)
        case (.queryError, _): report.refusedQueries += 1
        default: guard case .queryDone = answer else { return }
        }
        pending[request] = nil
        if case .replay = purpose { replayAskedAt = nil }
    }

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
            pools[order.pool]?.orders.append(order)
        }
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
        if let asked = replayAskedAt, report.heartbeats < asked + UInt64(Self.replayPatience) { return }
        replayAskedAt = report.heartbeats
        ask(.replayQuery(ReplayQuery(pool: PoolID(0), from: gap.lowerBound, to: gap.upperBound)), .replay)
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
        if signal.eventTime >= work.tradedUntil { work.orders = PoolWork.orders(of: signal) }
        if signal.state < .liquidating { work.isClaimed = false }
        if signal.state <= .warning { work.hasAskedOwner = false }
        pools[signal.pool] = work
        if signal.kind == .marginCall { acknowledge(signal) }
        remindOwner(signal)
        guard !work.orders.isEmpty else { return }
        if work.isClaimed || !offersClaims { return self.work(signal.pool, isClaimed: true) }
        ask(
            .claimQuery(
                ClaimQuery(
                    record: signal.record, pool: signal.pool, ordinal: signal.ordinal, consumer: name,
                    holdFor: claimFor)), .claim(signal.pool))
    }

    /// Trades what the pool's newest signal proposes, if this bot may.
    private mutating func work(_ pool: PoolID, isClaimed: Bool) {
        guard var work = pools[pool], !work.orders.isEmpty else { return }
        work.isClaimed = isClaimed
        let orders = work.orders
        work.orders = []
        pools[pool] = work
        guard isClaimed else { return }
        errands.append(.trade(orders))
        acknowledge(work.signal)
    }

    /// Tries the slices again that the price kept from trading.
    private mutating func retry() {
        for pool in pools.keys.sorted() where pools[pool]?.isClaimed == true { work(pool, isClaimed: true) }
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
