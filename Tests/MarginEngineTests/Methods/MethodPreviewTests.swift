import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Previews cover pools under methods, whose parameters and questions a set may change.
@Suite struct MethodPreviewTests {
    @Test(arguments: [
        ("okx-range", "initialFactor", "3"), ("deribit-portfolio", "assets.BTC.priceRange", "0.4"),
        ("expected-shortfall", "rule", "grid"), ("span", "initialRatio", "2"),
    ])
    func `what a preview says is what taking effect does`(method: String, path: String, text: String) throws {
        var engine = EngineState(parameters: .bootstrap)
        var raised: UInt64 = 0
        for (place, batch) in MethodStream.batches(seed: 44, method: method, historyDays: 120).enumerated() {
            let record = EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
            _ = engine.apply(record)
            // Asked of copies, so that the stream goes on as it is.
            if place > 150, place % 20 == 0 {
                raised += try Self.previewed(MethodStream.value(method, path, text), engine)
            }
        }
        #expect(raised > 0)
    }

    /// How many pools a value raises, after comparing its preview with its effect.
    private static func previewed(_ value: ParameterValue, _ state: EngineState) throws -> UInt64 {
        var engine = state
        let time = engine.now + .seconds(2)
        func send(_ events: EventGroup) -> RecordEffects {
            let header = BatchHeader(
                source: SourceID(901), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: time)
            return engine.apply(
                EventRecord(
                    number: engine.lastRecord.next, epoch: Epoch(1), batch: EventBatch(header: header, events: events)))
        }
        // Rows as of now, so that only the parameters differ.
        _ = send(.clock([Clock(time: time)]))
        let version = ParameterVersion(900)
        #expect(send(.riskParameters([value.entry(version, .proposed, last: true)])).refusals.isEmpty)
        guard case .previewAnswer(let preview)? = engine.answer(.previewQuery(PreviewQuery(version: version))).first
        else {
            Issue.record("there is no preview")
            return 0
        }
        let before = engine.poolStates
        #expect(send(.riskParameters([value.entry(version, .effective, last: true)])).refusals.isEmpty)
        let after = engine.poolStates

        let margined = zip(before, after).filter { $0.state != .quarantined && $1.state != .quarantined }
        #expect(preview.pools == UInt64(margined.count))
        #expect(preview.initialAfter.quanta == margined.reduce(0) { $0 + $1.1.initialMargin.quanta })
        #expect(preview.maintenanceAfter.quanta == margined.reduce(0) { $0 + $1.1.maintenanceMargin.quanta })
        #expect(preview.raised == UInt64(margined.count { $1.initialMargin > $0.initialMargin }))
        return preview.raised
    }
}
