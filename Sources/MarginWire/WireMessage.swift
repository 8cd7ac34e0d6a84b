public import MarginDomain

/// Any message of the bus.
public enum WireMessage: Equatable, Sendable {
    /// Events, inbound.
    case batch(EventBatch)
    /// A question to the engine.
    case query(Query)
    /// A question to a publisher, or the end of its answer.
    case recovery(RecoveryMessage)
    /// What the engine publishes or answers.
    case answer(Answer)

    /// Which message it is.
    public var kind: MessageKind {
        switch self {
        case .batch(let batch): batch.events.kind
        case .query(let query): query.kind
        case .recovery(let message): message.kind
        case .answer(let answer): answer.kind
        }
    }
}

extension Answer {
    /// A published message as the answer to a query.
    public init(_ message: OutboundMessage) {
        switch message {
        case .signal(let signal): self = .signal(signal)
        case .poolState(let state): self = .poolState(state)
        case .accountGreeks(let greeks): self = .accountGreeks(greeks)
        case .liquidationMap(let map): self = .liquidationMap(map)
        case .parameterState(let state): self = .parameterState(state)
        case .heartbeat(let heartbeat): self = .heartbeat(heartbeat)
        }
    }
}

extension OutboundMessage {
    /// The published message that answers a query; nil for answers that are never published.
    public init?(_ answer: Answer) {
        switch answer {
        case .signal(let signal): self = .signal(signal)
        case .poolState(let state): self = .poolState(state)
        case .accountGreeks(let greeks): self = .accountGreeks(greeks)
        case .liquidationMap(let map): self = .liquidationMap(map)
        case .parameterState(let state): self = .parameterState(state)
        case .heartbeat(let heartbeat): self = .heartbeat(heartbeat)
        default: return nil
        }
    }
}

/// How a message is read and written: events, questions and answers have codecs of their own.
enum MessageFamily { case batch, query, recovery, answer }
