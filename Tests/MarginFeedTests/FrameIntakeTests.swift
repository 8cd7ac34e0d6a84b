import MarginDomain
import MarginWire
import Testing

@testable import MarginFeed

@Suite struct FrameIntakeTests {
    private var intake = FrameIntake(scales: Scales(), futureTolerance: .seconds(1))

    @Test mutating func `a good frame is a batch`() throws {
        #expect(try refusal(of: Sample.batch(1, count: 3), topic: "ctl.") == nil)
    }

    @Test(arguments: ["px.", "ctl", "", "c"])
    func `a topic that is not the message's is refused`(topic: String) throws {
        var test = self
        #expect(try test.refusal(of: Sample.batch(1), topic: topic) == .topic(.clock))
    }

    @Test mutating func `bytes that are no message are refused with the reason`() {
        let body: [UInt8] = [1, 2, 3]
        let topic: [UInt8] = Array("ctl.".utf8)

        #expect(throws: FeedRefusal.body(.frameTooShort(needed: 8, found: 3))) {
            try intake.batch(topic: topic.span.bytes, body: body.span.bytes, .sbe, wall: .zero)
        }
    }

    @Test mutating func `the engine's own source and records are not taken from the bus`() throws {
        #expect(try refusal(of: Sample.batch(1, source: .engine), topic: "ctl.") == .reservedSource)
        var batch = Sample.batch(1)
        batch.events = .sourceSilent([])
        #expect(try refusal(of: batch, topic: "ctl.") == .reservedKind(.sourceSilent))
    }

    @Test(arguments: [0, 1 << 63, UInt64.max])
    func `a sequence number that no stream has is refused`(number: UInt64) throws {
        var test = self
        #expect(
            try test.refusal(of: Sample.heartbeat(next: number), topic: "ctl.") == .sequence(SequenceNumber(number)))
    }

    @Test mutating func `a message without entries is refused unless it is a heartbeat`() throws {
        #expect(try refusal(of: Sample.batch(1, count: 0), topic: "ctl.") == .noEntries(.clock))
        #expect(try refusal(of: Sample.heartbeat(next: 1), topic: "ctl.") == nil)
    }

    @Test mutating func `times far ahead of the wall clock are refused`() throws {
        let late = 1_000_000_001 as Int64
        #expect(
            try refusal(of: Sample.batch(1, sendingTime: late), topic: "ctl.")
                == .fromTheFuture(field: "sendingTime", ahead: Duration64(late)))
        var batch = Sample.batch(1)
        batch.events = .clock([Clock(time: Timestamp(5_000_000_000))])
        #expect(
            try refusal(of: batch, topic: "ctl.") == .fromTheFuture(field: "time", ahead: Duration64(5_000_000_000)))
    }

    @Test mutating func `JSON that lacks a field is refused by name`() {
        let body = Array(#"{"message":"Clock","source":7,"epoch":1}"#.utf8)
        let topic = Array("ctl.".utf8)

        #expect(throws: FeedRefusal.body(.missingKey("firstSequence", offset: 0))) {
            try intake.batch(topic: topic.span.bytes, body: body.span.bytes, .json, wall: .zero)
        }
    }

    /// Why a batch is refused when the wall clock says zero; nil if it is taken unchanged.
    private mutating func refusal(of batch: EventBatch, topic: String) throws -> FeedRefusal? {
        var encoder = SBEEncoder()
        try encoder.encode(batch)
        let (topic, body) = (Array(topic.utf8), encoder.frame)
        do throws(FeedRefusal) {
            let taken = try intake.batch(topic: topic.span.bytes, body: body.span.bytes, .sbe, wall: .zero)
            #expect(taken == batch)
            return nil
        } catch {
            return error
        }
    }
}
