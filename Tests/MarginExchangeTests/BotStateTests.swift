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
                until: .zero))
    }

    private var done: Answer {
        .queryDone(QueryDone(record: .start, committed: .start, count: 1, nextStreamNo: .start))
    }

    /// The claim that the state asks for.
    private func claimed(_ state: inout BotState) throws -> RequestID {
        let request = state.errands.compactMap { errand -> RequestID? in
            if case .ask(let request, .claimQuery) = errand { request } else { nil }
        }.last
        state.errands.removeAll()
        return try #require(request)
    }

    private func orders(_ state: BotState) -> [LiquidationOrder] {
        state.errands.flatMap { errand -> [LiquidationOrder] in
            if case .trade(let orders) = errand { orders } else { [] }
        }
    }

    @Test func `a plan is claimed before it is worked`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        #expect(orders(state).isEmpty)

        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        state.receive(done, to: request)

        #expect(orders(state).map(\.quantity) == [Quantity(-5)])
        #expect(state.report.claimsGranted == 1 && state.report.plans == 1)
    }

    @Test func `a plan that another bot has is left alone`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)

        state.receive(claim(false), to: request)

        #expect(orders(state).isEmpty)
        #expect(state.report.claimsLost == 1)
    }

    @Test func `an engine without claims is worked without`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)

        state.receive(.queryError(QueryError(fault: .notAvailable, field: .empty, explanation: "")), to: request)

        #expect(orders(state).count == 1)
    }

    @Test func `a plan from before the bot's own trade is not worked again`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        let order = try #require(orders(state).first)
        state.errands.removeAll()
        let traded = Timestamp.exampleStart + .seconds(2)
        state.note(.filled(quantity: Quantity(-5), price: Price(1), time: traded), of: order)

        state.receive(.signal(plan(2, poolNumber: 2, at: .exampleStart + .seconds(1))))
        #expect(orders(state).isEmpty)
        state.receive(.signal(plan(3, poolNumber: 3, at: traded)))
        #expect(orders(state).count == 1)
    }

    @Test func `a slice that the price refused is tried again at the next heartbeat`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        let order = try #require(orders(state).first)
        state.errands.removeAll()

        state.note(.refused(.beyondWorstPrice(mark: Price(1))), of: order)
        state.receive(.heartbeat(heartbeat(signalNo: 1)))

        #expect(orders(state) == [order])
    }

    @Test func `a cure ends the work on a pool`() throws {
        var state = try bot()
        state.receive(.signal(plan(1)))
        let request = try claimed(&state)
        state.receive(claim(true), to: request)
        let order = try #require(orders(state).first)
        state.note(.refused(.beyondWorstPrice(mark: Price(1))), of: order)
        state.errands.removeAll()

        state.receive(.signal(signal(2, poolNumber: 2, kind: .cured, state: .healthy)))
        state.receive(.heartbeat(heartbeat(signalNo: 2)))

        #expect(orders(state).isEmpty)
        #expect(state.report.cures == 1)
    }

    @Test func `a gap is asked for once, and what comes counts as replayed`() throws {
        var state = try bot()
        state.receive(.signal(signal(3, pool: 3)))
        state.receive(.signal(signal(4, pool: 4)))
        let asked = state.errands.compactMap { errand -> (RequestID, ReplayQuery)? in
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
            paid += state.errands.compactMap { if case .pay(let deposit) = $0 { deposit } else { nil } }
            state.errands.removeAll()
        }

        // 1.3 times the initial margin of 1000, less an equity of 900.
        #expect(paid == [OwnerDeposit(pool: PoolID(pool), value: Value(400 * Value.perDollar))])
    }
}
