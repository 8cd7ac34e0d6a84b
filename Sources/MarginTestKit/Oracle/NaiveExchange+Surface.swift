import MarginDomain

/// Section 4 of the rules: volatilities, as points and as slices.
extension NaiveExchange {
    mutating func apply(_ entry: VolatilityPoint, _ source: SourceID) throws(NaiveRefusal) {
        let known = try inputs(of: entry.underlying)
        if entry.volatility <= .zero || entry.volatility > EngineLimits.volatilityMax { throw .outOfRange }
        let waiting = known.pending.last {
            $0.expiry == entry.expiry && ($0.strike == nil || $0.strike == entry.strike)
        }
        let old =
            waiting?.publishTime ?? known.slices[entry.expiry]?.publishTime
            ?? known.volatilities[entry.expiry]?[entry.strike]?.publishTime
        try check(entry.publishTime, replacing: old)
        if hasNoRoom(entry, known) { throw .outOfRange }
        wait(
            NaiveInputs.Pending(
                expiry: entry.expiry, strike: entry.strike, volatility: entry.volatility,
                publishTime: entry.publishTime),
            of: entry.underlying, isLast: entry.last, source)
    }

    mutating func apply(_ entry: SviSlice, _ source: SourceID) throws(NaiveRefusal) {
        let known = try inputs(of: entry.underlying)
        let waiting = known.pending.filter { $0.expiry == entry.expiry }.map(\.publishTime).max()
        let points = known.volatilities[entry.expiry, default: [:]].values.map(\.publishTime).max()
        try check(entry.publishTime, replacing: waiting ?? known.slices[entry.expiry]?.publishTime ?? points)
        if hasNoRoom(isLast: entry.last, known) { throw .outOfRange }
        guard let asset = market.assets[entry.underlying], let F = forward(of: entry.expiry, known, asset) else {
            throw .unknown
        }
        guard let slice = NaiveSlice(entry, F: F), !slice.hasButterfly else { throw .outOfRange }
        wait(
            NaiveInputs.Pending(expiry: entry.expiry, slice: slice, publishTime: entry.publishTime),
            of: entry.underlying, isLast: entry.last, source)
    }

    private mutating func wait(
        _ pending: NaiveInputs.Pending, of u: AssetID, isLast: Bool, _ source: SourceID
    ) {
        inputs[u]?.pending.append(pending)
        if isLast { inputs[u]?.pendingIsComplete = true }
        inputs[u]?.sources[.volatilityPoint] = source
    }

    /// Puts what waits in force, in order of arrival, less the slices that fall from an earlier expiry's.
    mutating func applySurface(of u: AssetID) {
        guard var inputs = inputs[u] else { return }
        var last: [Timestamp: NaiveSlice] = [:]
        for pending in inputs.pending where pending.slice != nil { last[pending.expiry] = pending.slice }
        var earlier: NaiveSlice?
        for (e, slice) in last.sorted(by: { $0.key < $1.key }) {
            if let before = earlier, slice.hasCalendar(after: before) {
                inputs.pending.removeAll { $0.expiry == e && $0.slice != nil }
                refusals[.outOfRange, default: 0] += 1
            } else {
                earlier = slice
            }
        }
        guard let asset = market.assets[u] else { return }
        let (admitted, refused) = admitting(inputs.pending, to: inputs, of: asset)
        inputs = withoutExpired(admitted, of: asset)
        if refused > 0 { refusals[.outOfRange, default: 0] += refused }
        inputs.pending = []
        inputs.pendingIsComplete = false
        inputs.lastSurface = now
        self.inputs[u] = inputs
    }
}
