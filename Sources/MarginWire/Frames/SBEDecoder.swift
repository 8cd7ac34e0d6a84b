public import MarginDomain

/// Reads SBE frames into messages.
///
/// A frame is accepted only if encoding its message gives the same bytes again. To look at a frame without copying
/// it, open it with ``BatchFrame``, ``RootFrame`` or the frame of its message.
public enum SBEDecoder {
    /// The events of an inbound frame.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decodeBatch(_ frame: RawSpan) throws(WireError) -> EventBatch {
        try batch(frame, try FrameHeader(reading: frame).kind())
    }

    /// A query's frame.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decodeQuery(_ frame: RawSpan) throws(WireError) -> Query {
        try Query(frame, try FrameHeader(reading: frame).kind())
    }

    /// The frame of an answer or of a published message.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decodeAnswer(_ frame: RawSpan) throws(WireError) -> Answer {
        try Answer(frame, try FrameHeader(reading: frame).kind())
    }

    /// A published message's frame.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decodeOutbound(_ frame: RawSpan) throws(WireError) -> OutboundMessage {
        let answer = try decodeAnswer(frame)
        guard let message = OutboundMessage(answer) else { throw .wrongRole(template: answer.kind.rawValue) }
        return message
    }

    /// A frame between a subscriber and its publisher.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decodeRecovery(_ frame: RawSpan) throws(WireError) -> RecoveryMessage {
        try RecoveryMessage(frame, try FrameHeader(reading: frame).kind())
    }

    /// Any frame.
    ///
    /// - Throws: what is wrong with it, and where.
    public static func decode(_ frame: RawSpan) throws(WireError) -> WireMessage {
        let kind = try FrameHeader(reading: frame).kind()
        return switch kind.family {
        case .batch: .batch(try batch(frame, kind))
        case .query: .query(try Query(frame, kind))
        case .recovery: .recovery(try RecoveryMessage(frame, kind))
        case .answer: .answer(try Answer(frame, kind))
        }
    }
}
