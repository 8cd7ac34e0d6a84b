import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Sets of risk parameters from proposal to effect; that the engine and the oracle agree on every record of it is part
/// of `EngineEqualsOracleTests`, one stream in three of which is governed.
@Suite struct ParameterWorkflowTests {
    @Test func `a set that two others approve takes effect when it is restated`() {
        var desk = Desk()
        let proposal = [Desk.entry("kappa", 0.7), Desk.entry("volUp", 0.5)]

        desk.send(proposal, .proposed, 2, from: 901)
        desk.send(proposal, .approved, 2, from: 902)
        desk.send(proposal.reversed(), .approved, 2, from: 903)
        #expect(desk.sets().map(\.status) == [.effective, .approved])
        #expect(desk.sets(2).first?.approvals == [902, 903].map { ParameterApproval(source: SourceID($0)) })
        #expect(desk.refusals == [])
        #expect(desk.versionInForce == 1)
        desk.send(proposal, .effective, 2, from: 901)

        #expect(desk.versionInForce == 2)
        #expect(desk.value("kappa") == 0.7)
        #expect(desk.sets().map(\.inForce) == [true, false])
    }

    @Test(arguments: [
        // Too few approvals.
        (approvers: [902], values: 0.7, effect: 0.7, reason: "parameters: version 2 has 1 of 2 approvals"),
        // The proposer.
        ([901, 902], 0.7, 0.7, "parameters: source 901 proposed the set and cannot approve it"),
        // Twice.
        ([902, 902], 0.7, 0.7, "parameters: source 902 has approved already"),
        // Something else.
        ([902, 903], 0.6, 0.7, "parameters: the values are not those of version 2"),
        ([902, 903], 0.7, 0.6, "parameters: the values are not those of version 2"),
    ])
    func `a set without two other approvals of these very values does not take effect`(
        approvers: [UInt16], values: Double, effect: Double, reason: String
    ) {
        var desk = Desk()

        desk.send([Desk.entry("kappa", 0.7)], .proposed, 2, from: 901)
        for approver in approvers { desk.send([Desk.entry("kappa", values)], .approved, 2, from: approver) }
        desk.send([Desk.entry("kappa", effect)], .effective, 2, from: 903)

        #expect(desk.versionInForce == 1)
        #expect(desk.refusals.map(\.description).contains(reason))
    }

    @Test func `versions are given once, and only so many proposals are kept`() {
        var desk = Desk()

        for version in 2...11 as ClosedRange<UInt32> {
            desk.send([Desk.entry("kappa", 0.7)], .proposed, version, from: 901)
        }
        desk.send([Desk.entry("kappa", 0.6)], .proposed, 11, from: 902)

        #expect(desk.sets().dropFirst().map(\.version.rawValue) == Array(4...11))
        #expect(desk.refusals.map(\.description) == ["parameters: version 11 is not later than every version so far"])
    }

    @Test func `an emergency may only raise`() {
        var desk = Desk()

        desk.send([Desk.entry("range", 0.2, asset: 10), Desk.entry("kappa", 0.5)], .effective, 2, from: 901)
        #expect(desk.versionInForce == 2)
        for (key, value) in [("kappa", 0.6), ("nakedShort", 0.002), ("maintenance", 0.9), ("approvals", 0)] {
            desk.send([Desk.entry(key, value)], .effective, 3, from: 901)
        }
        desk.send([Desk.entry("range", 0.19, asset: 10)], .effective, 3, from: 901)

        #expect(desk.versionInForce == 2)
        #expect(desk.refusals.count == 5)
    }

