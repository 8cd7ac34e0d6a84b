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

    /// Options need a history of volatilities; without options every pool has an answer from prices alone.
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
        /// Pools with options that have a margin, and what others lack.
        var withOptions = 0
        var reasons: Set<String> = []
        /// Tenors in days that counted of an underlying.
        var tenors: Set<[Int]> = []
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
            let isHistory = [.indexPrice, .volatilityIndex].contains(batch.events.kind)
            guard !pools.isEmpty, effects.evaluationCount > 0 || isHistory else { return }
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
                    let options = question.members.flatMap(\.options).filter { $0.size != 0 }
                    seen.withOptions += options.isEmpty ? 0 : 1
                    seen.tenors.formUnion(options.map { model.history.tenors(of: $0.underlying) })
                case .quarantined(.methodRefused(.shortHistory, _)):
                    do throws(MethodFault) {
                        _ = try model.answer(question)
                        Issue.record("the method has an answer for pool \(pool) in record \(number)")
                    } catch {
                        guard case .shortHistory(let what, _) = error else {
                            Issue.record("\(error)")
                            continue
                        }
                        seen.reasons.insert(what)
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

    @Test func `without volatility indices a pool with an option is quarantined under that name`() throws {
        let seen = try Self.compare(MethodStream.batches(seed: 44, method: Self.method, historyDays: 160))

        #expect(seen.short > 10 && seen.margined > 10 && seen.withOptions == 0, "\(seen)")
        #expect(seen.reasons.allSatisfy { $0.hasSuffix("'s volatility") }, "\(seen)")
    }

    @Test(arguments: [UInt64(44), 45])
    func `options are margined on the closes of volatility indices, after every record`(seed: UInt64) throws {
        let batches = MethodStream.batches(
            seed: seed, method: Self.method, historyDays: 170, from: [1: 10], indexDays: 150)

        let seen = try Self.compare(
            batches,
            changes: [batches.count - 200: [("rule", "shortfall")], batches.count - 100: [("rule", "larger")]])

        #expect(seen.withOptions > 30 && seen.short == 0, "\(seen)")
        #expect(seen.names.contains(.shortfall))
        // A tenor that began later does not count; nor do all that the stream adds.
        #expect(seen.tenors.isSubset(of: [[7, 30], [7], [30]]), "\(seen)")
        #expect(seen.tenors.contains(seed.isMultiple(of: 2) ? [7, 30] : [30]), "\(seen)")
    }

    @Test func `with too few closes of volatility the factor that is short is named`() throws {
        let seen = try Self.compare(
            MethodStream.batches(seed: 44, method: Self.method, historyDays: 160, indexDays: 60))

        #expect(seen.short > 10 && seen.margined > 10 && seen.withOptions == 0, "\(seen)")
        #expect(!seen.reasons.isEmpty)
        for reason in seen.reasons {
            #expect(reason.hasPrefix("a history of 100 dates (there are "), "\(reason)")
            #expect(reason.contains(" of volatility "), "\(reason)")
        }
    }

    @Test(arguments: [0, 125])
    func `any number of shards agrees on pools under expected shortfall`(indexDays: Int) async throws {
        let all = MethodStream.batches(seed: 45, method: Self.method, historyDays: 130, indexDays: indexDays)
        let batches = indexDays > 0 ? all : Self.withoutOptions(all)
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
