import MarginDomain
import MarginWire

/// The publisher's rules, without sockets or clocks: inputs and questions go in, messages and answers come out.
struct PublisherState {
    let configuration: PublisherConfiguration
    private let log: LogID
    let epoch: Epoch
    private(set) var record: RecordNumber
    private(set) var time: Timestamp
    private var mode: EngineMode
    private var sources: [SourceState] = []
    private var deadLetters: UInt64 = 0

    var outbox: Outbox
    var board: StateBoard
    var claims = ClaimBook()
    var waitingClaims = WaitingClaims()
    var tickets: TicketBook
    var answering: [Answering] = []
    /// Reads and writes JSON, with the exponents that listings announced.
    var mirror: JSONMirror
    var counters = PublisherCounters()
    /// States in order of arrival, not yet numbered.
    private var states: [Unnumbered] = []

    private enum Unnumbered {
        case pool(PoolState)
        case account(AccountGreeks)
        case map(LiquidationMap)
        case parameters(ParameterState)
    }

    init(_ configuration: PublisherConfiguration, from start: PublisherStart) {
        self.configuration = configuration
        log = start.log
        epoch = start.epoch
        record = start.record
        time = start.time
        mode = start.mode
        outbox = Outbox(
            epoch: start.epoch, after: start.lastOmitted, capacity: configuration.retainedSignalsMax)
        outbox.recover(start.signals, sendFrom: start.sendFrom)
        board = StateBoard(epoch: start.epoch)
        for event in start.acknowledged { claims.note(event, in: .start) }
        tickets = TicketBook(capacity: configuration.openQueriesMax)
        mirror = JSONMirror(scales: start.scales)
        states = start.parameters.map { .parameters($0) }
    }

    /// Takes what another stage hands over.
    mutating func take(_ input: PublisherInput, now: ContinuousClock.Instant) {
        switch input {
        case .batch(let batch):
            record = max(record, batch.upTo)
            time = max(time, batch.eventTime)
            outbox.take(batch.signals)
            for state in batch.parameterStates { states.append(.parameters(state)) }
            for state in batch.poolStates { states.append(.pool(state)) }
            for greeks in batch.accountGreeks { states.append(.account(greeks)) }
        case .map(let map): states.append(.map(map))
        case .listings(let events): mirror.scales.learn(events)
        case .inbound(let sources, let deadLetters): (self.sources, self.deadLetters) = (sources, deadLetters)
        case .mode(let mode): self.mode = mode
        case .reply(let reply): take(reply, now: now)
        case .acknowledged(let events, let record):
            for event in events {
                claims.note(event, in: record)
                waitingClaims.note(event, in: record)
            }
        }
    }

    /// Hands out what may leave on the signals sockets now.
    mutating func nextSignal(committed: RecordNumber) -> OutboundMessage? {
        guard let signal = outbox.release(committed: committed) else { return nil }
        counters.signals += 1
        return .signal(signal)
    }

    /// Whether the log's progress has set something free: a signal, or the answer to a claim.
    func isAwaited(committed: RecordNumber) -> Bool {
        outbox.canRelease(committed: committed) || waitingClaims.canSettle(committed: committed)
    }

    /// Numbers and hands out everything that leaves on the state sockets.
    mutating func takeStates(committed: RecordNumber) -> [OutboundMessage] {
        var messages: [OutboundMessage] = []
        messages.reserveCapacity(states.count)
        for state in states {
            switch state {
            case .pool(let state): messages.append(board.number(state, committed: committed))
            case .account(let greeks): messages.append(board.number(greeks, committed: committed))
            case .map(let map): messages.append(board.number(map))
            case .parameters(let state): messages.append(board.number(state, committed: committed))
            }
        }
        states.removeAll(keepingCapacity: true)
        counters.states += UInt64(messages.count)
        return messages
    }

    /// What the publisher says of itself, so that silence and lost tails show.
    func heartbeat(committed: RecordNumber) -> Heartbeat {
        Heartbeat(
            log: log, epoch: epoch, record: record, committedRecord: committed, time: time, mode: mode,
            signalNo: outbox.lastSent, stateNo: board.last, deadLetters: deadLetters, sources: sources)
    }
}
