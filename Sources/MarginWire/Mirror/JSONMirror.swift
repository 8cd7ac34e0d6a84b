public import MarginDomain

/// The same messages for people and try-outs: one JSON object each.
///
/// ```json
/// {"message":"IndexPrice","source":3,"epoch":1,"firstSequence":17,"sendingTime":"2025-10-10T21:13:05.1Z",
///  "entries":[{"underlying":1,"price":"60000.5","confidence":"1","publishTime":"2025-10-10T21:13:05Z"}]}
/// ```
/// Amounts are decimal strings in human units, durations decimal strings in seconds, times RFC 3339 in UTC,
/// enumerations names, flags `true` and `false`, ids numbers, or strings above 2⁵³. It reads amounts and ids both as
/// strings and as plainly written numbers, keys in any order, and nothing that it would have to round or guess.
///
/// Decimals need the exponents of ``scales``, which it learns from every listing that passes through it.
public struct JSONMirror: Sendable {
    /// The exponents known so far.
    public var scales: Scales

    /// Knowing some exponents.
    public init(scales: Scales = Scales()) { self.scales = scales }

    /// Any message as JSON.
    ///
    /// - Throws: ``WireError/unknownScale(key:owner:)`` where a decimal's instrument or asset has not been listed.
    public mutating func encode(_ message: WireMessage) throws(WireError) -> [UInt8] {
        if case .batch(let batch) = message { return try encode(batch) }
        return try written(message)
    }

    /// Any message from JSON.
    ///
    /// - Throws: what is wrong with the text, and where.
    public mutating func decode(_ text: RawSpan) throws(WireError) -> WireMessage {
        var (kind, fields) = try opened(text)
        let context = MirrorContext(scales: scales)
        let message: WireMessage =
            switch kind.family {
            case .batch: .batch(try EventBatch(kind, from: &fields, context))
            case .query: .query(try Query(kind, from: &fields, context))
            case .recovery: .recovery(try RecoveryMessage(kind, from: &fields, context))
            case .answer: .answer(try Answer(kind, from: &fields, context))
            }
        try fields.finish()
        if case .batch(let batch) = message { scales.learn(batch.events) }
        return message
    }

    /// A batch of events as JSON.
    ///
    /// - Throws: ``WireError/unknownScale(key:owner:)`` where a decimal's instrument or asset has not been listed.
    public mutating func encode(_ batch: EventBatch) throws(WireError) -> [UInt8] {
        let text = try written(.batch(batch))
        scales.learn(batch.events)
        return text
    }

    /// A batch of events from JSON.
    ///
    /// - Throws: what is wrong with the text, and where.
    public mutating func decodeBatch(_ text: RawSpan) throws(WireError) -> EventBatch {
        let message = try decode(text)
        guard case .batch(let batch) = message else { throw .wrongRole(template: message.kind.rawValue) }
        return batch
    }
}

extension JSONMirror {
    /// A published message as JSON.
    ///
    /// - Throws: ``WireError/unknownScale(key:owner:)`` where a decimal's instrument or asset has not been listed.
    public func encode(_ message: OutboundMessage) throws(WireError) -> [UInt8] { try encode(Answer(message)) }

    /// An answer as JSON.
    ///
    /// - Throws: ``WireError/unknownScale(key:owner:)`` where a decimal's instrument or asset has not been listed.
    public func encode(_ answer: Answer) throws(WireError) -> [UInt8] { try written(.answer(answer)) }

    /// A query from JSON.
    ///
    /// - Throws: what is wrong with the text, and where.
    public func decodeQuery(_ text: RawSpan) throws(WireError) -> Query {
        var (kind, fields) = try opened(text)
        let query = try Query(kind, from: &fields, MirrorContext(scales: scales))
        try fields.finish()
        return query
    }

    private func written(_ message: WireMessage) throws(WireError) -> [UInt8] {
        var json = JSONWriter()
        let context = MirrorContext(scales: scales)
        json.openObject()
        json.member("message", text: message.kind.name)
        switch message {
        case .batch(let batch):
            try batch.header.write(to: &json, context)
            try batch.events.write(to: &json, context)
        case .query(let query): try query.write(to: &json, context)
        case .recovery(let message): try message.write(to: &json, context)
        case .answer(let answer): try answer.write(to: &json, context)
        }
        json.closeObject()
        return json.bytes
    }

    /// The message's kind, and its other members.
    private func opened(_ text: RawSpan) throws(WireError) -> (MessageKind, JSONFields) {
        var fields = try JSONFields(try JSONParser.parse(text), key: "message")
        let value = try fields.take("message")
        guard case .text(let name) = value.content else { throw .wrongKind(key: "message", offset: value.offset) }
        guard let kind = MessageKind.allCases.first(where: { $0.name == name }) else {
            throw .unknownName(key: "message", name: name, offset: value.offset)
        }
        return (kind, fields)
    }
}

extension EventBatch {
    init(_ kind: MessageKind, from fields: inout JSONFields, _ context: MirrorContext) throws(WireError) {
        let header = try BatchHeader(from: &fields, context)
        self.init(header: header, events: try EventGroup(kind, from: &fields, context))
    }
}
