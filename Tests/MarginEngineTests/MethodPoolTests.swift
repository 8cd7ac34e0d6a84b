import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

/// Pools whose agreement names a margin method.
@Suite struct MethodPoolTests {
    /// A stream in which every one-owner agreement names a method.
    private static func batches(seed: UInt64, method: String) -> [EventBatch] {
        GeneratedStream(seed: seed, size: .small).batches.map { batch in
            guard case .poolAgreement(let entries) = batch.events else { return batch }
            let renamed = entries.map { entry in
                var entry = entry
                entry.model = Symbol(method) ?? .empty
                return entry
            }
            return EventBatch(header: batch.header, events: .poolAgreement(renamed))
        }
    }

    private static func fold(
        _ batches: [EventBatch], _ check: (EngineState, RecordEffects) throws -> Void
    ) rethrows {
        var engine = EngineState(parameters: .bootstrap)
        for (place, batch) in batches.enumerated() {
            let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
            try check(engine, engine.apply(record))
        }
    }

    @Test(arguments: [UInt64(41), 42, 43])
    func `a live pool's question, answered by the default model, is the live margin`(seed: UInt64) throws {
        var compared = 0
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
                // What orders may fill is not in a question, nor whose else the owner's size is.
                let left = [MarginComponent.openOrders, .liquidity, .concentration].map { live.components[$0].initial }
                let held = live.initial.dollars - left.reduce(.zero, +).dollars
                #expect(abs(answer.initialMargin - held) <= 4 * slack + 1e-9 * answer.initialMargin)
                compared += 1
            }
        }
        #expect(compared > 100)
    }

    @Test(arguments: ["derive-standard", "derive-portfolio", "deribit-portfolio", "okx-range"])
    func `a pool's requirement is its method's after every record`(method: String) throws {
        let type = try #require(MethodRegistry.method(named: method))
        let model = try type.init(.empty)
        var (margined, refused) = (0, 0)
        try Self.fold(Self.batches(seed: 44, method: method)) { engine, _ in
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
        #expect(margined + refused > 20, "hardly any pool was under the method")
    }

    @Test func `an agreement with a method that there is not is refused by name`() throws {
        var refusals: [Refusal] = []
        Self.fold(Self.batches(seed: 44, method: "abacus")) { _, effects in refusals += effects.refusals }
        #expect(refusals.contains(.unknownMethod(try #require(Symbol("abacus")))))
    }
}

extension MarginCase {
    /// Whether no underlying has two perpetuals, for which a question has only one price.
    fileprivate var hasOnePerpetualPrice: Bool {
        let perpetuals = members[0].marked.filter { $0.secondsToExpiry == nil }.map(\.underlying)
        return Set(perpetuals).count == perpetuals.count
    }
}

extension MarginCase {
    /// Whether no coin of about a dollar is worth anything else, so that options which settle in it are at par.
    fileprivate var isAtPar: Bool { members[0].collateral.allSatisfy { $0.price == 1 || abs($0.price - 1) > 0.2 } }
}

extension EngineState {
    /// Lots of all members' positions together, whatever their sign.
    fileprivate var lotsHeld: Double {
        allMembers.flatMap { positions(of: $0) }.reduce(0) { $0 + Double($1.position.quantity.lots.magnitude) }
    }
}

extension Value {
    fileprivate var dollars: Double { Double(quanta) / Double(Value.perDollar) }
}
