import MarginDomain

/// All that the feed knows about one source.
struct SourceEntry {
    let source: SourceID
    var sequencer: SourceSequencer
    /// The endpoint at which it was heard last, and whose publisher is asked; nil if not heard since the start.
    var link: Int?
    /// When it was heard last, in listening time.
    var lastHeard: Timestamp
    var lastSendingTime: Timestamp
    var isSilent: Bool
    /// What the log says about it; nil if this start has said nothing yet.
    var announced: SilenceReason?
    /// Requests in a row that did not help.
    var fruitlessCount = 0
    /// No request before this time.
    var pausedUntil = Timestamp.zero

    /// How it stands: a gap weighs more than silence, which a gap will outlast.
    var condition: SilenceReason {
        if !sequencer.isWhole { return .gap }
        return isSilent ? .heartbeatMissed : .resumed
    }

    /// For heartbeats and metrics.
    func state(at time: Timestamp) -> SourceState {
        let status: PriceStatus =
            switch condition {
            case .resumed: .trusted
            case .heartbeatMissed: .stale
            case .gap: .untrusted
            }
        return SourceState(
            source: source, epoch: sequencer.epoch, lastSequence: sequencer.lastSequence,
            age: max(time - lastSendingTime, .zero), status: status)
    }
}
