import MarginDomain

/// Builders of the messages that the tests send.
enum Sample {
    static let source = SourceID(7)

    /// Clock events: the entry with sequence number n says the time n.
    static func batch(
        _ first: UInt64, count: Int = 1, source: SourceID = source, epoch: UInt32 = 1, sendingTime: Int64? = nil
    ) -> EventBatch {
        let times = (0..<count).map { Clock(time: Timestamp(Int64(first) + Int64($0))) }
        return EventBatch(
            header: header(first, source: source, epoch: epoch, sendingTime: sendingTime ?? Int64(first)),
            events: .clock(times))
    }

    /// A heartbeat that announces `next`.
    static func heartbeat(next: UInt64, source: SourceID = source, epoch: UInt32 = 1) -> EventBatch {
        EventBatch(
            header: header(next, source: source, epoch: epoch), events: .sourceHeartbeat([]))
    }

    static func header(
        _ first: UInt64, source: SourceID = source, epoch: UInt32 = 1, sendingTime: Int64 = 0
    ) -> BatchHeader {
        BatchHeader(
            source: source, epoch: Epoch(epoch), firstSequence: SequenceNumber(first),
            sendingTime: Timestamp(sendingTime))
    }

    static func asset(_ id: UInt32) -> AssetListed {
        AssetListed(
            asset: AssetID(id), symbol: Symbol("COIN") ?? .empty, moneyExponent: Exponent(-8),
            priceExponent: Exponent(-2), isNumeraire: false, isStablecoin: false, hasIndex: true)
    }
}

extension EventBatch {
    /// The sequence numbers of its entries.
    var numbers: [UInt64] { (0..<UInt64(events.count)).map { header.firstSequence.rawValue + $0 } }

    /// Why a source is reported silent, if that is what it says.
    var silence: SourceSilent? {
        guard case .sourceSilent(let entries) = events else { return nil }
        return entries.first
    }
}

extension [EventBatch] {
    /// The sequence numbers of one source's entries, in order.
    func numbers(of source: SourceID = Sample.source) -> [UInt64] {
        filter { $0.header.source == source }.flatMap { $0.numbers }
    }

    /// What the engine's own records say about sources, in order.
    var reasons: [SilenceReason] { compactMap { $0.silence?.reason } }
}
