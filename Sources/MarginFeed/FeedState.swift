import MarginDomain

/// The feed's rules, without sockets or clocks: messages and times go in, batches for the log come out.
///
/// Per source a ``SourceSequencer`` keeps the order; per endpoint a ``RecoveryDesk`` asks for what is missing. When
/// the trust in a source changes, the log is told by a record of the engine's own, before the next batch.
struct FeedState {
    let configuration: FeedConfiguration
    var counters = FeedCounters()
    /// In order of first hearing.
    var entries: [SourceEntry] = []
    var places: [SourceID: Int] = [:]
    var desks: [RecoveryDesk]
    var engineSource: EngineSource
    var listening: ListeningTime
    /// The latest sending time of any source: the engine's time as far as batches decide it.
    var time: Timestamp
    var nextReport = Timestamp.zero

    /// Takes up where the log ended. Sources that the log knows are silent until heard.
    init(_ configuration: FeedConfiguration, from start: FeedStart) {
        self.configuration = configuration
        desks = configuration.endpoints.map { _ in RecoveryDesk(patience: configuration.recoveryPatience) }
        engineSource = EngineSource(epoch: start.epoch)
        listening = ListeningTime(deadline: configuration.heartbeatDeadline)
        time = start.time
        for position in start.positions {
            let sequencer = SourceSequencer(resuming: position.epoch, after: position.lastSequence)
            add(
                SourceEntry(
                    source: position.source, sequencer: sequencer, link: nil, lastHeard: .zero,
                    lastSendingTime: start.time, isSilent: true, announced: nil))
        }
    }

    /// Takes a batch that an endpoint's subscriber received.
    mutating func receive(_ batch: EventBatch, on link: Int, into effects: inout FeedEffects) {
        take(batch, via: .live, on: link, into: &effects)
    }

    /// Takes events of another stage into the engine's own stream.
    mutating func inject(_ events: EventGroup, into effects: inout FeedEffects) {
        counters.injected += 1
        effects.batches.append(engineSource.batch(of: events, at: time))
    }

    /// Refuses a message, keeping it where someone can look.
    mutating func refuse(
        _ refusal: FeedRefusal, topic: String, body: [UInt8], origin: String, into effects: inout FeedEffects
    ) {
        counters.refused += 1
        effects.letters.append(
            DeadLetter(
                origin: origin, topic: topic, reason: refusal.description, body: body, bodyLength: body.count))
    }

    /// Counts what is handed on; called once per step.
    mutating func account(for effects: FeedEffects) {
        counters.batches += UInt64(effects.batches.count)
        for batch in effects.batches { counters.events += UInt64(batch.events.count) }
    }

    /// How the sources stand.
    func report() -> FeedReport {
        let sources = entries.sorted { $0.source < $1.source }.map { $0.state(at: time) }
        return FeedReport(sources: sources, counters: counters)
    }
}

extension FeedState {
    mutating func take(
        _ batch: EventBatch, via channel: SourceSequencer.Channel, on link: Int, into effects: inout FeedEffects
    ) {
        let place = place(of: batch.header)
        let first = effects.batches.count
        // What was asked for tells nothing about whether the source still speaks by itself.
        if channel == .live { hear(batch.header, at: place, on: link) }
        if batch.events.kind == .sourceHeartbeat {
            counters.heartbeats += 1
            if !entries[place].sequencer.hear(batch.header) { counters.fenced += 1 }
        } else {
            let verdict = entries[place].sequencer.take(batch, via: channel, into: &effects.batches)
            count(verdict)
            if verdict == .contradiction { contradict(batch, into: &effects) }
        }
        advanceTime(over: effects.batches[first...])
        announce(place, into: &effects)
    }

    /// Moves time to that of what is released.
    mutating func advanceTime(over released: ArraySlice<EventBatch>) {
        for batch in released { time = max(time, batch.header.sendingTime) }
    }

    /// Tells the log how a source stands, if that is news.
    mutating func announce(_ place: Int, into effects: inout FeedEffects) {
        let entry = entries[place]
        let condition = entry.condition
        guard condition != entry.announced else { return }
        if condition == .gap { counters.gaps += 1 }
        if condition == .heartbeatMissed { counters.silences += 1 }
        entries[place].announced = condition
        let event = SourceSilent(
            subject: entry.source, subjectEpoch: entry.sequencer.epoch, lastSequence: entry.sequencer.lastSequence,
            reason: condition)
        effects.batches.append(engineSource.batch(of: .sourceSilent([event]), at: time))
        effects.needsReport = true
    }

    private mutating func hear(_ header: BatchHeader, at place: Int, on link: Int) {
        guard header.epoch >= entries[place].sequencer.epoch else { return }
        entries[place].link = link
        entries[place].lastHeard = listening.now
        entries[place].isSilent = false
        entries[place].lastSendingTime = max(entries[place].lastSendingTime, header.sendingTime)
    }

    private mutating func place(of header: BatchHeader) -> Int {
        if let place = places[header.source] { return place }
        return add(
            SourceEntry(
                source: header.source, sequencer: SourceSequencer(firstHeard: header), link: nil,
                lastHeard: listening.now, lastSendingTime: header.sendingTime, isSilent: false, announced: .resumed))
    }

    @discardableResult
    private mutating func add(_ entry: SourceEntry) -> Int {
        entries.append(entry)
        places[entry.source] = entries.count - 1
        return entries.count - 1
    }

    private mutating func count(_ verdict: SourceSequencer.Verdict) {
        switch verdict {
        case .released: break
        case .overlapped: counters.overlaps += 1
        case .duplicate: counters.duplicates += 1
        case .buffered: counters.buffered += 1
        case .fenced: counters.fenced += 1
        // Counted where it is refused.
        case .contradiction: break
        }
    }

    private mutating func contradict(_ batch: EventBatch, into effects: inout FeedEffects) {
        let refusal = FeedRefusal.contradiction(batch.header.source, batch.header.firstSequence)
        refuse(
            refusal, topic: batch.events.kind.topicPrefix, body: [], origin: "source \(batch.header.source)",
            into: &effects)
    }
}
