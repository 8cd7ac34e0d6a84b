import MarginDomain
import MarginWire
import ZeroMQ

/// Everything that a publisher binds. Signals and states have sockets of their own, so that a storm of states never
/// displaces a signal.
final class PublisherSockets {
    let signals: [StreamSocket]
    let states: [StreamSocket]
    let door: QueryDoor?

    init(_ configuration: PublisherConfiguration, in context: ZeroMQContext) throws(PublisherError) {
        var options = SocketOptions()
        options.lingerMilliseconds = configuration.lingerMilliseconds
        options.security = configuration.security
        // Subscriptions are the only thing that a subscriber sends.
        options.maxFrameBytes = 4096
        options.sendHighWaterMark = configuration.signalsHighWaterMark
        signals = try Self.open(configuration.signals, configuration.signalsJSON, in: context, options)
        options.sendHighWaterMark = configuration.statesHighWaterMark
        states = try Self.open(configuration.states, configuration.statesJSON, in: context, options)
        options.maxFrameBytes = Int64(EngineLimits.frameBytesMax)
        options.sendHighWaterMark = SocketOptions().sendHighWaterMark
        door = try configuration.queries.map { (endpoint) throws(PublisherError) in
            try named(endpoint) { () throws(ZeroMQError) in try QueryDoor(endpoint, in: context, options: options) }
        }
    }

    func watch(in poller: inout Poller) {
        for stream in signals + states { stream.watch(in: &poller) }
        door?.watch(in: &poller)
    }

    private static func open(
        _ sbe: String?, _ json: String?, in context: ZeroMQContext, _ options: SocketOptions
    ) throws(PublisherError) -> [StreamSocket] {
        var streams: [StreamSocket] = []
        for (endpoint, encoding) in [(sbe, QueryEncoding.sbe), (json, .json)] {
            guard let endpoint else { continue }
            streams.append(
                try named(endpoint) { () throws(ZeroMQError) in
                    try StreamSocket(endpoint, encoding, in: context, options: options)
                })
        }
        return streams
    }
}

/// Names the endpoint at which a socket failed.
func named<Result>(
    _ endpoint: String, _ body: () throws(ZeroMQError) -> Result
) throws(PublisherError) -> Result {
    do throws(ZeroMQError) {
        return try body()
    } catch {
        throw .socket(error, endpoint: endpoint)
    }
}
