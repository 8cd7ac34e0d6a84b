import MarginDomain

/// Questions that the publisher answers itself: what was sent, and what stands.
extension PublisherState {
    /// Current state of a family of topics, or of one topic.
    mutating func snapshot(
        _ query: SnapshotQuery, _ asker: Asker, _ now: ContinuousClock.Instant
    ) throws(QueryRefusal) {
        guard let prefix = TopicPrefix(query.prefix.description) else {
            let explanation = "A prefix is sig., pool., acct., map., par. or hb., or one topic such as pool.17."
            throw QueryRefusal(asker, .malformed, field: "prefix", explanation)
        }
        let isSignals = prefix.family == .sig
        let follow = isSignals ? outbox.lastSent.next : board.last.next
        answer(asker, source(of: prefix), follow: follow, now: now)
    }

    /// Signals again.
    mutating func replay(
        _ query: ReplayQuery, _ asker: Asker, _ now: ContinuousClock.Instant
    ) throws(QueryRefusal) {
        if query.pool == PoolID(0) {
            try replayAll(query, asker, now)
        } else {
            try replayPool(query, asker, now)
        }
    }

    private mutating func replayAll(
        _ query: ReplayQuery, _ asker: Asker, _ now: ContinuousClock.Instant
    ) throws(QueryRefusal) {
        let (first, end) = (outbox.retained.first, outbox.retained.end)
        let to = try self.end(of: query, before: end, asker)
        guard query.from >= first else { throw refusal(asker, oldest: first) }
        let count = Int(to.next.rawValue - query.from.rawValue)
        answer(asker, .signalRange(from: query.from, count: count), follow: to.next, now: now)
    }

    private mutating func replayPool(
        _ query: ReplayQuery, _ asker: Asker, _ now: ContinuousClock.Instant
    ) throws(QueryRefusal) {
        let numbers = outbox.retained.numbers(of: query.pool)
        guard let oldest = numbers.first.flatMap({ outbox.retained[$0] })?.poolSignalNo else {
            throw QueryRefusal(asker, .unknownPool, field: "pool", "No signal of this pool is retained.")
        }
        let end = StreamNumber(oldest.rawValue + UInt64(numbers.count))
        let to = try self.end(of: query, before: end, asker)
        guard query.from >= oldest else { throw refusal(asker, oldest: oldest) }
        let skipped = Int(query.from.rawValue - oldest.rawValue)
        let wanted = numbers.dropFirst(skipped).prefix(Int(to.next.rawValue - query.from.rawValue))
        answer(asker, .signals(Array(wanted)), follow: to.next, now: now)
    }

    /// The last number that can be had of those asked for; the one before the first if there is none yet.
    private func end(
        of query: ReplayQuery, before end: StreamNumber, _ asker: Asker
    ) throws(QueryRefusal) -> StreamNumber {
        guard query.from > .start else {
            throw QueryRefusal(asker, .outOfRange, field: "from", "Numbers begin at 1.")
        }
        guard query.to == .start || query.to >= query.from else {
            throw QueryRefusal(asker, .outOfRange, field: "to", "The range ends before it begins.")
        }
        guard query.from <= end else {
            throw QueryRefusal(asker, .outOfRange, field: "from", "The next number is \(end).")
        }
        let last = StreamNumber(end.rawValue - 1)
        return query.to == .start ? last : min(query.to, last)
    }

    private func refusal(_ asker: Asker, oldest: StreamNumber) -> QueryRefusal {
        QueryRefusal(asker, .outOfRange, field: "from", "The oldest retained number is \(oldest).")
    }

    private func source(of prefix: TopicPrefix) -> Answering.Source {
        guard let id = prefix.id else {
            return switch prefix.family {
            case .sig: .newestSignals(count: outbox.pools.count)
            case .pool: .pools(count: board.pools.values.count)
            case .acct: .accounts(count: board.accounts.values.count)
            case .map: .maps(count: board.maps.values.count)
            case .par: .found(board.parameters.map { .parameterState($0) })
            case .hb: .heartbeat
            }
        }
        switch prefix.family {
        case .sig: return .signals(outbox.newest(of: PoolID(id)).map { [$0.signalNo] } ?? [])
        case .pool: return .found(board.pools[PoolID(id)].map { [.poolState($0)] } ?? [])
        case .acct: return .found(board.members(of: AccountID(id)).map { .accountGreeks($0) })
        case .map:
            let map = UInt32(exactly: id).flatMap { board.maps[AssetID($0)] }
            return .found(map.map { [.liquidationMap($0)] } ?? [])
        case .par:
            return .found(board.parameters.filter { $0.version.rawValue == id }.map { .parameterState($0) })
        case .hb: return .heartbeat
        }
    }
}
