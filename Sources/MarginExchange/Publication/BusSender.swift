import MarginDomain
import MarginWire
import ZeroMQ

/// The publisher's two sockets, and the buffers that sending and answering reuse.
///
/// Recovery is two frames both ways, `topic | body`: the topic is empty for a question and for the end of its answer;
/// in between come the original messages.
struct BusSender: ~Copyable {
    private let events: Socket
    private let recovery: Socket
    private var encoder = SBEEncoder()
    private var message = Message()
    private var multipart = Multipart()
    private var poller = Poller()
    private(set) var counters = PublisherCounters()
    let eventsEndpoint: String
    let recoveryEndpoint: String

    /// Opens and binds.
    init(_ configuration: PublisherConfiguration, in context: ZeroMQContext) throws(ExchangeError) {
        var options = SocketOptions()
        options.sendHighWaterMark = configuration.sendHighWaterMark
        options.security = configuration.security
        // Every new subscriber is told which sources there are, also one whose topics others have asked for.
        options.xpub.passesRepeatedSubscriptions = true
        let publisher = try Self.bound(.xpub, to: configuration.events, in: context, options)
        let router = try Self.bound(.router, to: configuration.recovery, in: context, options)
        let eventsAt = try Self.endpoint(of: publisher, asked: configuration.events)
        let recoveryAt = try Self.endpoint(of: router, asked: configuration.recovery)
        (eventsEndpoint, recoveryEndpoint) = (eventsAt, recoveryAt)
        events = publisher
        recovery = router
        _ = poller.watch(events)
        _ = poller.watch(recovery)
    }

    private static func bound(
        _ kind: SocketKind, to endpoint: String, in context: ZeroMQContext, _ options: SocketOptions
    ) throws(ExchangeError) -> Socket {
        do throws(ZeroMQError) {
            let socket = try Socket(kind, in: context, options: options)
            try socket.bind(endpoint)
            return socket
        } catch {
            throw .socket(error, endpoint: endpoint)
        }
    }

    /// The endpoint with the port that a `*` became.
    private static func endpoint(of socket: borrowing Socket, asked: String) throws(ExchangeError) -> String {
        do throws(ZeroMQError) { return try socket.lastEndpoint } catch { throw .socket(error, endpoint: asked) }
    }

    /// Waits until a subscriber or a request arrives or the time is over.
    mutating func wait(milliseconds: Int) throws(ExchangeError) {
        do throws(ZeroMQError) {
            _ = try poller.wait(timeoutMilliseconds: milliseconds)
        } catch {
            throw .socket(error, endpoint: eventsEndpoint)
        }
    }

    /// Publishes messages in order.
    mutating func publish(_ messages: [BusMessage]) throws(ExchangeError) {
        for message in messages {
            let topic = Array(message.topic.utf8)
            try encode(message.batch)
            do throws(ZeroMQError) {
                try events.send(topic, more: true)
                try events.send(encoder.frame)
            } catch {
                throw .socket(error, endpoint: eventsEndpoint)
            }
            counters.messages += 1
            if message.batch.events.kind != .sourceHeartbeat { counters.events += UInt64(message.batch.events.count) }
        }
    }

    /// Takes notice of subscriptions, and returns whether there was a new one.
    mutating func hasNewSubscriber() throws(ExchangeError) -> Bool {
        do throws(ZeroMQError) {
            var isNew = false
            while try events.tryReceive(into: &message) {
                if case .subscribed = SubscriptionNotice(message.bytes) { isNew = true }
            }
            return isNew
        } catch {
            throw .socket(error, endpoint: eventsEndpoint)
        }
    }

    /// Answers the requests that wait, at most `countMax` of them.
    mutating func answer(from exchange: borrowing SyntheticExchange, countMax: Int) throws(ExchangeError) {
        for _ in 0..<countMax {
            guard let (asker, request) = try nextRequest() else { return }
            guard let request, let (messages, done) = exchange.recovery(request) else {
                counters.refusedRequests += 1
                continue
            }
            var isTaken = true
            for message in messages where isTaken {
                try encode(message.batch)
                isTaken = try reply(to: asker, Array(message.topic.utf8))
            }
            try encode(.busRecoveryDone(done))
            // An asker that does not take its answer asks again for what it lacks.
            if isTaken { _ = try reply(to: asker, []) }
            counters.recoveries += 1
        }
    }
}

extension BusSender {
    /// The next request and who asks, nil if none waits; a request that is not understood is nil.
    private mutating func nextRequest() throws(ExchangeError) -> (asker: [UInt8], RecoveryMessage?)? {
        do throws(ZeroMQError) {
            guard try recovery.tryReceive(into: &multipart, reusing: &message, frameCountMax: 3) else { return nil }
        } catch {
            if case .frameLimitExceeded = error { return ([], nil) }
            throw .socket(error, endpoint: recoveryEndpoint)
        }
        let asker = multipart.copyOfFrame(0)
        guard multipart.frameCount == 3, multipart.frame(1).isEmpty else { return (asker, nil) }
        do throws(WireError) {
            return (asker, try SBEDecoder.decodeRecovery(multipart.frame(2)))
        } catch {
            return (asker, nil)
        }
    }

    /// Sends one part of an answer; false if the asker is gone or has no room.
    private mutating func reply(to asker: [UInt8], _ topic: [UInt8]) throws(ExchangeError) -> Bool {
        do throws(ZeroMQError) {
            // Room for a message is found with its first frame or not at all.
            guard try recovery.trySend(asker, more: true) else { return false }
            try recovery.send(topic, more: true)
            try recovery.send(encoder.frame)
            return true
        } catch {
            if error == .unroutable { return false }
            throw .socket(error, endpoint: recoveryEndpoint)
        }
    }

    private mutating func encode(_ batch: EventBatch) throws(ExchangeError) {
        do throws(WireError) { try encoder.encode(batch) } catch { throw .encoding(error) }
    }

    private mutating func encode(_ recovery: RecoveryMessage) throws(ExchangeError) {
        do throws(WireError) { try encoder.encode(recovery) } catch { throw .encoding(error) }
    }
}
