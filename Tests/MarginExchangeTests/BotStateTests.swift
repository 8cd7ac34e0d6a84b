import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct BotStateTests {
    private let perpetual = InstrumentID(30_001)

    private func bot() throws -> BotState {
        BotState(name: try #require(Symbol("bot")), claimFor: .seconds(5))
    }

    private func plan(_ number: UInt64, poolNumber: UInt64 = 1, at time: Timestamp = .exampleStart) -> Signal {
        signal(
            number, poolNumber: poolNumber, kind: poolNumber == 1 ? .liquidationPlan : .liquidationUpdate,
            state: .liquidating, at: time, steps: [slice(perpetual)])
    }

    private func claim(_ granted: Bool) -> Answer {
        .claimAnswer(
            ClaimAnswer(
                record: RecordNumber(1), pool: PoolID(10_001), ordinal: Ordinal(0), granted: granted, holder: .empty,
                until: .exampleStart + .seconds(5)))
    }

    private var done: Answer {
        .queryDone(QueryDone(record: .start, committed: .start, count: 1, nextStreamNo: .start))
    }

    /// What the state wants done, taken away from it.
    private func errands(_ state: inout BotState) -> [BotErrand] {
        var errands: [BotErrand] = []
        while let errand = state.nextErrand() { errands.append(errand) }
        return errands
    }

    /// The claim that the state asks for.
    private func claimed(_ state: inout BotState) throws -> RequestID {
        let request = errands(&state).compactMap { errand -> RequestID? in
            if case .ask(let request, .claimQuery) = errand { request } else { nil }
        }.last
        return try #require(request)
    }

    /// The orders that the state wants traded, taken away from it.
    private func orders(_ state: inout BotState) -> [LiquidationOrder] {
        var orders: [LiquidationOrder] = []
        for case .trade(let pool) in errands(&state) {
            while let order = state.nextOrder(of: pool) { orders.append(order) }
        }
        return orders
    }

    /// A bot that has claimed a first plan and taken its order.
    private func working() throws -> (BotState, LiquidationOrder) {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        state.receive(done, to: request)
        let order = try #require(orders(&state).first)
        return (state, order)
    }

    @Test func `a plan is claimed before it is worked`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        #expect(!state.errands.contains(.trade(PoolID(10_001))))

        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        state.receive(done, to: request)

        let traded = orders(&state)
        #expect(traded.map(\.quantity) == [Quantity(-5)])
        #expect(state.report.claimsGranted == 1 && state.report.plans == 1)
    }

    @Test(arguments: [true, false]) func `a plan that another bot has is left alone`(isAnswered: Bool) throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)

        let refusal = QueryError(fault: .notAvailable, field: .empty, explanation: "")
        state.receive(isAnswered ? claim(false) : .queryError(refusal), to: request)
        state.receive(.heartbeat(heartbeat(signalNo: 1)))

        #expect(state.errands.isEmpty)
        #expect(state.report.claimsLost == 1)
    }

    @Test func `a busy engine is asked again`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)

        state.receive(.queryError(QueryError(fault: .busy, field: .empty, explanation: "")), to: request)
        state.receive(.heartbeat(heartbeat(signalNo: 1)))

        #expect(try claimed(&state) != request)
    }

    @Test func `an expired claim is renewed before more is traded`() throws {
        var (state, _) = try working()

        state.receive(.signal(plan(2, poolNumber: 2, at: .exampleStart + .seconds(6))))

        #expect(!state.errands.contains(.trade(PoolID(10_001))))
        _ = try claimed(&state)
    }

    @Test func `a plan from before the bot's own trade is not worked again`() throws {
        var (state, order) = try working()
        let time = Timestamp.exampleStart + .seconds(2)
        state.note(.filled(quantity: Quantity(-5), price: Price(1), time: time), of: order)

        state.receive(.signal(plan(2, poolNumber: 2, at: .exampleStart + .seconds(1))))
        let early = orders(&state)
        state.receive(.signal(plan(3, poolNumber: 3, at: time)))
        let late = orders(&state)

        #expect(early.isEmpty)
        #expect(late.count == 1)
    }

    @Test func `a plan that arrives while its pool is worked replaces what is left`() throws {
        var state = try bot()
        let steps = [slice(perpetual, lots: -5), slice(InstrumentID(30_002), lots: -6)]
        state.receive(.signal(signal(1, kind: .liquidationPlan, state: .liquidating, steps: steps)))
        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        let first = state.nextOrder(of: PoolID(10_001))
        #expect(first?.instrument == perpetual)

        state.receive(.signal(plan(2, poolNumber: 2)))
        let rest = orders(&state)

        #expect(rest.map(\.instrument) == [perpetual])
    }

    @Test func `a slice that the price refused is tried again at the next heartbeat`() throws {
        var (state, order) = try working()

        state.note(.refused(.beyondWorstPrice(mark: Price(1))), of: order)
        let before = orders(&state)
        state.receive(.heartbeat(heartbeat(signalNo: 1)))
        let after = orders(&state)

        #expect(before.isEmpty)
        #expect(after == [order])
    }

    @Test func `a cure ends the work on a pool`() throws {
        var (state, order) = try working()
        state.note(.refused(.beyondWorstPrice(mark: Price(1))), of: order)

        state.receive(.signal(signal(2, poolNumber: 2, kind: .cured, state: .healthy)))
        state.receive(.heartbeat(heartbeat(signalNo: 2)))
        let traded = orders(&state)

        #expect(traded.isEmpty)
        #expect(state.report.cures == 1)
    }

    @Test func `a gap is asked for once, and what comes counts as replayed`() throws {
        var state = try bot()
        state.receive(.signal(signal(3, pool: 3)))
        state.receive(.signal(signal(4, pool: 4)))
        let asked = errands(&state).compactMap { errand -> (RequestID, ReplayQuery)? in
            if case .ask(let request, .replayQuery(let query)) = errand { (request, query) } else { nil }
        }
        #expect(asked.count == 1)
        let (request, query) = try #require(asked.first)
        #expect(query.from == StreamNumber(1) && query.to == StreamNumber(2))

        state.receive(.signal(signal(1, pool: 1)), to: request)
        state.receive(.signal(signal(2, pool: 2)), to: request)
        state.receive(done, to: request)

        #expect(state.report.gaps == 1 && state.report.replayed == 2 && state.report.signals == 4)
    }

    @Test func `an owner who pays when called pays once, after a while`() throws {
        let pool = try #require((20_000..<20_100).first { OwnerHabit(of: PoolID($0)) == .paysWhenCalled })
        var state = try bot()
        state.receive(.signal(signal(1, pool: pool, kind: .marginCall, state: .marginCall)))
        var paid: [OwnerDeposit] = []
        for _ in 0..<12 {
            state.receive(.heartbeat(heartbeat(signalNo: 1)))
            paid += errands(&state).compactMap { if case .pay(let deposit) = $0 { deposit } else { nil } }
        }

        // 1.3 times the initial margin of 1000, less an equity of 900.
        #expect(paid == [OwnerDeposit(pool: PoolID(pool), value: Value(400 * Value.perDollar))])
    }
}
