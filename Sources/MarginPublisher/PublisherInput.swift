public import MarginDomain

/// What other stages hand to the publisher.
public enum PublisherInput: Equatable, Sendable {
    /// What the engine found: signals in order of their numbers, and states.
    case batch(SignalBatch)
    /// What would liquidate at each price.
    case map(LiquidationMap)
    /// Listings, for the decimals of the JSON mirror; other events teach nothing.
    case listings(EventGroup)
    /// How the inbound side stands.
    case inbound(sources: [SourceState], deadLetters: UInt64)
    /// What the engine does with what it finds.
    case mode(EngineMode)
    /// The answer to a ticket.
    case reply(QueryReply)
    /// Claims and acknowledgements that became a record.
    case acknowledged([SignalAcknowledged], record: RecordNumber)
}
