import ArgumentParser
import ZeroMQ

/// Sends every message on: the same sockets as the engine's, and nothing between them.
///
/// Runs as a process of its own, as the engine does.
struct EchoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "echo", abstract: "Forwards every message from a publisher; the latency suite starts it.",
        shouldDisplay: false)

    @Option(help: "Where the publisher is.") var from: String
    @Option(help: "Where to bind.") var to: String

    func run() throws {
        let context = try ZeroMQContext()
        var options = SocketOptions()
        options.receiveHighWaterMark = 100_000
        options.sendHighWaterMark = 100_000
        let source = try Socket(.sub, in: context, options: options)
        let target = try Socket(.xpub, in: context, options: options)
        try target.bind(to)
        try source.subscribe(to: [])
        try source.connect(from)
        var message = Message()
        // Until it is terminated.
        while true {
            try source.receive(into: &message)
            try target.send(message.bytes, more: message.hasMore)
        }
    }
}
