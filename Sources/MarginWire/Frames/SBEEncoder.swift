public import MarginDomain

/// Writes messages as SBE frames into a buffer that it keeps, so that encoding allocates nothing once it is warm.
///
/// ```swift
/// var encoder = SBEEncoder()
/// try encoder.encode(batch)
/// socket.send(encoder.frame)
/// ```
/// What it throws is the same for every message: ``WireError/groupTooLarge(_:count:)``,
/// ``WireError/frameTooLong(found:)``, ``WireError/textNotPlain(_:)`` or an exponent's
/// ``WireError/valueOutOfRange(_:value:)``.
public struct SBEEncoder: Sendable {
    /// The last message's bytes; meaningless after an error.
    public private(set) var frame: [UInt8] = []
    private var template: UInt16 = 0

    /// With an empty buffer.
    public init() {}

    /// Replaces ``frame`` by a batch of events.
    public mutating func encode(_ batch: EventBatch) throws(WireError) {
        try begin(batch.events.kind, batch.header)
        try batch.events.encode(to: &self)
        try finish()
    }

    /// Replaces ``frame`` by a message that the engine publishes.
    public mutating func encode(_ message: OutboundMessage) throws(WireError) {
        try encode(Answer(message))
    }

    /// Replaces ``frame`` by an answer.
    public mutating func encode(_ answer: Answer) throws(WireError) {
        try answer.encode(to: &self)
        try finish()
    }

    /// Replaces ``frame`` by a query.
    public mutating func encode(_ query: Query) throws(WireError) {
        try query.encode(to: &self)
        try finish()
    }

    /// Replaces ``frame`` by a message between a subscriber and its publisher.
    public mutating func encode(_ message: RecoveryMessage) throws(WireError) {
        try message.encode(to: &self)
        try finish()
    }

    /// Replaces ``frame`` by any message.
    public mutating func encode(_ message: WireMessage) throws(WireError) {
        switch message {
        case .batch(let batch): try encode(batch)
        case .query(let query): try encode(query)
        case .recovery(let message): try encode(message)
        case .answer(let answer): try encode(answer)
        }
    }

    private func finish() throws(WireError) {
        guard frame.count <= EngineLimits.frameBytesMax else { throw .frameTooLong(found: frame.count) }
    }
}

extension SBEEncoder {
    /// Starts a frame with its header and root block.
    mutating func begin<Root: WireBlock>(_ kind: MessageKind, _ root: Root) throws(WireError) {
        template = kind.rawValue
        frame.removeAll(keepingCapacity: true)
        append(UInt16(Root.blockLength))
        append(template)
        append(SchemaEdition.id)
        append(SchemaEdition.version)
        let place = BlockPlace(template: template, offset: frame.count)
        appendZeros(Root.blockLength)
        try frame.store(root, place)
    }

    /// Appends a group with its dimensions.
    mutating func append<Entry: WireBlock>(_ entries: [Entry], _ group: StaticString) throws(WireError) {
        guard entries.count <= EngineLimits.groupEntriesMax else {
            let place = WirePlace(template: template, field: group.description, offset: frame.count)
            throw .groupTooLarge(place, count: entries.count)
        }
        append(UInt16(Entry.blockLength))
        append(UInt16(entries.count))
        let place = BlockPlace(template: template, offset: frame.count)
        appendZeros(entries.count * Entry.blockLength)
        try frame.store(entries, place)
    }

    private mutating func append(_ number: UInt16) {
        frame.append(UInt8(truncatingIfNeeded: number))
        frame.append(UInt8(truncatingIfNeeded: number >> 8))
    }

    private mutating func appendZeros(_ count: Int) {
        frame.append(contentsOf: repeatElement(0, count: count))
    }
}
