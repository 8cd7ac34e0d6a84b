import Handover
import MarginDomain
import MarginMethods
import MarginTestKit
import Testing

@testable import MarginEngine
@testable import MarginModel

/// Pools whose agreement names a margin method.
@Suite struct MethodPoolTests {
    private static func fold(
        _ batches: [EventBatch], _ check: (EngineState, RecordEffects) throws -> Void
    ) rethrows {
        var engine = EngineState(parameters: .bootstrap)
        for (place, batch) in batches.enumerated() {
            let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
            let effects = engine.apply(record)
            try check(engine, effects)
        }
    }

    @Test(arguments: [UInt64(41), 42, 43])
    func `a live pool's question, answered by the default model, is the live margin`(seed: UInt64) throws {
        var (compared, besides) = (0, 0)
        var engine = EngineState(parameters: .bootstrap)
        for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
            _ = engine.apply(EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch))
            guard place % 7 == 0 else { continue }
            for pool in engine.evaluatedPools {
                guard let live = engine.margin(of: pool)?.margin, live.status == .margined,
                    let question = engine.question(about: pool), question.hasOnePerpetualPrice, question.isAtPar
                else { continue }
                let answer = try question.answer(under: engine.parameters, symbols: engine.assetsBySymbol)
                // The ledger rounds every lot to a quantum; no pool holds more lots than all members together.
                let slack = 1e-6 * (100 + engine.lotsHeld) + 1e-9 * abs(answer.equity)
                #expect(abs(answer.equity - live.equity.dollars) <= slack, "pool \(pool) in record \(place + 1)")
                let isNear = { (answered: Double, found: Value) in
                    abs(answered - found.dollars) <= 4 * slack + 1e-9 * abs(answered)
                }
                #expect(isNear(answer.maintenanceMargin, live.maintenance), "pool \(pool) in record \(place + 1)")
                // A question has neither what orders may fill, nor whose else the owner's size is, nor how old
                // volatilities are. Without them:
                let bare = try #require(engine.bareMargin(of: pool))
                #expect(isNear(answer.initialMargin, bare.initial), "pool \(pool) in record \(place + 1)")
                let aged = try #require(engine.ageCharge(of: pool))
                // And they are all that the live pool has besides, to the quantum, in every component.
                for component in MarginComponent.allCases {
                    let isLeftOut = [.openOrders, .liquidity, .concentration].contains(component)
                    let (own, other) = (live.components[component], bare.components[component])
                    let old = component == .oracleUncertainty ? aged : .zero
                    let isSame = own.initial == other.initial + old && own.maintenance == other.maintenance
                    #expect(isLeftOut ? other.initial == .zero : isSame, "\(component) of pool \(pool)")
                    if isLeftOut, own.initial > .zero { besides += 1 }
                }
                #expect(live.equity == bare.equity && live.maintenance == bare.maintenance)
                compared += 1
            }
        }
        #expect(compared > 100 && besides > 0)
    }

    @Test(arguments: MethodStream.changes.keys.sorted(), [UInt64(44), 46])
    func `a pool's requirement is its method's after every record, also when its parameters change`(
        method: String, seed: UInt64
    ) throws {
        let type = try #require(MethodRegistry.method(named: method))
        let sets = try #require(MethodStream.changes[method])
        var model = try type.init(.empty)
        var texts: [String: String] = [:]
        var (margined, refused, changes) = (0, 0, 0)
        let batches = MethodStream.batches(seed: seed, method: method, changing: sets)
        let places = batches.indices.filter { MethodStream.isChange(batches[$0]) }
        try Self.fold(batches) { engine, effects in
            if changes < sets.count, effects.record.rawValue == UInt64(places[changes] + 1) {
                #expect(effects.refusals.isEmpty, "\(effects.refusals)")
                for (path, text) in sets[changes] { texts[path] = text }
                model = try type.init(ParameterTree(leaves: texts.map { (MethodPath($0.key), $0.value) }))
                changes += 1
            }
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                guard let live = engine.margin(of: pool)?.margin, let question = engine.question(about: pool) else {
                    continue
                }
                switch live.status {
                case .margined:
                    let answer = try model.answer(question)
                    #expect(live.initial.dollars == (max(answer.initialMargin, 0) * 1e6).rounded(.up) / 1e6)
                    #expect(live.maintenance.dollars == (max(answer.maintenanceMargin, 0) * 1e6).rounded(.up) / 1e6)
                    #expect(live.components.entries.allSatisfy { $0.component == .method })
                    margined += 1
                case .quarantined(.methodRefused):
                    #expect(throws: MethodFault.self) { try model.answer(question) }
                    refused += 1
                case .quarantined, .unpriceable: continue
                }
            }
        }
        #expect(changes == sets.count)
        #expect(margined + refused > 20, "hardly any pool was under the method")
    }

    @Test(arguments: MethodStream.changes.keys.sorted())
    func `any number of shards agrees on pools under a method`(method: String) async throws {
        let batches = MethodStream.batches(seed: 46, method: method, changing: MethodStream.changes[method] ?? [])
        let records = batches.enumerated().map { place, batch in
            EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
        }
        func fold(_ shardCount: Int) async throws -> (signals: [Signal], states: [PoolState]) {
            let executor = try ThreadExecutor(name: "fold")
            var engine = try ShardedEngine(shardCount: shardCount, log: LogID(1), first: executor) { share in
                EngineState(share: share, parameters: .bootstrap)
            }
            let signals = await engine.fold(records)?.signals ?? []
            return (signals, await engine.snapshots().flatMap(\.poolStates).sorted { $0.pool < $1.pool })
        }

        let whole = try await fold(1)

        #expect(!whole.signals.isEmpty)
        for shardCount in 2...4 {
            let sharded = try await fold(shardCount)
            #expect(sharded.signals == whole.signals)
            #expect(sharded.states.map(\.initialMargin) == whole.states.map(\.initialMargin))
            #expect(sharded.states.map(\.maintenanceMargin) == whole.states.map(\.maintenanceMargin))
        }
    }

    @Test func `an agreement with a method that there is not is refused by name`() throws {
        var refusals: [Refusal] = []
        Self.fold(MethodStream.batches(seed: 44, method: "abacus")) { _, effects in refusals += effects.refusals }
        #expect(refusals.contains(.unknownMethod(try #require(Symbol("abacus")))))
    }
}

