import MarginDomain
import MarginWire

/// Taking questions.
extension PublisherState {
    /// What a question needs of others.
    enum Errand: Equatable {
        case none
        case ask(QueryTicket)
        case record(EventGroup, ticket: UInt64)
    }

    /// Takes a message of the ROUTER.
    mutating func receive(_ frames: [[UInt8]], now: ContinuousClock.Instant) -> Errand {
        counters.queries += 1
        do throws(QueryRefusal) {
            let envelope = try QueryEnvelope(frames: frames)
            return try open(try query(of: envelope), of: envelope.asker, now: now)
        } catch {
            refuse(error, now: now)
            return .none
        }
    }

    /// The claims are on their way into the log: from here on others are refused.
    mutating func reserve(_ events: EventGroup) {
        guard case .signalAcknowledged(let entries) = events else { return }
        for entry in entries { claims.note(entry, in: nil) }
    }

    /// Nobody can take the ticket now.
    mutating func refuseBusy(_ ticket: UInt64, now: ContinuousClock.Instant) {
        waitingClaims.forget { $0 == ticket }
        guard let asker = tickets.close(ticket) else { return }
        refuse(QueryRefusal(asker, .busy, field: "", "The engine is busy; ask again."), now: now)
    }

    /// Takes the engine's answers to a ticket.
    mutating func take(_ reply: QueryReply, now: ContinuousClock.Instant) {
        guard let asker = tickets.close(reply.number) else { return }
        answer(asker, .given(reply.answers), follow: .start, now: now)
    }

    /// Answers claims that became binding, and tells those who waited too long.
    ///
    /// - Returns: the tickets for which nobody waits any more.
    @discardableResult
    mutating func settle(committed: RecordNumber, now: ContinuousClock.Instant) -> [QueryTicket] {
        for claim in waitingClaims.settle(committed: committed) {
            guard let asker = tickets.close(claim.ticket) else { continue }
            let done = QueryDone(record: record, committed: committed, count: 1, nextStreamNo: outbox.lastSent.next)
            let answers = [Answer.claimAnswer(ClaimAnswer(claim.event, granted: true)), .queryDone(done)]
            answer(asker, .given(answers), follow: .start, now: now)
        }
        var forgotten: [QueryTicket] = []
        while let expired = tickets.expire(at: now) {
            forgotten.append(QueryTicket(forgotten: expired.number))
            counters.abandoned += 1
            waitingClaims.forget { $0 == expired.number }
            refuse(
                QueryRefusal(expired.asker, .notAvailable, field: "", "The engine gave no answer in time."), now: now)
        }
        return forgotten
    }

    private func query(of envelope: QueryEnvelope) throws(QueryRefusal) -> Query {
        do throws(WireError) {
            switch envelope.asker.encoding {
            case .sbe: return try SBEDecoder.decodeQuery(envelope.body.frameBytes)
            case .json: return try mirror.decodeQuery(envelope.body.frameBytes)
            }
        } catch {
            throw QueryRefusal(envelope.asker, QueryError(error))
        }
    }

    private mutating func open(
        _ query: Query, of asker: Asker, now: ContinuousClock.Instant
    ) throws(QueryRefusal) -> Errand {
        switch query {
        case .snapshotQuery(let query): try snapshot(query, asker, now)
        case .replayQuery(let query): try replay(query, asker, now)
        case .claimQuery(let query):
            let event = try claim(query, asker)
            return .record(.signalAcknowledged([event]), ticket: try issue(to: asker, for: event, now: now))
        case .acknowledgeQuery(let query):
            let event = try acknowledgement(query, asker)
            // Said again it is no other fact: one record answers everybody who says it.
            if let known = claims.repeated(event) {
                _ = try issue(to: asker, for: event, now: now)
                if let record = known.record { waitingClaims.note(event, in: record) }
                return .none
            }
            return .record(.signalAcknowledged([event]), ticket: try issue(to: asker, for: event, now: now))
        default: return .ask(QueryTicket(number: try issue(to: asker, now: now), query: query))
        }
        return .none
    }

    private mutating func issue(to asker: Asker, now: ContinuousClock.Instant) throws(QueryRefusal) -> UInt64 {
        if let number = tickets.issue(to: asker, deadline: deadline(after: now)) { return number }
        throw QueryRefusal(asker, .busy, field: "", "Too many queries are open; ask again.")
    }

    private mutating func issue(
        to asker: Asker, for event: SignalAcknowledged, now: ContinuousClock.Instant
    ) throws(QueryRefusal) -> UInt64 {
        let number = try issue(to: asker, now: now)
        waitingClaims.add(event, ticket: number)
        return number
    }

    private mutating func refuse(_ refusal: QueryRefusal, now: ContinuousClock.Instant) {
        counters.refused += 1
        answer(refusal.asker, .given([.queryError(refusal.error)]), follow: .start, now: now)
    }
}
