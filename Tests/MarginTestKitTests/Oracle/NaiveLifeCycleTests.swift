import MarginDomain
import MarginTestKit
import Testing

@Suite struct NaiveLifeCycleTests {
    /// A margin of IM 100, release 90 and MM 80 dollars.
    private func margin(equity: Double) -> NaiveMargin {
        var margin = NaiveMargin()
        margin.equity = .dollars(equity)
        margin.initialMargin = .dollars(100)
        margin.releaseMargin = .dollars(90)
        margin.maintenanceMargin = .dollars(80)
        return margin
    }

    private let held = NaiveHoldings(positions: [InstrumentID(1): Position(quantity: NetQuantity(1))])
    private let parameters = NaiveParameters()

    @Test(arguments: [
        (120, LifeCycle.healthy), (119.999_999, .warning), (100, .warning), (99, .restricted), (90, .restricted),
        (89, .marginCall), (80, .marginCall), (79, .liquidating), (0, .liquidating), (-0.01, .defaulted),
    ])
    func `the target is the most severe state entered`(equity: Double, state: LifeCycle) {
        let target = NaiveLifeCycle.target(margin(equity: equity), held, isTrusted: true, parameters)

        #expect(target == state)
    }

    @Test(arguments: [
        (LifeCycle.warning, 122.3, LifeCycle.warning), (.warning, 122.4, .healthy), (.restricted, 101.9, .restricted),
        (.restricted, 102, .warning), (.restricted, 130, .healthy), (.marginCall, 91.7, .marginCall),
        (.marginCall, 91.8, .restricted), (.liquidating, 89.9, .liquidating), (.liquidating, 90, .marginCall),
        (.liquidating, 95, .restricted), (.defaulted, 1, .defaulted), (.defaulted, 90, .marginCall),
        (.healthy, 85, .marginCall),
    ])
    func `a pool comes back only past the bounds between`(state: LifeCycle, equity: Double, next: LifeCycle) {
        let margin = margin(equity: equity)
        let target = NaiveLifeCycle.target(margin, held, isTrusted: true, parameters)

        #expect(NaiveLifeCycle.next(after: state, target: target, margin, held, parameters) == next)
    }

    @Test func `an untrusted price calls, but does not liquidate`() {
        let target = NaiveLifeCycle.target(margin(equity: 10), held, isTrusted: false, parameters)

        #expect(target == .marginCall)
    }

    @Test func `an untrusted price does not stop a liquidation that has begun`() {
        let margin = margin(equity: 10)
        let target = NaiveLifeCycle.target(margin, held, isTrusted: false, parameters)

        #expect(NaiveLifeCycle.next(after: .liquidating, target: target, margin, held, parameters) == .liquidating)
    }

    @Test func `without positions a pool that owes nothing is healthy at once`() {
        let margin = margin(equity: 10)
        let target = NaiveLifeCycle.target(margin, NaiveHoldings(), isTrusted: true, parameters)

        #expect(target == .healthy)
        #expect(
            NaiveLifeCycle.next(after: .liquidating, target: target, margin, NaiveHoldings(), parameters) == .healthy)
    }

    @Test func `a pool without positions that owes something has defaulted`() {
        let target = NaiveLifeCycle.target(margin(equity: -1), NaiveHoldings(), isTrusted: true, parameters)

        #expect(target == .defaulted)
    }

    @Test(arguments: [
        (LifeCycle.healthy, LifeCycle.marginCall, Cause.price, SignalKind.marginCall),
        (.marginCall, .warning, .price, .cured), (.liquidating, .liquidating, .trade, .liquidationUpdate),
        (.healthy, .liquidating, .price, .liquidationPlan), (.healthy, .quarantined, .cash, .quarantined),
        (.quarantined, .restricted, .price, .restricted), (.quarantined, .healthy, .price, .cured),
    ])
    func `a transition announces itself`(from: LifeCycle, to: LifeCycle, cause: Cause, kind: SignalKind) {
        #expect(NaiveLifeCycle.signal(from: from, to: to, cause: cause) == kind)
    }

    @Test func `a pool that stays where it is says nothing of prices`() {
        #expect(NaiveLifeCycle.signal(from: .liquidating, to: .liquidating, cause: .price) == nil)
        #expect(NaiveLifeCycle.signal(from: .warning, to: .warning, cause: .trade) == nil)
    }
}