extension MarginCase {
    /// Whether no underlying has two perpetuals, for which a question has only one price.
    var hasOnePerpetualPrice: Bool {
        let perpetuals = members[0].marked.filter { $0.secondsToExpiry == nil }.map(\.underlying)
        return Set(perpetuals).count == perpetuals.count
    }
}

extension MarginCase {
    /// Whether no coin of about a dollar is worth anything else, so that options which settle in it are at par.
    var isAtPar: Bool { members[0].collateral.allSatisfy { $0.price == 1 || abs($0.price - 1) > 0.2 } }
}

extension EngineState {
    /// What a pool is charged because volatilities are old.
    func ageCharge(of pool: PoolID) -> Value? {
        guard let slot = poolPlaces[pool].flatMap({ pools[$0.number].slot }) else { return nil }
        let holdings = book.holdings(of: slot)
        var other = book
        var parameters = book.parameters
        parameters.addOns.volatilityAgeMargin = 0
        other.replaceParameters(parameters)
        let (aged, fresh) = (book.margin(of: holdings), other.margin(of: holdings))
        return aged.components[.oracleUncertainty].initial - fresh.components[.oracleUncertainty].initial
    }

    /// The margin of what a pool holds, without its orders, where nobody is large and no volatility is old.
    fileprivate func bareMargin(of pool: PoolID) -> PoolMargin? {
        guard let slot = poolPlaces[pool].flatMap({ pools[$0.number].slot }) else { return nil }
        var parameters = book.parameters
        parameters.addOns.liquiditySlope = 0
        parameters.addOns.concentrationSlope = 0
        parameters.addOns.volatilityAgeMargin = 0
        var other = book
        other.replaceParameters(parameters)
        return other.margin(of: book.holdings(of: slot).withoutOrders)
    }

    /// Lots of all members' positions together, whatever their sign.
    var lotsHeld: Double {
        allMembers.flatMap { positions(of: $0) }.reduce(0) { $0 + Double($1.position.quantity.lots.magnitude) }
    }
}

extension Value {
    /// As a number.
    var dollars: Double { Double(quanta) / Double(Value.perDollar) }
}
