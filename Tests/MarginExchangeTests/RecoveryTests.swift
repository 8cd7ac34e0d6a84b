import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct RecoveryTests {
    @Test func `a replay is the messages themselves`() throws {
        var exchange = try smallExchange()
        let source = SourceID(103)
        let sent = exchange.stream(stepCount: 40).filter {
            $0.batch.header.source == source && $0.batch.events.kind != .sourceHeartbeat
        }
        let wanted = sent[5...8]
        let request = BusReplayRequest(
            request: RequestID(9), source: source, epoch: Epoch(1), from: wanted[5].batch.header.firstSequence,
            to: wanted[8].batch.header.firstSequence)

        let (messages, done) = try #require(exchange.recovery(.busReplayRequest(request)))

        #expect(messages == Array(wanted))
        #expect(done.request == RequestID(9) && done.complete)
        #expect(done.nextSequence == wanted[8].endSequence)
    }

    @Test func `a replay of numbers not sent yet is incomplete`() throws {
        var exchange = try smallExchange()
        _ = exchange.stream(stepCount: 3)
        let request = BusReplayRequest(
            request: RequestID(1), source: SourceID(2), epoch: Epoch(1), from: SequenceNumber(1),
            to: SequenceNumber(1_000_000))

        #expect(exchange.recovery(.busReplayRequest(request))?.done.complete == false)
    }

    @Test func `a snapshot of prices has the latest of each kind`() throws {
        var exchange = try smallExchange()
        let sent = exchange.stream(stepCount: 40)
        let request = BusSnapshotRequest(request: RequestID(2), source: SourceID(104))

        let (messages, done) = try #require(exchange.recovery(.busSnapshotRequest(request)))

        let indices = messages.filter { $0.batch.events.kind == .indexPrice }
        #expect(indices == sent.filter { $0.batch.events.kind == .indexPrice && $0.topic == "px.ETH." }.suffix(1))
        #expect(messages.map(\.batch.header.firstSequence) == messages.map(\.batch.header.firstSequence).sorted())
        #expect(done.complete)
    }

    @Test func `a snapshot of the ledger has everything`() throws {
        var exchange = try smallExchange()
        let sent = exchange.stream(stepCount: 40).filter {
            $0.batch.header.source == SourceID(2) && $0.batch.events.kind != .sourceHeartbeat
        }
        let request = BusSnapshotRequest(request: RequestID(3), source: SourceID(2))

        #expect(exchange.recovery(.busSnapshotRequest(request))?.messages == sent)
    }

    @Test func `history that nothing replaces is not forgotten silently`() {
        var history = SourceHistory()
        for number in 1...UInt64(2 * SourceHistory.replayableMax + 1) {
            let header = BatchHeader(
                source: SourceID(2), epoch: Epoch(1), firstSequence: SequenceNumber(number), sendingTime: .zero)
            history.keep(
                BusMessage(topic: "ctl.", batch: EventBatch(header: header, events: .clock([Clock(time: .zero)]))))
        }

        #expect(!history.snapshot().isComplete)
        #expect(!history.replay(from: SequenceNumber(1), to: SequenceNumber(2)).isComplete)
        let recent = SequenceNumber(UInt64(2 * SourceHistory.replayableMax))
        #expect(history.replay(from: recent, to: recent).messages.count == 1)
    }
}
