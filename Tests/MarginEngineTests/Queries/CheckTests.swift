import Handover
import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

@Suite struct CheckTests {
    @Test func `two checks that fit alone do not both pass`() throws {
        var market = try SmallMarket()
        market.deposit(1, 10_000)
        let first = try market.check(80, of: SmallMarket.perpetual, at: Price(6_000_000))
        let second = try market.check(80, of: SmallMarket.perpetual, at: Price(6_000_000))

        #expect(first.accepted && first.shortfall == .zero && first.token != Reference(0))
        #expect(first.expires == market.engine.now + .seconds(5))
        #expect(!second.accepted && second.shortfall > .zero && second.token == Reference(0))
        // What is missing is missing to the quantum.
        let after = try market.whatIf([SmallMarket.change(160, of: SmallMarket.perpetual, at: Price(6_000_000))])
        #expect(second.shortfall == after.initialAfter - after.equityAfter)
    }

    @Test func `a reservation ends with its time, its token, its fill or its cancellation`() throws {
        var market = try SmallMarket()
        market.deposit(1, 10_000)
        func passes(_ market: SmallMarket, _ lots: Int64 = 80) throws -> Bool {
            var copy = market
            return try copy.check(lots, of: SmallMarket.perpetual, at: Price(6_000_000), seconds: 0).accepted
        }
        #expect(try market.check(80, of: SmallMarket.perpetual, token: 500).token == Reference(500))
        #expect(try !passes(market))

        var later = market
        later.send(.clock([Clock(time: market.time + .seconds(4))]))
        #expect(try !passes(later))
        later.send(.clock([Clock(time: market.time + .seconds(5) + .milliseconds(1))]))
        #expect(try passes(later))

        var released = market
        #expect(try released.check(token: 500).accepted)
        #expect(try passes(released))

        var replaced = market
        #expect(try replaced.check(10, of: SmallMarket.perpetual, token: 500).accepted)
        #expect(try passes(replaced))

        var cancelled = market
        cancelled.send(.orderUpdate([Self.update(.cancel, remaining: 0)]))
        #expect(try passes(cancelled))

        var amended = market
        amended.send(.orderUpdate([Self.update(.amend, remaining: 10)]))
        #expect(try passes(amended))

        var refused = market
        var update = Self.update(.amend, remaining: 10)
        update.price = .zero
        refused.send(.orderUpdate([update]))
        #expect(try !passes(refused))

        var filled = market
        filled.trade(30, of: SmallMarket.perpetual, at: Price(6_000_000), order: 500)
        #expect(try !passes(filled, 30))
        filled.trade(50, of: SmallMarket.perpetual, at: Price(6_000_000), order: 500)
        filled.send(.clock([Clock(time: market.time)]))
        #expect(try passes(filled, 15))
        #expect(try !passes(filled, 80))
    }

    @Test func `a withdrawal reserves too, until the ledger has it`() throws {
        var market = try SmallMarket()
        market.deposit(1, 10_000)
        market.trade(50, of: SmallMarket.perpetual, at: Price(6_000_000))
        let free = try #require(market.excess).initial.quanta
        #expect(try market.check(withdrawing: free + 1).shortfall == Value(1))
        #expect(try market.check(withdrawing: free, token: 9).accepted)
        #expect(try !market.check(withdrawing: 1).accepted)
        #expect(try !market.check(1, of: SmallMarket.perpetual).accepted)

        market.send(
            .withdrawal([
                Withdrawal(
                    reference: Reference(9), account: AccountID(1), instrument: .none, asset: SmallMarket.usd,
                    amount: Money(free), status: .held)
            ]))
        #expect(try #require(market.excess).initial == .zero)
        // Selling frees margin again, which a reservation that still stood would hold down.
        market.trade(-25, of: SmallMarket.perpetual, at: Price(6_000_000))
        let freed = try #require(market.excess).initial.quanta
        #expect(try market.check(withdrawing: freed).accepted)
    }

