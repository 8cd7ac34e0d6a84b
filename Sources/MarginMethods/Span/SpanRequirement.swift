/// SPAN's requirement of a portfolio: the risks of its commodities after credits between them, and what its options
/// are worth.
public struct SpanRequirement: Equatable, Sendable {
    /// In the order given.
    public private(set) var commodities: [SpanCommodityRisk]

    /// - Parameter spreads: in order of priority.
    public init(_ commodities: [SpanCommodityRisk], spreads: [SpanCommoditySpread] = []) {
        self.commodities = commodities
        var deltas = commodities.map(\.netDelta)
        for spread in spreads { form(spread, from: &deltas) }
    }

    public var risk: Double { commodities.reduce(0.0) { $0 + $1.risk } }

    public var netOptionValue: Double { commodities.reduce(0.0) { $0 + $1.netOptionValue } }

    /// What an account must hold beside its options: `max(0, ratio·risk − net option value)`.
    ///
    /// - Parameter ratio: of initial to maintenance margin; 1 = maintenance.
    public func total(ratio: Double = 1) -> Double { max(0, ratio * risk - netOptionValue) }

    /// As many spreads as the scarcest leg allows; each leg is credited `deltas · weighted price risk · rate`.
    private mutating func form(_ spread: SpanCommoditySpread, from deltas: inout [Double]) {
        var places: [(place: Int, ratio: Double)] = []
        var count = Double.infinity
        var direction: Double?
        for leg in spread.legs {
            guard let place = commodities.firstIndex(where: { $0.commodity == leg.commodity }), deltas[place] != 0
            else { return }
            let sign: Double = (deltas[place] > 0) == (leg.side == .a) ? 1 : -1
            guard direction ?? sign == sign else { return }
            direction = sign
            count = min(count, abs(deltas[place]) / leg.ratio)
            places.append((place, leg.ratio))
        }
        guard count.isFinite else { return }
        for (place, ratio) in places {
            let used = count * ratio
            commodities[place].spreadCredit += used * commodities[place].weightedPriceRisk * spread.rate
            deltas[place] -= deltas[place] > 0 ? used : -used
        }
    }
}
