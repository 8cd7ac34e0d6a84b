import MarginDomain

/// Puts one source's messages in order, each number once: what reaches the log is contiguous within an epoch.
///
/// ```
///  live ─────▶ next? ──yes──▶ released, and with it what waited behind it
///               │ no: a gap
///               ▼
///            GapBuffer ◀── replay fills the gap · a snapshot steps over it
/// ```
/// A *replay* is the missing messages themselves. A *snapshot* is the source's history with superseded messages left
/// out: ascending numbers with holes, complete up to the number that its end names. Both pass through here like live
/// messages, so that nothing is taken twice whatever overlaps.
struct SourceSequencer {
    /// How a message came.
    enum Channel { case live, replay, snapshot }

    /// What became of a message.
    enum Verdict { case released, overlapped, duplicate, buffered, contradiction, fenced }

    /// What would make the source whole.
    enum Need: Equatable {
        case replay(from: SequenceNumber, to: SequenceNumber)
        case snapshot
    }

    /// The incarnation it follows.
    private(set) var epoch: Epoch
    /// The first number not released.
    private(set) var next: SequenceNumber
    /// The first number not known to have been sent: from messages and heartbeats.
    private(set) var end: SequenceNumber
    /// Whether only a snapshot can make it whole.
    private(set) var awaitsSnapshot: Bool
    private var buffer: GapBuffer

    /// One heard for the first time; its beginning must be had first.
    init(firstHeard header: BatchHeader, buffer: GapBuffer = GapBuffer()) {
        (epoch, next, end) = (header.epoch, .first, .first)
        awaitsSnapshot = header.firstSequence > .first
        self.buffer = buffer
    }

    /// One whose messages up to `lastSequence` are in the log.
    init(resuming epoch: Epoch, after lastSequence: SequenceNumber, buffer: GapBuffer = GapBuffer()) {
        self.epoch = epoch
        next = lastSequence.advanced(by: 1)
        end = next
        awaitsSnapshot = false
        self.buffer = buffer
    }

    /// Whether everything known to have been sent was released.
    var isWhole: Bool { !awaitsSnapshot && next >= end }

    /// The last number released; 0 if none.
    var lastSequence: SequenceNumber { SequenceNumber(next.rawValue - 1) }

    /// Messages that wait for a gap to close.
    var bufferedCount: Int { buffer.count }

    /// What to ask for, at most `spanMax` numbers at a time; nil if whole.
    func need(spanMax: Int) -> Need? {
        if awaitsSnapshot { return .snapshot }
        guard next < end else { return nil }
        let gapEnd = min(buffer.firstSequence ?? end, end, next.advanced(by: spanMax))
        return .replay(from: next, to: SequenceNumber(gapEnd.rawValue - 1))
    }

    /// Takes a message, and releases what is in order now.
    mutating func take(_ batch: EventBatch, via channel: Channel, into released: inout [EventBatch]) -> Verdict {
        guard batch.header.epoch >= epoch else { return .fenced }
        if batch.header.epoch > epoch { begin(batch.header.epoch) }
        guard batch.endSequence > next else { return .duplicate }
        end = max(end, batch.endSequence)

        let closesGap = batch.header.firstSequence <= next && (channel != .live || !awaitsSnapshot)
        guard closesGap || channel == .snapshot else { return wait(batch) }
        let isOverlapping = batch.header.firstSequence < next
        released.append(batch.tail(from: next))
        next = batch.endSequence
        if !awaitsSnapshot { buffer.drain(from: &next, into: &released) }
        return isOverlapping ? .overlapped : .released
    }

    /// Takes note of the next number that the source will send.
    ///
    /// - Returns: false if the heartbeat is of an earlier incarnation.
    mutating func hear(_ heartbeat: BatchHeader) -> Bool {
        guard heartbeat.epoch >= epoch else { return false }
        if heartbeat.epoch > epoch { begin(heartbeat.epoch) }
        end = max(end, heartbeat.firstSequence)
        return true
    }

    /// No replay can fill the gap.
    mutating func requireSnapshot() { awaitsSnapshot = true }

    /// A snapshot is complete up to `sequence`: what it left out is superseded.
    ///
    /// The publisher's word on how far it has sent replaces all earlier hearsay; the next heartbeat corrects it
    /// upwards.
    mutating func step(to sequence: SequenceNumber, in epoch: Epoch, into released: inout [EventBatch]) {
        guard epoch >= self.epoch else { return }
        if epoch > self.epoch { begin(epoch) }
        next = max(next, sequence)
        end = max(next, buffer.endSequence ?? next)
        awaitsSnapshot = false
        buffer.drain(from: &next, into: &released)
    }

    /// The publisher came back as another incarnation. What changed while it was away only a snapshot tells.
    private mutating func begin(_ epoch: Epoch) {
        self.epoch = epoch
        (next, end) = (.first, .first)
        awaitsSnapshot = true
        buffer.removeAll()
    }

    private mutating func wait(_ batch: EventBatch) -> Verdict {
        switch buffer.insert(batch) {
        case .stored: return .buffered
        case .duplicate: return .duplicate
        case .contradiction: return .contradiction
        case .full:
            // Too much is missing to be replayed. The newest messages wait instead of the oldest: the snapshot will
            // reach further.
            buffer.removeAll()
            awaitsSnapshot = true
            _ = buffer.insert(batch)
            return .buffered
        }
    }
}

extension SequenceNumber {
    /// Where every epoch of a source begins.
    static let first = SequenceNumber(1)
}
