import Handover
import MarginDomain
import MarginEngine
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

/// Pools under expected shortfall, whose history is the log's own.
@Suite struct ShortfallPoolTests {
    private static let method = "expected-shortfall"

    /// Options need a history of volatilities, which a log has not; without options every pool has an answer.
    static func withoutOptions(_ batches: [EventBatch]) -> [EventBatch] {
        var options: Set<InstrumentID> = []
        return batches.map { batch in
            switch batch.events {
            case .instrumentListed(let entries):
                options.formUnion(
                    entries.filter { $0.kind == .linearOption || $0.kind == .inverseOption }.map(\.instrument))
            case .trade(let entries):
                let kept = entries.filter { !options.contains($0.instrument) }
                return EventBatch(header: batch.header, events: .trade(kept))
            default: break
            }
            return batch
        }
    }

    /// What was seen of pools under the method.
    private struct Seen {
        var margined = 0
        var short = 0
        var refused = 0
        var names: Set<MarginComponent> = []
    }

    /// Folds batches and compares every pool under the method with the method's own answer, on closes kept here.
    private static func compare(
        _ batches: [EventBatch], changes: [Int: [(path: String, text: String)]] = [:]
    ) throws -> Seen {
        var engine = EngineState(parameters: .bootstrap)
        var closes = NaiveCloses()
        var seen = Seen()
        var texts: [String: String] = [:]
        var number: UInt64 = 0
        func fold(_ batch: EventBatch) throws {
            number += 1
            closes.note(batch)
            let effects = engine.apply(EventRecord(number: RecordNumber(number), epoch: Epoch(1), batch: batch))
            if MethodStream.isChange(batch) { #expect(effects.refusals.isEmpty, "\(effects.refusals)") }
            let pools = engine.evaluatedPools.filter { engine.methodName(of: $0) == method }
            guard !pools.isEmpty, effects.evaluationCount > 0 || batch.events.kind == .indexPrice else { return }
            let model = try ExpectedShortfall(
                ParameterTree(leaves: texts.map { (MethodPath($0.key), $0.value) })
            ).given(
                history: closes.history(),
                grid: DefaultGrid(engine.parameters, symbols: engine.assetsBySymbol))
            for pool in pools {
                guard let live = engine.margin(of: pool)?.margin, let question = engine.question(about: pool) else {
                    continue
                }
                switch live.status {
                case .margined:
                    let answer = try model.answer(question)
                    let initial = max(answer.initialMargin, answer.maintenanceMargin, 0)
                    #expect(live.initial.dollars == (initial * 1e6).rounded(.up) / 1e6, "record \(number)")
                    #expect(live.maintenance.dollars == (max(answer.maintenanceMargin, 0) * 1e6).rounded(.up) / 1e6)
                    let isGrid = answer.components.contains { $0.name == "default model" && $0.initial > 0 }
                    let name = MarginComponent.allCases.filter { live.components[$0].initial > .zero }
                    if live.initial > .zero { #expect(name == [isGrid ? .defaultModel : .shortfall]) }
                    seen.names.formUnion(name)
                    seen.margined += 1
                case .quarantined(.methodRefused(.shortHistory, _)):
                    do throws(MethodFault) {
                        _ = try model.answer(question)
                        Issue.record("the method has an answer for pool \(pool) in record \(number)")
                    } catch {
                        let isShort = if case .shortHistory = error { true } else { false }
                        #expect(isShort, "\(error)")
                        seen.short += 1
                    }
                case .quarantined(.methodRefused):
                    #expect(throws: MethodFault.self) { try model.answer(question) }
                    seen.refused += 1
                case .quarantined, .unpriceable: continue
                }
            }
        }
        for (place, batch) in batches.enumerated() {
            try fold(batch)
            guard let set = changes[place] else { continue }
            for (path, text) in set { texts[path] = text }
            try fold(MethodStream.record(of: set, method, after: batch))
        }
        return seen
    }

    @Test(arguments: [UInt64(44), 46])
    func `the live margin is the method's answer on the closes of the log, after every record`(seed: UInt64) throws {
        let batches = Self.withoutOptions(
            MethodStream.batches(seed: seed, method: Self.method, historyDays: 160, from: [1: 30]))

        let seen = try Self.compare(
            batches,
            changes: [
                batches.count - 200: [("rule", "shortfall")], batches.count - 150: [("rule", "grid")],
                batches.count - 100: [("rule", "larger"), ("gridShare", "0.8"), ("filter.decay", "0.94")],
            ])

        #expect(seen.margined > 50, "\(seen)")
        #expect(seen.names == [.shortfall, .defaultModel], "\(seen)")
    }

    @Test func `with too short a history a pool is quarantined under that name`() throws {
        let seen = try Self.compare(
            Self.withoutOptions(MethodStream.batches(seed: 44, method: Self.method, historyDays: 99)))

        #expect(seen.short > 20, "\(seen)")
        #expect(seen.margined == 0, "\(seen)")
    }

    @Test func `an option has no history of volatility, and its pool is quarantined under that name`() throws {
        let seen = try Self.compare(MethodStream.batches(seed: 44, method: Self.method, historyDays: 160))

        #expect(seen.short > 10 && seen.margined > 10, "\(seen)")
    }

    @Test func `any number of shards agrees on pools under expected shortfall`() async throws {
        let batches = Self.withoutOptions(MethodStream.batches(seed: 45, method: Self.method, historyDays: 130))
        let records = batches.enumerated().map { place, batch in
            EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
        }
        func fold(_ shardCount: Int) async throws -> [Signal] {
            let executor = try ThreadExecutor(name: "fold")
            var engine = try ShardedEngine(shardCount: shardCount, log: LogID(1), first: executor) { share in
                EngineState(share: share, parameters: .bootstrap)
            }
            return await engine.fold(records)?.signals ?? []
        }

        let whole = try await fold(1)

        #expect(!whole.isEmpty)
        for shardCount in 2...4 { #expect(try await fold(shardCount) == whole) }
    }
}