    @Test func `a pool below initial margin passes what makes it no worse`() throws {
        var market = try SmallMarket()
        market.deposit(1, 12_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.publish(index: 56_500)

        #expect(try market.check(-50, of: SmallMarket.perpetual).accepted)
        #expect(try !market.check(1, of: SmallMarket.perpetual).accepted)
    }

    /// The law: whatever part of what passed comes true, in whatever order, the pool meets initial margin, or is no
    /// worse than it was.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `no set of fills of what passed breaches`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var market = try SmallMarket()
        market.deposit(1, Int64(random.next() % 60_000))
        if seed % 3 == 0 { market.deposit(1, Int64(random.next() % 200_000_000), of: SmallMarket.btc) }
        let instruments: [(InstrumentID, Int64)] = [
            (SmallMarket.perpetual, 6_000_000), (SmallMarket.inverse, 6_000_000), (SmallMarket.call, 377_000),
            (SmallMarket.put, 377_000), (SmallMarket.farCall, 30_000), (SmallMarket.farPut, 26_000),
        ]
        for (instrument, price) in instruments where random.next() % 2 == 0 {
            market.trade(Int64(random.next() % 41) - 20, of: instrument, at: Price(price))
        }
        let before = try #require(market.excess)
        var passed: [(instrument: InstrumentID, lots: Int64, price: Price)] = []
        for _ in 0..<30 {
            let (instrument, fair) = instruments[Int(random.next() % 6)]
            let lots = (Int64(random.next() % 60) + 1) * (random.next() % 2 == 0 ? 1 : -1)
            let price = Price(fair + fair * (Int64(random.next() % 41) - 20) / 1_000)
            if try market.check(lots, of: instrument, at: price).accepted {
                passed.append((instrument, lots, price))
            }
        }

        for _ in 0..<60 {
            var changes: [WhatIfChange] = []
            for order in passed {
                let lots =
                    switch random.next() % 3 {
                    case 0: 0 as Int64
                    case 1: order.lots
                    default: Int64(Double(order.lots) * random.fraction())
                    }
                if lots != 0 { changes.append(SmallMarket.change(lots, of: order.instrument, at: order.price)) }
            }
            let after = try market.whatIf(changes)
            let excess = MarginExcess(
                initial: after.equityAfter - after.initialAfter, maintenance: after.equityAfter - after.maintenanceAfter
            )
            #expect(excess.isAllowed(after: before), "seed \(seed): \(changes.count) of \(passed.count) filled")
        }
        #expect(!passed.isEmpty || before.initial < .zero)
    }

    @Test func `bad checks are refused by the field at fault, and change nothing`() throws {
        var market = try SmallMarket()
        market.deposit(1, 10_000)
        func refused(_ change: (inout CheckQuery) -> Void) throws -> String {
            var query = CheckQuery(
                account: AccountID(1), instrument: SmallMarket.perpetual, quantity: Quantity(1), price: .zero,
                asset: SmallMarket.usd, amount: .zero, reserveFor: .seconds(1), mode: .cross, token: Reference(0))
            change(&query)
            let fault = try market.fault(.checkQuery(query))
            return "\(fault.fault) \(fault.field)"
        }

        #expect(try refused { $0.quantity = .zero } == "outOfRange quantity")
        #expect(try refused { $0.instrument = InstrumentID(99) } == "unknownInstrument instrument")
        #expect(try refused { $0.instrument = .none } == "outOfRange instrument")
        #expect(try refused { $0.amount = Money(1) } == "outOfRange amount")
        #expect(try refused { ($0.amount, $0.asset) = (Money(-1), AssetID(99)) } == "outOfRange asset")
        #expect(try refused { $0.reserveFor = .seconds(11) } == "outOfRange reserveFor")
        #expect(try refused { $0.reserveFor = Duration64(-1) } == "outOfRange reserveFor")
        #expect(try refused { $0.mode = .isolated } == "unknownAccount mode")
        #expect(try refused { $0.token = Reference(.max) } == "outOfRange token")
        #expect(try refused { ($0.quantity, $0.token) = (.zero, Reference(5)) } == "notAvailable token")
        #expect(try refused { ($0.quantity, $0.price) = (Quantity(.max), Price(.max)) } == "outOfRange quantity")
        market.send(.accountFrozen([AccountFrozen(account: AccountID(1), frozen: true)]))
        #expect(try refused { _ in } == "notAvailable account")
    }

