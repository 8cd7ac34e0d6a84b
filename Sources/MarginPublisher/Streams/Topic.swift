import MarginDomain

extension OutboundMessage {
    /// What it travels under: the family and the id, each ending in a dot, so that `sig.1.` does not begin `sig.10.`.
    var topic: String {
        switch self {
        case .signal(let signal): "sig.\(signal.pool)."
        case .poolState(let state): "pool.\(state.pool)."
        case .accountGreeks(let greeks): "acct.\(greeks.account)."
        case .liquidationMap(let map): "map.\(map.underlying)."
        case .parameterState(let state): "par.\(state.version)."
        case .heartbeat: "hb."
        }
    }
}

/// What a snapshot may be asked for: a family of topics, or one topic of it.
struct TopicPrefix: Equatable {
    enum Family: String, CaseIterable { case sig, pool, acct, map, par, hb }

    let family: Family
    /// The id behind the family; nil for all.
    let id: UInt64?

    /// From `pool.` or `pool.17.`; nil for anything else.
    init?(_ text: String) {
        guard text.utf8.last == UInt8(ascii: ".") else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard let name = parts.first, let family = Family(rawValue: String(name)), parts.count <= 2 else { return nil }
        self.family = family
        if parts.count == 1 {
            id = nil
        } else {
            guard family != .hb, let id = UInt64(parts[1]), String(id) == parts[1] else { return nil }
            self.id = id
        }
    }
}
