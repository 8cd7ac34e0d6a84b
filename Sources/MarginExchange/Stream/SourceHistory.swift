import MarginDomain

/// What one source has sent, kept so that it can be sent again.
///
/// A *replay* is the messages themselves. A *snapshot* is what a newcomer needs: ledger and reference messages all
/// count; of prices the latest of each subject does, so that old ones may be forgotten.
struct SourceHistory: Sendable {
    /// What a price message speaks of: a later one of the same subject replaces it.
    private struct Subject: Hashable {
        let kind: MessageKind
        let first: UInt32
    }

    /// Messages that can be replayed, per source.
    static let replayableMax = 65_536

    private var messages: [BusMessage] = []
    private var latest: [Subject: BusMessage] = [:]
    /// Numbers below this are forgotten.
    private var forgottenBefore = SequenceNumber(1)
    /// Whether something was forgotten that nothing replaces.
    private var hasLost = false
    private(set) var next = SequenceNumber(1)
    private(set) var lastTime = Timestamp.zero

    /// Keeps a message that was just numbered.
    mutating func keep(_ message: BusMessage) {
        next = message.endSequence
        lastTime = message.batch.header.sendingTime
        if let subject = Self.subject(of: message.batch.events) { latest[subject] = message }
        messages.append(message)
        // Forgetting in blocks keeps the cost of shifting an array small.
        if messages.count >= 2 * Self.replayableMax { forget(Self.replayableMax) }
    }

    /// Takes note that the source spoke without sending anything.
    mutating func noteHeartbeat(at time: Timestamp) { lastTime = time }

    /// The messages that hold the numbers of a range, and whether they hold all of it.
    func replay(from: SequenceNumber, to: SequenceNumber) -> (messages: [BusMessage], isComplete: Bool) {
        let found = messages.drop { $0.endSequence <= from }.prefix { $0.batch.header.firstSequence <= to }
        return (Array(found), from >= forgottenBefore && to < next)
    }

    /// What stands for everything sent so far, ascending with holes, and whether it is all there.
    func snapshot() -> (messages: [BusMessage], isComplete: Bool) {
        (messages.filter { !isReplaced($0) }, !hasLost)
    }

    private mutating func forget(_ count: Int) {
        for message in messages.prefix(count) where !isReplaced(message) { hasLost = true }
        messages.removeFirst(count)
        forgottenBefore = messages[0].batch.header.firstSequence
    }

    private func isReplaced(_ message: BusMessage) -> Bool {
        guard let subject = Self.subject(of: message.batch.events), let latest = latest[subject] else { return false }
        return latest.batch.header.firstSequence > message.batch.header.firstSequence
    }

    /// The exchange sends the same set of instruments, expiries or strikes together, so the first entry names the set.
    private static func subject(of events: EventGroup) -> Subject? {
        switch events {
        case .indexPrice(let entries): entries.first.map { Subject(kind: .indexPrice, first: $0.underlying.rawValue) }
        case .markPrice(let entries): entries.first.map { Subject(kind: .markPrice, first: $0.instrument.rawValue) }
        case .forwardPoint(let entries):
            entries.first.map { Subject(kind: .forwardPoint, first: $0.underlying.rawValue) }
        case .volatilityPoint(let entries):
            entries.first.map { Subject(kind: .volatilityPoint, first: $0.underlying.rawValue) }
        case .collateralPrice(let entries):
            entries.first.map { Subject(kind: .collateralPrice, first: $0.asset.rawValue) }
        default: nil
        }
    }
}

extension BusMessage {
    /// The number that follows the last entry.
    var endSequence: SequenceNumber { batch.header.firstSequence.advanced(by: batch.events.count) }
}