    @Test func `more reservations than a pool may have are refused as busy`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000_000)
        for token in 1...UInt64(EngineLimits.reservationsPerPoolMax) {
            #expect(try market.check(1, of: SmallMarket.perpetual, token: token).accepted)
        }
        let query = CheckQuery(
            account: AccountID(1), instrument: SmallMarket.perpetual, quantity: Quantity(1), price: .zero,
            asset: SmallMarket.usd, amount: .zero, reserveFor: .seconds(1), mode: .cross, token: Reference(0))
        #expect(try market.fault(.checkQuery(query)).fault == .busy)
    }

    @Test func `any number of shards gives the same answers, and checks wait after a restart`() async throws {
        var answers: [[Answer]] = []
        for shardCount in [1, 4] {
            let executor = try ThreadExecutor(name: "check")
            let parameters = try SmallMarket.parameters()
            var engine = try ShardedEngine(shardCount: shardCount, log: LogID(1), first: executor) { share in
                EngineState(share: share, parameters: parameters)
            }
            let records = try Self.records()
            _ = await engine.fold(records)
            var given: [Answer] = []
            for lots in [30, 40, 50] as [Int64] {
                let query = CheckQuery(
                    account: AccountID(1), instrument: SmallMarket.perpetual, quantity: Quantity(lots), price: .zero,
                    asset: SmallMarket.usd, amount: .zero, reserveFor: .seconds(5), mode: .cross, token: Reference(0))
                given += await engine.answer(.checkQuery(query))
                // The pool changes hands, perhaps to another shard; what is reserved goes with the account.
                let move = EventBatch(
                    header: BatchHeader(
                        source: SourceID(9), epoch: Epoch(1), firstSequence: SequenceNumber(UInt64(lots)),
                        sendingTime: .zero),
                    events: .poolMembership([
                        PoolMembership(
                            account: AccountID(1), instrument: .none, pool: PoolID(1_000 + UInt64(lots)),
                            agreement: .ownPool, action: .join, contribution: .zero, pledge: .zero)
                    ]))
                _ = await engine.fold([
                    EventRecord(number: RecordNumber(1_000 + UInt64(lots)), epoch: Epoch(1), batch: move)
                ])
            }
            await engine.holdChecks()
            given += await engine.answer(
                .checkQuery(
                    CheckQuery(
                        account: AccountID(1), instrument: SmallMarket.perpetual, quantity: Quantity(1), price: .zero,
                        asset: SmallMarket.usd, amount: .zero, reserveFor: .zero, mode: .cross, token: Reference(0))))
            answers.append(given)
        }

        #expect(answers[0] == answers[1])
        let accepted = answers[0].compactMap { answer -> Bool? in
            if case .checkAnswer(let check) = answer { check.accepted } else { nil }
        }
        #expect(accepted == [true, true, false])
        guard case .queryError(let held)? = answers[0].last else {
            Issue.record("a check was answered while reservations of before might stand")
            return
        }
        #expect(held.fault == .notAvailable)
    }

    private static func update(_ action: OrderAction, remaining: Int64) -> OrderUpdate {
        OrderUpdate(
            action: action, order: OrderID(500), account: AccountID(1), mode: .cross,
            instrument: SmallMarket.perpetual, price: Price(6_000_000), remaining: Quantity(remaining),
            updateTime: .zero)
    }

    /// The records of a small market with 10,000 dollars in account 1.
    private static func records() throws -> [EventRecord] {
        var market = try SmallMarket()
        market.deposit(1, 10_000)
        return market.records
    }

    /// Two buy orders of the same number, 2 BTC of another member and 1 BTC that is wanted: each loses 16 %.
    @Test func `an order replaces its own member's of the same number only`() throws {
        var market = try SmallMarket()
        market.deposit(1, 20_000)
        market.send(.accountOpened([AccountOpened(account: AccountID(4), owner: OwnerID(1), pool: PoolID(4))]))
        market.send(
            .poolMembership([
                PoolMembership(
                    account: AccountID(4), instrument: .none, pool: SmallMarket.pool, agreement: .ownPool,
                    action: .join, contribution: .zero, pledge: .zero)
            ]))
        func order(_ account: UInt64, _ lots: Int64) -> EventGroup {
            .orderUpdate([
                OrderUpdate(
                    action: .open, order: OrderID(9), account: AccountID(account), mode: .cross,
                    instrument: SmallMarket.perpetual, price: Price(6_000_000), remaining: Quantity(lots),
                    updateTime: market.time)
            ])
        }
        market.send(order(4, 200))

        let beside = try market.check(100, of: SmallMarket.perpetual, token: 9, seconds: 0)
        market.send(order(4, 0))
        market.send(order(1, 200))
        let instead = try market.check(100, of: SmallMarket.perpetual, token: 9, seconds: 0)

        #expect(!beside.accepted && beside.shortfall == Value(9_160_000_000))
        #expect(instead.accepted)
    }
}
