import MarginDomain

/// Days that pass, and ranges that follow what prices do in them.
///
/// All with random numbers of their own, so that a stream is otherwise what it would be without them.
extension GeneratedWorld {
    private static let day: Int64 = 24 * hour

    /// Five weeks before anything is listed: enough closes for ranges to move.
    mutating func passFirstDays() {
        guard days != nil else { return }
        let rules = [
            ("dynamicMultiple", 4), ("dynamicDecay", 0.9), ("dynamicLimit", 3), ("dynamicRise", 0.25),
            ("dynamicFall", 0.05), ("stressedWeight", 0.25),
        ]
        change(rules.map { ($0.0, $0.1, AssetID(0)) })
        for _ in 0..<35 { pass(hours: 24, restlessness: 1.5) }
    }

    /// Now and then a night, sometimes several, and somebody who changes how ranges follow.
    mutating func passDays() {
        guard var own = days else { return }
        let (passes, changes) = (own.chance(0.2), own.chance(0.04))
        let hours = own.chance(0.1) ? own.number(48, 96) : own.number(6, 30)
        let restlessness = own.pick([0.2, 1, 2, 4])
        days = own
        if changes { changeDynamics() }
        if passes { pass(hours: hours, restlessness: restlessness) }
    }

    /// Lets time pass, often to just about midnight; most underlyings then have a price.
    private mutating func pass(hours: Double, restlessness: Double) {
        guard var own = days else { return }
        var next = time.nanoseconds + Int64(hours * Double(Self.hour))
        if own.chance(0.3) { next = next / Self.day * Self.day + Int64(own.index(3)) - 1 }
        time = Timestamp(max(time.nanoseconds, next))
        for asset in underlyings where own.chance(0.9) {
            let move = asset.volatility / 19 * restlessness * own.bell()
            let price = (prices[asset.id] ?? asset.price) * min(max(1 + move, 0.5), 1.8)
            prices[asset.id] = min(max(price, asset.price * 0.3), asset.price * 3)
            let entry = IndexPrice(
                underlying: asset.id, price: asset.ticks(prices[asset.id] ?? price), confidence: Ratio(decimal: 1),
                publishTime: time)
            emit(.indexPrice([entry]), from: Self.source(of: asset))
        }
        days = own
    }

    /// One or two values of how ranges follow, or the range beneath; some of it is refused.
    private mutating func changeDynamics() {
        guard var own = days else { return }
        let asset = own.pick(underlyings).id
        let everyone = AssetID(0)
        let choices: [(String, Double, AssetID)] = [
            ("dynamicMultiple", own.pick([0, 3, 4, 6]), everyone),
            ("dynamicDecay", own.pick([0, 0.9, 0.97]), everyone),
            ("dynamicLimit", own.pick([0, 2, 3]), everyone), ("dynamicRise", own.pick([0.05, 0.25, 1]), everyone),
            ("dynamicFall", own.pick([0.02, 0.05, 0.3]), everyone),
            ("stressedWeight", own.pick([0, 0.25, 0.5]), everyone),
            ("stressedRange", own.pick([0, 0.25, 0.6]), asset), ("range", own.pick([0.08, 0.15, 0.3]), asset),
        ]
        let changed = [own.pick(choices)] + (own.chance(0.3) ? [own.pick(choices)] : [])
        let isReserved = own.chance(0.1)
        days = own
        if isReserved {
            var entries = ended([parameter("kappa", 0.1)])
            entries[0].version = .ofEngine(1)
            return emit(.riskParameters(entries), from: .engine)
        }
        change(changed)
    }

    /// As the engine's own bootstrap would, so that no approval is needed.
    private mutating func change(_ values: [(key: String, value: Double, asset: AssetID)]) {
        parameterVersion += 1
        emit(.riskParameters(ended(values.map { parameter($0.key, $0.value, $0.asset) })), from: .engine)
    }
}
