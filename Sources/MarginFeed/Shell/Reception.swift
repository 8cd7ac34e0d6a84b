import MarginDomain
import MarginWire

/// The feed's rules with the frames still in place: decoding, refusing, sequencing, in one value without sockets.
struct Reception {
    var state: FeedState
    var intake: FrameIntake
    var effects = FeedEffects()
    private let clock: FeedClock

    init(_ configuration: FeedConfiguration, from start: FeedStart, clock: FeedClock) {
        state = FeedState(configuration, from: start)
        intake = FrameIntake(scales: start.scales, futureTolerance: configuration.futureTolerance)
        self.clock = clock
    }

    /// A message of an endpoint's subscriber.
    mutating func receive(topic: RawSpan, body: RawSpan, on link: FeedLink) {
        state.counters.frames += 1
        do throws(FeedRefusal) {
            let batch = try intake.batch(topic: topic, body: body, link.endpoint.encoding, wall: clock.wall())
            state.receive(batch, on: link.place, into: &effects)
        } catch {
            keep(error, topic, body, link.endpoint.events)
        }
    }

    /// A message of a publisher's ROUTER: an event again, or the end of an answer.
    mutating func receiveAnswer(topic: RawSpan, body: RawSpan, on link: FeedLink) {
        state.counters.frames += 1
        let now = clock.monotonic()
        do throws(FeedRefusal) {
            if topic.isEmpty {
                let message = try intake.recovery(body: body, link.endpoint.encoding)
                guard case .busRecoveryDone(let done) = message else {
                    throw .body(.wrongRole(template: message.kind.rawValue))
                }
                state.finish(done, on: link.place, now: now, into: &effects)
            } else {
                let batch = try intake.batch(topic: topic, body: body, link.endpoint.encoding, wall: clock.wall())
                state.receiveAnswer(batch, on: link.place, now: now, into: &effects)
            }
        } catch {
            keep(error, topic, body, link.endpoint.recovery)
        }
    }

    /// A message that is wrong before its body is looked at.
    mutating func refuse(_ refusal: FeedRefusal, topic: RawSpan, body: RawSpan, _ origin: String) {
        state.counters.frames += 1
        keep(refusal, topic, body, origin)
    }

    /// Events that another stage has to record.
    mutating func inject(_ events: EventGroup) { state.inject(events, into: &effects) }

    mutating func tick() { state.tick(now: clock.monotonic(), into: &effects) }

    private mutating func keep(_ refusal: FeedRefusal, _ topic: RawSpan, _ body: RawSpan, _ origin: String) {
        state.refuse(refusal, topic: topic.text, body: body.copied(), origin: origin, into: &effects)
    }
}
