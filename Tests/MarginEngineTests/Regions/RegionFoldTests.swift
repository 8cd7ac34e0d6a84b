import MarginDomain
import MarginEngine
import MarginModel
import Testing

/// The law of regions: whoever a cut leaves out has reached no level, so nothing that leaves the engine depends on them.
///
/// Books are placed about their levels, and folded with regions wherever there can be any and with none.
@Suite struct RegionFoldTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a calm stream folds alike with regions and without`(seed: UInt64) throws {
        var stream = RegionStream(seed: seed, poolCount: 80)
        var whole = EngineState(parameters: try RegionStream.parameters(), regions: .none)
        var narrow = EngineState(parameters: try RegionStream.parameters(), regions: .always)
        var number: UInt64 = 0
        var (signals, evaluated, spared) = (0, 0, 0)

        func fold(_ events: EventGroup, at time: Timestamp) -> Bool {
            number += 1
            let header = BatchHeader(
                source: SourceID(1), epoch: Epoch(1), firstSequence: SequenceNumber(number),
                sendingTime: time)
            let record = EventRecord(
                number: RecordNumber(number), epoch: Epoch(1), batch: EventBatch(header: header, events: events))
            let (all, some) = (whole.apply(record), narrow.apply(record))
            signals += all.signals.count
            evaluated += all.evaluationCount
            spared += all.evaluationCount - some.evaluationCount
            if all.signals == some.signals, all.refusals == some.refusals { return true }
            Issue.record("record \(number): \(some.signals) with regions, \(all.signals) without")
            return false
        }
        func isEqual() -> Bool {
            whole.evaluatedPools.allSatisfy { pool in
                let (all, some) = (whole.margin(of: pool), narrow.margin(of: pool))
                return all?.margin == some?.margin && all?.state == some?.state
            }
        }

        for events in stream.opening() where !fold(events, at: stream.time) { return }
        (signals, evaluated, spared) = (0, 0, 0)
        for round in 0..<600 {
            let events = stream.next()
            guard fold(events, at: stream.time) else { return }
            if round % 20 == 0, !isEqual() {
                Issue.record("margins differ after record \(number)")
                return
            }
        }

        #expect(isEqual())
        #expect(signals > 20, "\(signals) signals")
        #expect(spared > evaluated / 2, "spared \(spared) of \(evaluated): \(narrow.regionCounts)")
    }
}
