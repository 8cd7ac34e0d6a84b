import MarginDomain

/// Market conditions of a generated exchange that make no cut: funding rates and depths, in one stream of four.
///
/// With random numbers of its own, so that a stream is otherwise what it would be without them.
struct GeneratedConditions {
    var random: SplitMix64
    private var sequence = SequenceNumber(1)
    /// Whether they are charged for already.
    var isOpen = false

    static let source = SourceID(950)

    init(seed: UInt64) { random = SplitMix64(seed: seed ^ 0xDE_97_45) }

    mutating func header(_ count: Int, at time: Timestamp) -> BatchHeader {
        defer { sequence = sequence.advanced(by: count) }
        return BatchHeader(source: Self.source, epoch: Epoch(1), firstSequence: sequence, sendingTime: time)
    }
}

extension GeneratedWorld {
    /// Now and then somebody says what funding will be, or how deep a market is; some of it is wrong.
    mutating func publishConditions() {
        guard var conditions else { return }
        if !conditions.isOpen {
            conditions.isOpen = true
            parameterVersion += 1
            send(.riskParameters(chargingParameters()), &conditions)
        }
        guard conditions.random.chance(0.12) else {
            self.conditions = conditions
            return
        }
        let asset = conditions.random.pick(underlyings)
        let isFunding = conditions.random.chance(0.5)
        let events =
            isFunding
            ? EventGroup.fundingRate(fundings(of: asset, &conditions)) : .depth(depths(of: asset, &conditions))
        send(events, &conditions)
        self.conditions = conditions
    }

    private mutating func send(_ events: EventGroup, _ conditions: inout GeneratedConditions) {
        guard events.count > 0 else { return }
        governance?.note(events, from: GeneratedConditions.source)
        batches.append(EventBatch(header: conditions.header(events.count, at: time), events: events))
    }

    /// Usually a hundredth of a per cent, sometimes more than is charged for, now and then absurd.
    private func fundings(of asset: GeneratedAsset, _ conditions: inout GeneratedConditions) -> [FundingRate] {
        var entries: [FundingRate] = []
        for instrument in instruments where instrument.underlying.id == asset.id {
            let isPerpetual = instrument.listing.expiry == .zero
            guard conditions.random.chance(isPerpetual ? 0.9 : 0.03) else { continue }
            let size = conditions.random.pick([0.0001, 0.001, 0.01, 0.05, 1.5])
            let age = conditions.random.chance(0.1) ? 60 * Duration64.perSecond : 0
            entries.append(
                FundingRate(
                    instrument: instrument.id, rate: Rate(Int64(size * conditions.random.bell() * 1e9)),
                    publishTime: Timestamp(time.nanoseconds - age)))
        }
        return entries
    }

    /// From far less than what accounts hold to far more.
    private func depths(of asset: GeneratedAsset, _ conditions: inout GeneratedConditions) -> [Depth] {
        (0...conditions.random.index(3)).map { _ in
            let level = conditions.random.pick([2e3, 2e4, 2e5, 2e6])
            let isWrong = conditions.random.chance(0.05)
            let age = conditions.random.chance(0.1) ? 60 * Duration64.perSecond : 0
            return Depth(
                underlying: conditions.random.chance(0.05) ? GeneratedAsset.gold.id : asset.id,
                bid: isWrong ? .zero : Value(Int64(level * conditions.random.number(0.5, 2) * 1e6)),
                ask: Value(Int64(level * conditions.random.number(0.5, 2) * 1e6)),
                publishTime: Timestamp(time.nanoseconds - age))
        }
    }

    /// Charges that the small accounts of a stream can meet.
    private func chargingParameters() -> [RiskParameters] {
        let values = [
            ("fundingCap", 0.0075), ("liquiditySlope", 0.02), ("liquidityCap", 0.2), ("concentrationFree", 0.1),
            ("concentrationFloor", 20_000), ("concentrationSlope", 0.25), ("concentrationCap", 0.2),
            ("volatilityAge", 900), ("volatilityAgeMargin", 0.02),
        ]
        return values.enumerated().map { place, value in
            RiskParameters(
                version: ParameterVersion(parameterVersion), status: .effective, key: Symbol(value.0) ?? .empty,
                asset: AssetID(0), index: 0, value: Ratio(decimal: value.1), last: place == values.count - 1)
        }
    }
}
