import MarginDomain
import Testing

@testable import MarginPublisher

@Suite struct ClaimTests {
    private var publisher = PublisherUnderTest()

    init() { publisher.send([Sample.signal(1)]) }

    @Test mutating func `a claim is granted when its record is committed`() throws {
        let event = try claim("alpha")
        #expect(publisher.answers().isEmpty)

        publisher.state.take(.acknowledged([event], record: RecordNumber(20)), now: publisher.now)
        #expect(publisher.answers().isEmpty)
        publisher.committed = RecordNumber(20)

        guard case .claimAnswer(let answer) = publisher.answers().first else {
            Issue.record("A claim is answered.")
            return
        }
        #expect(answer.granted)
        #expect(answer.holder.description == "alpha")
        // Engine time is 10 ns, that of the signal's record.
        #expect(answer.until == Timestamp(10 + 60_000_000_000))
    }

    @Test mutating func `while one works a signal others are refused`() throws {
        _ = try claim("alpha")

        let error = try publisher.answers(to: query("beta")).error

        #expect(error?.fault == .notAvailable)
        #expect(error?.explanation == "The signal is claimed by alpha.")
    }

    @Test mutating func `a claim that has run out is offered again`() throws {
        _ = try claim("alpha")
        publisher.state.take(.batch(Sample.batch(upTo: 100_000_000_000)), now: publisher.now)

        #expect(try claim("beta").consumer.description == "beta")
    }

    @Test mutating func `an acknowledged signal cannot be claimed by others`() throws {
        let acknowledge = AcknowledgeQuery(
            record: RecordNumber(10), pool: PoolID(1), ordinal: Ordinal(0), consumer: name("alpha"))
        guard case .record(let events, _) = try publisher.ask(.acknowledgeQuery(acknowledge)) else {
            Issue.record("An acknowledgement becomes a record.")
            return
        }
        publisher.state.reserve(events)

        #expect(try publisher.answers(to: query("beta")).error?.explanation == "The signal was acknowledged by alpha.")
    }

    @Test mutating func `an acknowledgement said again makes no second record, and is answered with the first`() throws
    {
        let acknowledge = Query.acknowledgeQuery(
            AcknowledgeQuery(record: RecordNumber(10), pool: PoolID(1), ordinal: Ordinal(0), consumer: name("alpha")))
        guard case .record(.signalAcknowledged(let events), _) = try publisher.ask(acknowledge) else {
            Issue.record("An acknowledgement becomes a record.")
            return
        }
        publisher.state.reserve(.signalAcknowledged(events))

        #expect(try publisher.ask(acknowledge) == .none)
        #expect(publisher.answers().isEmpty)
        publisher.state.take(.acknowledged(events, record: RecordNumber(20)), now: publisher.now)
        publisher.committed = RecordNumber(20)
        #expect(
            publisher.answers().count { if case .claimAnswer(let answer) = $0 { answer.granted } else { false } } == 2)
        #expect(try publisher.ask(acknowledge) == .none)
        #expect(
            publisher.answers().count { if case .claimAnswer(let answer) = $0 { answer.granted } else { false } } == 1)
    }

    @Test mutating func `a claim that could not be recorded keeps nobody out`() throws {
        guard case .record(_, let ticket) = try publisher.ask(query("alpha")) else {
            Issue.record("A claim becomes a record.")
            return
        }
        publisher.state.refuseBusy(ticket, now: publisher.now)
        #expect(publisher.answers().error?.fault == .busy)

        #expect(try claim("beta").consumer.description == "beta")
    }

    @Test(arguments: [(record: 11, seconds: 60, field: "record"), (10, 0, "holdFor"), (10, 301, "holdFor")])
    func `a claim of nothing known, or for no sensible time, names the field`(
        record: UInt64, seconds: Int32, field: String
    ) throws {
        var publisher = publisher
        let claim = ClaimQuery(
            record: RecordNumber(record), pool: PoolID(1), ordinal: Ordinal(0), consumer: name("alpha"),
            holdFor: .seconds(seconds))

        #expect(try publisher.answers(to: .claimQuery(claim)).error?.field.description == field)
    }

    private func query(_ consumer: String) -> Query {
        .claimQuery(
            ClaimQuery(
                record: RecordNumber(10), pool: PoolID(1), ordinal: Ordinal(0), consumer: name(consumer),
                holdFor: .seconds(60)))
    }

    private func name(_ text: String) -> Symbol { Symbol(text) ?? .empty }

    /// Asks for the signal and lets the record be taken.
    private mutating func claim(_ consumer: String) throws -> SignalAcknowledged {
        let errand = try publisher.ask(query(consumer))
        guard case .record(.signalAcknowledged(let events), _) = errand, let event = events.first else {
            throw Refused()
        }
        publisher.state.reserve(.signalAcknowledged(events))
        return event
    }

    private struct Refused: Error {}
}
