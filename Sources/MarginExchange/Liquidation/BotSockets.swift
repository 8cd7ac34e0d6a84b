import MarginDomain
import MarginWire
import ZeroMQ

/// A bot's two sockets, and the buffers that receiving and asking reuse.
struct BotSockets: ~Copyable {
    /// An answer and the question that it belongs to, or a frame that was not understood.
    enum Arrival {
        case published(OutboundMessage)
        case answered(Answer, RequestID)
        case unreadable
    }

    private var signals: RevivingSubscriber
    private let queries: Socket
    private let signalsEndpoint: String
    private let queriesEndpoint: String
    private var encoder = SBEEncoder()
    private var topic = Message()
    private var body = Message()
    private var multipart = Multipart()
    private var poller = Poller()

    /// Connects; the engine need not be there yet.
    init(_ configuration: BotConfiguration, in context: ZeroMQContext) throws(ExchangeError) {
        var options = SocketOptions()
        options.maxFrameBytes = Int64(EngineLimits.frameBytesMax)
        options.receiveHighWaterMark = 65_536
        options.security = configuration.security
        (signalsEndpoint, queriesEndpoint) = (configuration.signals, configuration.queries)
        let subscriber = try Self.subscriber(to: configuration.signals, in: context, options)
        let dealer = try Self.dealer(to: configuration.queries, in: context, options)
        signals = subscriber
        queries = dealer
        _ = signals.watch(in: &poller)
        _ = poller.watch(queries)
    }

    private static func subscriber(
        to endpoint: String, in context: ZeroMQContext, _ options: SocketOptions
    ) throws(ExchangeError) -> RevivingSubscriber {
        let topics = [Array("sig.".utf8), Array("hb.".utf8)]
        do throws(ZeroMQError) {
            return try RevivingSubscriber(to: endpoint, topics: topics, in: context, options: options)
        } catch {
            throw .socket(error, endpoint: endpoint)
        }
    }

    private static func dealer(
        to endpoint: String, in context: ZeroMQContext, _ options: SocketOptions
    ) throws(ExchangeError) -> Socket {
        do throws(ZeroMQError) {
            let socket = try Socket(.dealer, in: context, options: options)
            try socket.connect(endpoint)
            return socket
        } catch {
            throw .socket(error, endpoint: endpoint)
        }
    }

    /// Waits until something arrives or the time is over.
    mutating func wait(milliseconds: Int) throws(ExchangeError) {
        do throws(ZeroMQError) {
            _ = try poller.wait(timeoutMilliseconds: milliseconds)
            try signals.tend(at: .now)
        } catch {
            throw .socket(error, endpoint: signalsEndpoint)
        }
    }

    /// The next message of the signals stream; nil if none waits.
    mutating func nextPublished() throws(ExchangeError) -> Arrival? {
        do throws(ZeroMQError) {
            guard try signals.tryReceive(into: &topic) else { return nil }
            guard topic.hasMore, try signals.tryReceive(into: &body) else { return .unreadable }
            guard !body.hasMore else {
                try signals.discardRest(after: &body)
                return .unreadable
            }
        } catch {
            throw .socket(error, endpoint: signalsEndpoint)
        }
        do throws(WireError) {
            return .published(try SBEDecoder.decodeOutbound(body.bytes))
        } catch {
            return .unreadable
        }
    }

    /// The next answer; nil if none waits.
    mutating func nextAnswer() throws(ExchangeError) -> Arrival? {
        do throws(ZeroMQError) {
            guard try queries.tryReceive(into: &multipart, reusing: &body, frameCountMax: 3) else { return nil }
        } catch {
            if case .frameLimitExceeded = error { return .unreadable }
            throw .socket(error, endpoint: queriesEndpoint)
        }
        guard multipart.frameCount == 3, let request = RequestID(frame: multipart.copyOfFrame(1)) else {
            return .unreadable
        }
        do throws(WireError) {
            return .answered(try SBEDecoder.decodeAnswer(multipart.frame(2)), request)
        } catch {
            return .unreadable
        }
    }

    /// Asks; a question for which there is no room goes unanswered.
    mutating func ask(_ query: Query, as request: RequestID) throws(ExchangeError) {
        do throws(WireError) { try encoder.encode(query) } catch { throw .encoding(error) }
        do throws(ZeroMQError) {
            guard try queries.trySend([], more: true) else { return }
            try queries.send(request.frame, more: true)
            try queries.send(encoder.frame)
        } catch {
            throw .socket(error, endpoint: queriesEndpoint)
        }
    }
}

extension RequestID {
    /// Its eight bytes, little-endian.
    var frame: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> UInt64($0 * 8)) } }

    /// From such a frame; nil if it is none.
    init?(frame: [UInt8]) {
        guard frame.count == 8 else { return nil }
        self.init(frame.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64($1.offset * 8) })
    }
}