    @Test func `one may go back once, without new approvals`() throws {
        var desk = Desk()
        desk.send([Desk.entry("initial", 1.2)], .effective, 2, from: 901)
        let before = try #require(desk.sets().first { !$0.inForce })
        #expect(before.version == ParameterVersion(1))
        let entries = before.values.map {
            RiskParameters(
                version: before.version, status: .effective, key: $0.key, asset: $0.asset, index: $0.index,
                value: $0.value, last: false)
        }

        desk.send(Array(entries.dropLast()), .effective, 1, from: 902)
        #expect(desk.versionInForce == 2)
        desk.send(entries, .effective, 1, from: 902)

        #expect(desk.versionInForce == 1)
        #expect(desk.value("initial") == 1)
        #expect(desk.sets().map(\.inForce) == [true])
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `what a preview says is what taking effect does`(seed: UInt64) throws {
        var folds = TwoFolds()
        let stream = GeneratedStream(seed: seed * 3 + 1, size: .small)
        for (place, batch) in stream.batches.enumerated() { _ = folds.fold(batch, as: place + 1) }
        var number = stream.batches.count
        func fold(_ events: EventGroup, at time: Timestamp) {
            number += 1
            let header = BatchHeader(
                source: SourceID(901), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: time)
            #expect(folds.fold(EventBatch(header: header, events: events), as: number) == nil)
        }
        // Rows as of now, so that only the parameters differ.
        let time = folds.engine.now + .seconds(2)
        fold(.clock([Clock(time: time)]), at: time)
        var change = [Desk.entry("initial", 1.3), Desk.entry("range", 0.18, asset: 10), Desk.entry("kappa", 0.75)]
        for place in change.indices { change[place].version = ParameterVersion(900) }
        change[2].last = true
        for place in change.indices { change[place].status = .proposed }
        fold(.riskParameters(change), at: time)

        let answers = folds.engine.answer(.previewQuery(PreviewQuery(version: ParameterVersion(900))))
        guard case .previewAnswer(let preview)? = answers.first else { return #expect(Bool(false), "\(answers)") }
        let before = folds.engine.poolStates
        for place in change.indices { change[place].status = .effective }
        fold(.riskParameters(change), at: time)
        let after = folds.engine.poolStates

        var changed: [PoolID: [LifeCycle]] = [:]
        for (old, new) in zip(before, after)
        where old.state != new.state && folds.oracle.mutuals[old.pool] == nil {
            changed[old.pool] = [old.state, new.state]
        }
        #expect(
            Dictionary(uniqueKeysWithValues: preview.changes.map { ($0.pool, [$0.stateBefore, $0.stateAfter]) })
                == changed)
        // The pool that stands for the members of a mutual pool is not counted beside them.
        let margined = zip(before, after).filter {
            $0.state != .quarantined && $1.state != .quarantined && folds.oracle.mutuals[$0.pool] == nil
        }
        #expect(preview.pools == UInt64(margined.count))
        #expect(preview.initialBefore.quanta == margined.reduce(0) { $0 + $1.0.initialMargin.quanta })
        #expect(preview.initialAfter.quanta == margined.reduce(0) { $0 + $1.1.initialMargin.quanta })
        #expect(preview.maintenanceAfter.quanta == margined.reduce(0) { $0 + $1.1.maintenanceMargin.quanta })
        #expect(preview.raised == UInt64(margined.count { $1.initialMargin > $0.initialMargin }))
        #expect(preview.raised > 0)
    }

    @Test func `governed streams see every way of changing parameters`() {
        var ways: Set<String> = []
        for seed in stride(from: 3, through: 72, by: 3) as StrideThrough<UInt64> where ways.count < 5 {
            var engine = EngineState(parameters: .bootstrap)
            var before = ParameterVersion(0)
            for (place, batch) in GeneratedStream(seed: seed, size: .small).batches.enumerated() {
                let sets = Desk.sets(of: engine)
                let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
                let effects = engine.apply(record)
                guard case .riskParameters(let entries) = batch.events, entries.last?.last == true else { continue }
                let after = Desk.sets(of: engine)[0].version
                let wasProposed = sets.contains { $0.version == after && !$0.inForce && $0.status == .approved }
                let way = after == before ? "stays" : after < before ? "back" : wasProposed ? "approved" : "up"
                print(
                    "WAY", seed, place, batch.header.source, entries.first!.status, entries.last!.version, way,
                    effects.refusals.first?.description ?? "-")
                ways.insert(effects.refusals.isEmpty ? way : "refused")
                before = after
            }
        }
        #expect(ways == ["stays", "back", "approved", "up", "refused"])
    }
}

/// An engine with parameters that ask for two approvals, and what happened to what was sent.
private struct Desk {
    var engine = EngineState(parameters: .bootstrap)
    private(set) var refusals: [Refusal] = []
    private var record = RecordNumber.start

    init() {
        let underlying = [("range", 0.16), ("window", 1), ("basisFloor", 0.005), ("basisPerYear", 0.05)]
        send(
            underlying.map { Self.entry($0.0, $0.1, asset: 10) } + [Self.entry("approvals", 2)], .effective, 1, from: 1)
    }

    static func entry(_ key: String, _ value: Double, asset: UInt32 = 0) -> RiskParameters {
        RiskParameters(
            version: ParameterVersion(0), status: .proposed, key: Symbol(key) ?? .empty, asset: AssetID(asset),
            index: 0, value: Ratio(decimal: value), last: false)
    }

    mutating func send(
        _ entries: [RiskParameters], _ status: ParameterStatus, _ version: UInt32, from source: UInt16
    ) {
        var entries = entries
        for place in entries.indices {
            entries[place].version = ParameterVersion(version)
            entries[place].status = status
            entries[place].last = place == entries.count - 1
        }
        record = record.next
        let header = BatchHeader(
            source: SourceID(source), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: Timestamp(1))
        let batch = EventBatch(header: header, events: .riskParameters(entries))
        refusals += engine.apply(EventRecord(number: record, epoch: Epoch(1), batch: batch)).refusals
    }

    func sets(_ version: UInt32 = 0) -> [ParametersAnswer] { Self.sets(of: engine, version) }

    static func sets(of engine: EngineState, _ version: UInt32 = 0) -> [ParametersAnswer] {
        var engine = engine
        return engine.answer(.parametersQuery(ParametersQuery(version: ParameterVersion(version)))).compactMap {
            if case .parametersAnswer(let answer) = $0 { answer } else { nil }
        }
    }

    var versionInForce: UInt32? { sets().first?.version.rawValue }

    func value(_ key: String) -> Double? {
        sets().first?.values.first { $0.key.description == key }?.value.fraction
    }
}
