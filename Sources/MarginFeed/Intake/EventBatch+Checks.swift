import MarginDomain

extension EventBatch {
    /// Whether the topic is one that this message travels under.
    func checkTopic(_ topic: RawSpan) throws(FeedRefusal) {
        let kind = events.kind
        guard topic.begins(with: kind.topicPrefix), topic.byte(at: topic.byteCount - 1) == UInt8(ascii: ".") else {
            throw .topic(kind)
        }
    }

    /// Whether the header can stand for a place in a source's stream.
    func checkHeader() throws(FeedRefusal) {
        let kind = events.kind
        if kind == .sourceSilent || kind == .signalAcknowledged { throw .reservedKind(kind) }
        guard header.source != .engine else { throw .reservedSource }
        // Below 2^63 no sum with an entry count overflows.
        guard (1..<(1 << 63)).contains(header.firstSequence.rawValue) else { throw .sequence(header.firstSequence) }
        guard events.count > 0 || kind == .sourceHeartbeat else { throw .noEntries(kind) }
    }

    /// Whether any time that would move the engine's own is too far ahead.
    func checkTimes(latest: Timestamp, wall: Timestamp) throws(FeedRefusal) {
        guard header.sendingTime <= latest else {
            throw .fromTheFuture(field: "sendingTime", ahead: header.sendingTime - wall)
        }
        guard case .clock(let entries) = events else { return }
        for entry in entries where entry.time > latest {
            throw .fromTheFuture(field: "time", ahead: entry.time - wall)
        }
    }
}
