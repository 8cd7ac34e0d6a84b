import MarginDomain

/// Sending answers, as fast as their askers take them.
extension PublisherState {
    /// Puts answers on their way.
    mutating func answer(
        _ asker: Asker, _ source: Answering.Source, follow: StreamNumber, now: ContinuousClock.Instant
    ) {
        answering.append(Answering(asker: asker, source: source, follow: follow, deadline: deadline(after: now)))
    }

    /// Sends a bounded number of answers, a fair share to each asker.
    ///
    /// - Parameter send: takes one answer, or says that there is no room or nobody to take it.
    /// - Returns: whether more could be sent at once.
    mutating func sendAnswers<Failure: Error>(
        committed: RecordNumber, now: ContinuousClock.Instant,
        with send: (Asker, Answer) throws(Failure) -> AnswerDelivery
    ) throws(Failure) -> Bool {
        let share = max(1, configuration.answersPerTurnMax / max(1, answering.count))
        var hasMore = false
        for place in answering.indices {
            var left = share
            while left > 0, !answering[place].isFinished {
                let delivery = try send(answering[place].asker, answer(of: answering[place], committed: committed))
                guard note(delivery, at: place, now: now) else { break }
                left -= 1
            }
            if left == 0, !answering[place].isFinished { hasMore = true }
        }
        answering.removeAll { $0.isFinished }
        return hasMore
    }

    /// When whoever asks now has waited too long.
    func deadline(after now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        now.advanced(by: .nanoseconds(configuration.queryPatience.nanoseconds))
    }

    /// - Returns: whether the asker can take another.
    private mutating func note(_ delivery: AnswerDelivery, at place: Int, now: ContinuousClock.Instant) -> Bool {
        switch delivery {
        case .sent:
            counters.answers += 1
            answering[place].position += 1
            answering[place].deadline = deadline(after: now)
            return true
        case .full where now < answering[place].deadline: return false
        case .ended:
            counters.refused += 1
            answering[place].abandon()
            return false
        case .full, .gone:
            counters.abandoned += 1
            answering[place].abandon()
            return false
        }
    }

    /// The answer at which a question has come.
    private func answer(of question: Answering, committed: RecordNumber) -> Answer {
        let place = question.position
        guard place < question.source.count else {
            let count = UInt64(question.source.count)
            return .queryDone(
                QueryDone(record: record, committed: committed, count: count, nextStreamNo: question.follow))
        }
        switch question.source {
        case .given(let answers), .found(let answers): return stamped(answers[place], committed: committed)
        case .signals(let numbers): return signal(numbers[place])
        case .signalRange(let from, _): return signal(StreamNumber(from.rawValue + UInt64(place)))
        case .newestSignals:
            let pool = outbox.pools[place]
            return outbox.newest(of: pool).map { .signal($0) } ?? Self.forgotten
        case .pools: return .poolState(board.pools.values[place])
        case .accounts: return .accountGreeks(board.accounts.values[place])
        case .maps: return .liquidationMap(board.maps.values[place])
        case .heartbeat: return .heartbeat(heartbeat(committed: committed))
        }
    }

    private func signal(_ number: StreamNumber) -> Answer {
        outbox.retained[number].map { .signal($0) } ?? Self.forgotten
    }

    /// In place of a signal that was forgotten while its asker was slow; the number is missing, and therefore shows.
    private static let forgotten = Answer.queryError(
        QueryError(.outOfRange, field: "from", "The signal is not retained any more; ask for a later one."))

    /// An engine's answer with what only the publisher knows.
    private func stamped(_ answer: Answer, committed: RecordNumber) -> Answer {
        switch answer {
        case .poolState(var state):
            (state.epoch, state.committed) = (epoch, state.record <= committed)
            if state.streamNo == .start { state.streamNo = board.pools[state.pool]?.streamNo ?? .start }
            return .poolState(state)
        case .accountGreeks(var greeks):
            (greeks.epoch, greeks.committed) = (epoch, greeks.record <= committed)
            return .accountGreeks(greeks)
        case .explanation(var explanation):
            (explanation.epoch, explanation.committed) = (epoch, explanation.record <= committed)
            return .explanation(explanation)
        case .queryDone(var done):
            done.committed = committed
            if done.nextStreamNo == .start { done.nextStreamNo = board.last.next }
            return .queryDone(done)
        default: return answer
        }
    }
}

extension Answering {
    /// Nothing more is sent.
    mutating func abandon() { position = source.count + 1 }
}
