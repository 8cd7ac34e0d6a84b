import MarginDomain
import MarginWire

/// Turns frames into batches, or says why not: everything that can be known about a message by itself.
///
/// What is refused here never happened as far as sequence numbers go: the gap that it leaves is asked for again,
/// so that a message that was refused only for being early is taken in the end.
struct FrameIntake {
    /// Reads the JSON endpoints, with the exponents that listings announced.
    private var mirror: JSONMirror
    private let futureTolerance: Duration64?

    init(scales: Scales, futureTolerance: Duration64?) {
        mirror = JSONMirror(scales: scales)
        self.futureTolerance = futureTolerance
    }

    /// What a topic and body mean.
    ///
    /// - Parameter wall: the time of day, for the check of time stamps.
    mutating func batch(
        topic: RawSpan, body: RawSpan, _ encoding: FeedEncoding, wall: Timestamp
    ) throws(FeedRefusal) -> EventBatch {
        let batch: EventBatch
        do throws(WireError) {
            switch encoding {
            case .sbe: batch = try SBEDecoder.decodeBatch(body)
            case .json: batch = try mirror.decodeBatch(body)
            }
        } catch {
            throw .body(error)
        }
        try batch.checkTopic(topic)
        try batch.checkHeader()
        if let futureTolerance { try batch.checkTimes(latest: wall + futureTolerance, wall: wall) }
        return batch
    }

    /// What a publisher's ROUTER says beside events.
    mutating func recovery(body: RawSpan, _ encoding: FeedEncoding) throws(FeedRefusal) -> RecoveryMessage {
        do throws(WireError) {
            switch encoding {
            case .sbe: return try SBEDecoder.decodeRecovery(body)
            case .json:
                let message = try mirror.decode(body)
                guard case .recovery(let recovery) = message else {
                    throw .wrongRole(template: message.kind.rawValue)
                }
                return recovery
            }
        } catch {
            throw .body(error)
        }
    }

    /// A question to a publisher, in its encoding.
    mutating func written(_ question: RecoveryMessage, _ encoding: FeedEncoding) -> [UInt8] {
        do throws(WireError) {
            switch encoding {
            case .sbe:
                var encoder = SBEEncoder()
                try encoder.encode(question)
                return encoder.frame
            case .json: return try mirror.encode(.recovery(question))
            }
        } catch {
            preconditionFailure("A question is a few numbers, none of which can fail to be written: \(error)")
        }
    }

    /// Remembers the exponents of listings that came in SBE.
    mutating func learn(_ events: EventGroup) { mirror.scales.learn(events) }
}
