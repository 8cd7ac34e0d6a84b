import MarginDomain

/// Section 4 of the rules: which old points go, and what is looked at again.
extension NaiveExchange {
    /// The ways in which volatilities may come into force, in the order in which they are tried: beside everything that
    /// stands, without the old neighbours of what arrives, without anything old.
    func ways(
        for entries: [NaiveInputs.Pending], into e: Timestamp, of standing: NaiveInputs, _ asset: Asset
    ) -> [NaiveInputs] {
        let arriving = Set(entries.compactMap(\.strike))
        let stands = standing.volatilities[e, default: [:]]
        let old = stands.filter { now - $0.value.publishTime > Self.patience && !arriving.contains($0.key) }.keys
        func without(_ strikes: Set<Price>) -> NaiveInputs {
            var inputs = standing
            inputs.volatilities[e] = stands.filter { !strikes.contains($0.key) }
            return inputs.taking(entries)
        }
        var neighbours: Set<Price> = []
        for strike in arriving {
            if let below = old.filter({ $0 < strike }).max() { neighbours.insert(below) }
            if let above = old.filter({ $0 > strike }).min() { neighbours.insert(above) }
        }
        var ways = [without([]), without(neighbours)]
        let last = without(Set(old))
        let stay = last.volatilities[e, default: [:]].count
        if old.count <= stay || moves(e, from: standing, to: last, at: Array(old), asset) { ways.append(last) }
        return ways
    }

    /// Whether every call at some strikes moves by at most `10·ε`.
    private func moves(
        _ e: Timestamp, from before: NaiveInputs, to after: NaiveInputs, at strikes: [Price], _ asset: Asset
    ) -> Bool {
        guard let stood = smile(of: e, before, asset), let stands = smile(of: e, after, asset) else { return false }
        return strikes.filter { $0 > .zero }.allSatisfy { strike in
            let k = NaiveSlice.logRatio(asset.dollars(strike), stands.F)
            return abs(stands.c(k) - stood.c(k)) <= 10 * stands.epsilon
        }
    }

    /// `F_e` of this moment.
    func forward(of e: Timestamp, _ inputs: NaiveInputs, _ asset: Asset) -> Double? {
        NaiveCut(of: asset, at: now, inputs: inputs, instruments: [:], parameters: market.parameters).F(e)
    }

    /// Points that came into force before their forward arrive again, as it were, once there is one.
    mutating func tryVolatilities(of asset: Asset) {
        guard var inputs = inputs[asset.id], !inputs.untried.isEmpty else { return }
        var arriving: [NaiveInputs.Pending] = []
        for e in inputs.untried.sorted() where forward(of: e, inputs, asset) != nil {
            inputs.untried.remove(e)
            guard inputs.slices[e] == nil else { continue }
            for (strike, point) in inputs.volatilities[e, default: [:]] {
                arriving.append(
                    NaiveInputs.Pending(
                        expiry: e, strike: strike, volatility: point.number, publishTime: point.publishTime))
            }
            inputs.volatilities[e] = nil
        }
        let (admitted, refused) = admitting(arriving, to: inputs, of: asset)
        self.inputs[asset.id] = admitted
        if refused > 0 { refusals[.outOfRange, default: 0] += refused }
    }

    /// What was published of expiries that are over goes, once nothing of them is listed that is not settled.
    func withoutExpired(_ inputs: NaiveInputs, of asset: Asset) -> NaiveInputs {
        let alive = market.instruments.filter { $0.value.underlying == asset.id && !market.settled.contains($0.key) }
        let expiries = Set(alive.values.map { $0.expiry ?? .zero })
        func stays(_ e: Timestamp) -> Bool { e > now || expiries.contains(e) }
        var inputs = inputs
        inputs.forwards = inputs.forwards.filter { stays($0.key) }
        inputs.rates = inputs.rates.filter { stays($0.key) }
        inputs.volatilities = inputs.volatilities.filter { stays($0.key) }
        inputs.slices = inputs.slices.filter { stays($0.key) }
        inputs.untried = inputs.untried.filter { stays($0) }
        return inputs
    }

    /// Whether a point finds no room: among what waits in all, or at one more strike of its expiry.
    func hasNoRoom(_ entry: VolatilityPoint, _ known: NaiveInputs) -> Bool {
        if hasNoRoom(isLast: entry.last, known) { return true }
        let waiting = known.pending.filter { $0.expiry == entry.expiry }
        let afterSlice = waiting.lastIndex { $0.slice != nil }.map { waiting[($0 + 1)...] } ?? waiting[...]
        var strikes = Set(known.volatilities[entry.expiry, default: [:]].keys)
        for pending in afterSlice { if let strike = pending.strike { strikes.insert(strike) } }
        return !strikes.contains(entry.strike) && strikes.count >= EngineLimits.volatilityStrikesMax
    }

    /// Whether too much waits already for anything but what ends the surface.
    func hasNoRoom(isLast: Bool, _ known: NaiveInputs) -> Bool {
        !isLast && known.pending.count >= EngineLimits.waitingVolatilitiesMax
    }
}
