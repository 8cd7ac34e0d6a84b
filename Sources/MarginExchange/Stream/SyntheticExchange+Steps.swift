public import MarginDomain

/// Time passing.
extension SyntheticExchange {
    /// Silence after which a source says that it is alive.
    static let heartbeatInterval = Duration64.milliseconds(100)

    private static let forwardSteps = 10
    private static let surfaceSteps = 30
    private static let collateralSteps = 50

    /// The messages of the next step: prices of every underlying, now and then forwards, surfaces and new trades.
    ///
    /// After the scenario's end the market goes on quietly.
    public mutating func step() -> [BusMessage] {
        market.advance()
        stepCount += 1
        var messages: [BusMessage] = []
        for (place, underlying) in priced.enumerated() {
            // Spread over the steps, so that not all surfaces move at once.
            messages += prices(of: underlying, phase: place * 7)
        }
        for (place, asset) in pricedCollateral.enumerated() where (stepCount + place) % Self.collateralSteps == 0 {
            messages.append(price(quotes.collateral(asset, market), of: asset))
        }
        messages += newTrades()
        return messages + numbering.heartbeats(at: now, after: silenceMax)
    }

    /// A heartbeat of every source, for a shell whose clock runs on between steps or after the end.
    public mutating func heartbeats(at time: Timestamp) -> [BusMessage] { numbering.heartbeats(at: time, after: nil) }

    /// Silence that would become too long before the next step.
    private var silenceMax: Duration64 {
        let interval = scenario.market.stepInterval.nanoseconds
        return Duration64(max(0, Self.heartbeatInterval.nanoseconds - interval))
    }

    private mutating func prices(of underlying: AssetID, phase: Int) -> [BusMessage] {
        let count = stepCount + phase
        var messages: [BusMessage] = []
        if count % Self.forwardSteps == 0 {
            messages.append(price(quotes.forwards(of: underlying, market), of: underlying))
        }
        messages.append(price(quotes.index(of: underlying, market), of: underlying))
        messages.append(price(quotes.futures(of: underlying, market), of: underlying))
        if count % Self.surfaceSteps == 0 { messages += surface(of: underlying) }
        return messages
    }

    mutating func surface(of underlying: AssetID) -> [BusMessage] {
        let groups = [quotes.surface(of: underlying, market)] + quotes.options(of: underlying, market)
        return groups.filter { $0.count > 0 }.map { price($0, of: underlying) }
    }

    mutating func price(_ events: EventGroup, of asset: AssetID) -> BusMessage {
        numbering.message(events, from: SourcePlan.prices(of: asset), topic: topic("px.", asset), at: now)
    }

    private mutating func newTrades() -> [BusMessage] {
        let mean = scenario.tradesPerSecond * scenario.market.stepInterval.inSeconds
        return flow.wishes(mean: mean, positions).map { trade($0) }
    }
}
