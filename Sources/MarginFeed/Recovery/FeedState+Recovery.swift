import MarginDomain

/// Asking for what was missed.
extension FeedState {
    /// Takes a batch that a publisher's ROUTER sent.
    mutating func receiveAnswer(
        _ batch: EventBatch, on link: Int, now: Timestamp, into effects: inout FeedEffects
    ) {
        let channel = desks[link].channel(of: batch.header.source, at: now)
        take(batch, via: channel, on: link, into: &effects)
    }

    /// Takes the end of an answer.
    mutating func finish(
        _ done: BusRecoveryDone, on link: Int, now: Timestamp, into effects: inout FeedEffects
    ) {
        guard let question = desks[link].close(done), let place = places[question.source] else { return }
        let first = effects.batches.count
        switch question.need {
        case .snapshot:
            // A number beyond 2^63 is none; see EventBatch.checkHeader.
            if done.complete, done.nextSequence.rawValue < 1 << 63 {
                entries[place].sequencer.step(to: done.nextSequence, in: done.epoch, into: &effects.batches)
                entries[place].fruitlessCount = 0
            } else {
                noteFruitless(place, at: now)
            }
        case .replay:
            if question.epoch == entries[place].sequencer.epoch {
                if !done.complete { entries[place].sequencer.requireSnapshot() }
                noteOutcome(of: question, at: place, now: now)
            }
        }
        advanceTime(over: effects.batches[first...])
        announce(place, into: &effects)
        askForMissing(now: now, into: &effects)
    }

    /// Gives up what is not answered, and asks for what is missing; called after every turn.
    mutating func askForMissing(now: Timestamp, into effects: inout FeedEffects) {
        for link in desks.indices {
            if let question = desks[link].giveUp(at: now), let place = places[question.source] {
                counters.unanswered += 1
                effects.errands.append(Errand(link: link, action: .hangUp))
                noteFruitless(place, at: now)
            }
            guard desks[link].question == nil, let place = nextInLine(on: link, now: now) else { continue }
            let entry = entries[place]
            guard let need = entry.sequencer.need(spanMax: configuration.replaySpanMax) else { continue }
            if need == .snapshot { counters.snapshotRequests += 1 } else { counters.replayRequests += 1 }
            let question = desks[link].ask(for: need, of: entry.source, in: entry.sequencer.epoch, at: now)
            effects.errands.append(Errand(link: link, action: .ask(question)))
        }
    }

    /// The source of the endpoint that lacks something and whose pause ended first, so that none starves the others.
    private func nextInLine(on link: Int, now: Timestamp) -> Int? {
        entries.indices
            .filter { entries[$0].link == link && !entries[$0].sequencer.isWhole && entries[$0].pausedUntil <= now }
            .min { entries[$0].pausedUntil < entries[$1].pausedUntil }
    }

    private mutating func noteOutcome(
        of question: RecoveryDesk.Question, at place: Int, now: Timestamp
    ) {
        guard case .replay(_, let to) = question.need else { return }
        if entries[place].sequencer.next > to {
            entries[place].fruitlessCount = 0
            entries[place].pausedUntil = now
        } else if !entries[place].sequencer.awaitsSnapshot {
            noteFruitless(place, at: now)
        }
    }

    private mutating func noteFruitless(_ place: Int, at now: Timestamp) {
        entries[place].fruitlessCount += 1
        entries[place].pausedUntil = now + configuration.recoveryPause
        if entries[place].fruitlessCount >= configuration.replayAttemptsMax {
            entries[place].sequencer.requireSnapshot()
        }
    }
}
