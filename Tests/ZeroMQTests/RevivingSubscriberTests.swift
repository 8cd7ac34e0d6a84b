import Testing
import ZeroMQ

@Suite struct RevivingSubscriberTests {
    /// Turns the loop of the owning thread until a message, or until the publisher has something to read.
    private func next(_ subscriber: inout RevivingSubscriber, until publisher: borrowing Socket) throws -> [UInt8]? {
        var message = Message()
        var poller = Poller()
        let slots = subscriber.watch(in: &poller)
        let noticed = poller.watch(publisher)
        let clock = ContinuousClock()
        let limit = clock.now + .milliseconds(patienceMilliseconds)
        while clock.now < limit {
            _ = try poller.wait(timeoutMilliseconds: 10)
            if !poller.readiness(of: slots.messages).isEmpty, try subscriber.tryReceive(into: &message) {
                return message.copy
            }
            if !poller.readiness(of: noticed).isEmpty { return nil }
            try subscriber.tend(at: clock.now)
        }
        Issue.record("Nothing happened in time.")
        return nil
    }

    /// Turns the loop until the publisher sees a new subscription; whether it sees the old one end before or after depends on which connection it serves first.
    private func nextSubscription(of subscriber: inout RevivingSubscriber, at publisher: borrowing Socket) throws
        -> SubscriptionNotice?
    {
        while true {
            guard try next(&subscriber, until: publisher) == nil else { continue }
            let notice = try publisher.nextNotice()
            if case .subscribed? = notice { return notice }
        }
    }

    private func makePublisher(in context: ZeroMQContext) throws -> Socket {
        var options = SocketOptions()
        options.xpub.passesRepeatedSubscriptions = true
        let publisher = try Socket(.xpub, in: context, options: options)
        try publisher.bind("tcp://127.0.0.1:*")
        return publisher
    }

    @Test func `messages flow again after a frame above the limit, with one revival per such frame`() throws {
        let context = try ZeroMQContext()
        let publisher = try makePublisher(in: context)
        var options = SocketOptions()
        options.maxFrameBytes = 1024
        var subscriber = try RevivingSubscriber(
            to: publisher.lastEndpoint, topics: [[7]], in: context, options: options, patienceMilliseconds: 100)
        #expect(try publisher.nextNotice() == .subscribed(topic: [7]))

        for round in 1...3 {
            try publisher.send([7, 1])
            #expect(try next(&subscriber, until: publisher) == [7, 1])
            try publisher.send([UInt8](repeating: 7, count: 1025))
            #expect(try nextSubscription(of: &subscriber, at: publisher) == .subscribed(topic: [7]))
            #expect(subscriber.revivalCount == round)
        }

        try publisher.send([7, 2])
        #expect(try next(&subscriber, until: publisher) == [7, 2])
    }

    @Test func `a publisher that comes back is left to libzmq`() throws {
        let context = try ZeroMQContext()
        var first: Socket? = try Socket(.xpub, in: context)
        try first?.bind("tcp://127.0.0.1:*")
        let endpoint = try #require(try first?.lastEndpoint)
        var subscriber = try RevivingSubscriber(
            to: endpoint, topics: [[]], in: context, patienceMilliseconds: 3_600_000)
        let notice = try first?.nextNotice()
        #expect(notice == .subscribed(topic: []))

        try first?.unbindAndWait(endpoint)
        first = nil
        let second = try Socket(.xpub, in: context)
        try second.bind(endpoint)
        #expect(try next(&subscriber, until: second) == nil)
        #expect(try second.nextNotice() == .subscribed(topic: []))

        try second.send([1])
        #expect(try next(&subscriber, until: second) == [1])
        #expect(subscriber.revivalCount == 0)
    }

    @Test func `an owner may revive by its own judgement`() throws {
        let context = try ZeroMQContext()
        let publisher = try makePublisher(in: context)
        var subscriber = try RevivingSubscriber(to: publisher.lastEndpoint, topics: [[]], in: context)
        #expect(try publisher.nextNotice() == .subscribed(topic: []))

        try subscriber.revive()

        #expect(try nextSubscription(of: &subscriber, at: publisher) == .subscribed(topic: []))
        try publisher.send([1])
        #expect(try next(&subscriber, until: publisher) == [1])
        #expect(subscriber.revivalCount == 1)
    }
}
