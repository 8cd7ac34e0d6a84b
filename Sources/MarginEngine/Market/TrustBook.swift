import MarginDomain

/// Which sources are trusted, and who said what about each underlying last.
struct TrustBook: Sendable {
    private var untrusted: Set<SourceID> = []
    private var sources: [AssetID: LatestSources] = [:]

    /// The sources of an underlying's latest inputs.
    private struct LatestSources: Sendable {
        var index: SourceID?
        var forward: SourceID?
        var mark: SourceID?
        var volatility: SourceID?
    }

    /// A kind of input that carries trust.
    enum Input {
        case index, forward, mark, volatility
    }

    mutating func record(_ event: SourceSilent) {
        switch event.reason {
        case .heartbeatMissed, .gap: untrusted.insert(event.subject)
        case .resumed: untrusted.remove(event.subject)
        }
    }

    mutating func record(_ input: Input, of underlying: AssetID, from source: SourceID) {
        switch input {
        case .index: sources[underlying, default: LatestSources()].index = source
        case .forward: sources[underlying, default: LatestSources()].forward = source
        case .mark: sources[underlying, default: LatestSources()].mark = source
        case .volatility: sources[underlying, default: LatestSources()].volatility = source
        }
    }

    /// Whether no source is distrusted: the usual case, without a look-up.
    var isWhole: Bool { untrusted.isEmpty }

    /// Whether every latest input of the underlying comes from a source that is trusted.
    func trusts(_ underlying: AssetID) -> Bool {
        if untrusted.isEmpty { return true }
        guard let latest = sources[underlying] else { return true }
        return [latest.index, latest.forward, latest.mark, latest.volatility].allSatisfy { source in
            source.map { !untrusted.contains($0) } ?? true
        }
    }
}
