import Testing
import ZeroMQ

@Suite struct SocketTests {
    @Test(arguments: [0, 1, 33, 34, 1000, 65_536]) func `a frame arrives byte for byte`(byteCount: Int) throws {
        let context = try ZeroMQContext()
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
        try near.bind("tcp://127.0.0.1:*")
        try far.connect(near.lastEndpoint)

        try near.send(bytes)

        #expect(try far.nextFrame() == bytes)
    }

    @Test func `a subscriber receives the topics it asked for`() throws {
        let context = try ZeroMQContext()
        let publisher = try Socket(.xpub, in: context)
        let subscriber = try Socket(.sub, in: context)
        try publisher.bind("tcp://127.0.0.1:*")
        try subscriber.subscribe(to: Array("BTC".utf8))
        try subscriber.connect(publisher.lastEndpoint)
        #expect(try publisher.nextNotice() == .subscribed(topic: Array("BTC".utf8)))

        try publisher.send(Array("ETH 1".utf8))
        try publisher.send(Array("BTC 2".utf8))

        #expect(try subscriber.nextFrame() == Array("BTC 2".utf8))
        try subscriber.unsubscribe(from: Array("BTC".utf8))
        #expect(try publisher.nextNotice() == .unsubscribed(topic: Array("BTC".utf8)))
    }

    @Test func `a publisher that accepts by hand serves only what it accepted`() throws {
        let context = try ZeroMQContext()
        var options = SocketOptions()
        options.xpub.acceptsSubscriptionsByHand = true
        let publisher = try Socket(.xpub, in: context, options: options)
        let subscriber = try Socket(.sub, in: context)
        try publisher.bind("inproc://by-hand")
        try subscriber.connect("inproc://by-hand")
        try subscriber.subscribe(to: [1])
        #expect(try publisher.nextNotice() == .subscribed(topic: [1]))
        try subscriber.subscribe(to: [2])
        #expect(try publisher.nextNotice() == .subscribed(topic: [2]))
        try publisher.subscribe(to: [2])

        try publisher.send([1, 10])
        try publisher.send([2, 20])

        #expect(try subscriber.nextFrame() == [2, 20])
    }

    @Test func `a router knows a dealer by its identity and answers it`() throws {
        let context = try ZeroMQContext()
        var options = SocketOptions()
        options.identity = Array("bot".utf8)
        let router = try Socket(.router, in: context)
        let dealer = try Socket(.dealer, in: context, options: options)
        try router.bind("tcp://127.0.0.1:*")
        try dealer.connect(router.lastEndpoint)

        try dealer.send([9])
        #expect(try router.nextFrame() == Array("bot".utf8))
        #expect(try router.nextFrame() == [9])
        try router.send(frames: [Array("bot".utf8), [7], [8]])

        #expect(try dealer.nextFrame() == [7])
        #expect(try dealer.nextFrame() == [8])
    }

    @Test func `a router reports a peer that it does not have`() throws {
        let router = try Socket(.router, in: try ZeroMQContext())
        try router.bind("tcp://127.0.0.1:*")

        #expect(throws: ZeroMQError.unroutable) { try router.send(frames: [Array("nobody".utf8), [1]]) }
    }

    @Test func `sending without room and receiving without a message say so`() throws {
        let lonely = try Socket(.dealer, in: try ZeroMQContext())
        var message = Message()

        #expect(try lonely.trySend([1]) == false)
        #expect(try lonely.tryReceive(into: &message) == false)
        #expect(message.byteCount == 0)
    }

    @Test func `a socket of a context that was shut down ends its waits`() throws {
        let context = try ZeroMQContext()
        let socket = try Socket(.sub, in: context)
        var message = Message()

        context.shutdown()

        #expect(throws: ZeroMQError.contextTerminated) { try socket.receive(into: &message) }
        #expect(throws: ZeroMQError.contextTerminated) { _ = try Socket(.sub, in: context) }
    }

    @Test func `failures carry their meaning`() throws {
        let context = try ZeroMQContext()
        let first = try Socket(.pub, in: context)
        let second = try Socket(.pub, in: context)
        try first.bind("tcp://127.0.0.1:*")
        let endpoint = try first.lastEndpoint

        #expect(throws: ZeroMQError.addressInUse) { try second.bind(endpoint) }
        #expect(throws: ZeroMQError.noSuchEndpoint) { try second.unbind(endpoint) }
        #expect(throws: ZeroMQError.invalidArgument) { try second.connect("tcp://127.0.0.1:noport") }
        #expect(throws: ZeroMQError.wrongState) { try Socket(.rep, in: context).send([1]) }
        #expect(throws: ZeroMQError.invalidArgument) { try second.subscribe(to: []) }
    }
}
