import Foundation
import MarginDomain
import MarginWire
import ZeroMQ

/// From the moment a tick or trade is due to its signal's arrival, through real sockets: publisher → feed → log
/// (fdatasync) → engine → publisher → subscriber, the engine being the shipped command in a process of its own.
///
/// Beside it, in the same run and before and after, an echo: the same sockets with nothing between them. Samples come
/// at a fixed rate whatever happens to earlier ones, and every one of them must be answered.
/// Regressing here means: liquidations start later.
struct LatencySuite {
    static let name = "latency"
    static let meaning = "open loop, from when a sample is due to its signal, loopback tcp, blocking receive"

    let settings: BenchSettings

    private var rate: Int { settings.size(500, smoke: 100) }
    private var sampleCount: Int { settings.size(5_000, smoke: 20) }
    private var poolCount: Int { settings.size(1_000, smoke: 20) }

    func run(_ report: inout Report) async throws {
        report.heading(LatencyFigures.heading)
        let before = try await echo("raw ZeroMQ echo, before")
        try report.add(before)
        if let plimsoll = settings.plimsoll {
            for figures in try await engine(plimsoll, beside: before, report) { try report.add(figures) }
        } else {
            try report.skip(Self.name, "tick to signal, trade to signal", because: "no plimsoll command (--plimsoll)")
        }
        try report.add(try await echo("raw ZeroMQ echo, after"))
        try addPeers(&report)
    }

    private func echo(_ name: String) async throws -> LatencyFigures {
        guard let executable = Bundle.main.executablePath else { throw ChildFailed(reason: "own executable not found") }
        let folder = try LogFolder(in: settings.directory)
        let context = try ZeroMQContext()
        let sender = try PacedSender(in: context)
        let endpoint = try EngineProcessFiles.freeEndpoint(in: context)
        let child = try ChildProcess(
            executable, ["echo", "--from", sender.endpoint, "--to", endpoint], logPath: folder.path + "/echo.log")
        defer { child.end() }
        let listener = try Listener(to: endpoint, topics: [""], in: context)
        try await sender.waitForSubscriber(seconds: 10)
        var encoder = SBEEncoder()
        var stream = try ProbeStream(pools: 10)
        let shift = Shift(from: stream.time)
        // Until both connections stand.
        var isConnected = false
        for _ in 0..<500 where !isConnected {
            try await sender.send([BusFrame(stream.sample(.tick, at: stream.time), &encoder)])
            isConnected = try await listener.waitForAnything(milliseconds: 20)
        }
        guard isConnected else { throw ChildFailed(reason: "the echo does not answer\n\(child.lastWords)") }
        let figures = try await measure(name, .tick, &stream, sender, listener, .echo, shift)
        try folder.remove()
        return figures
    }

    private func engine(
        _ plimsoll: String, beside echo: LatencyFigures, _ report: Report
    ) async throws -> [LatencyFigures] {
        let context = try ZeroMQContext()
        let sender = try PacedSender(in: context)
        let files = try EngineProcessFiles(
            in: settings.directory, publisher: sender.endpoint, riskFile: settings.riskFile, context)
        report.progress("opening \(poolCount) pools")
        var stream = try ProbeStream(pools: poolCount)
        let shift = Shift(from: stream.time)
        let child = try ChildProcess(
            plimsoll, ["run", "--config", files.configuration], logPath: files.folder.path + "/plimsoll.log")
        defer { child.end() }
        let listener = try Listener(
            to: files.signals, topics: ["sig.\(ProbeStream.pool).", "hb."], in: context)
        try await sender.waitForSubscriber(seconds: 30)
        var encoder = SBEEncoder()
        try await sender.send(try stream.opening.map { try BusFrame($0, &encoder) })
        try await wait(for: stream.time, listener, child, milliseconds: 60_000)
        var found: [LatencyFigures] = []
        for (kind, name) in [(ProbeStream.Kind.tick, "tick to signal"), (.trade, "trade to signal")] {
            let ready = Timestamp(ClockReading.timeOfDay - shift.nanoseconds)
            let preparation = stream.prepare(for: kind, at: ready)
            try await sender.send(try preparation.map { try BusFrame($0, &encoder) })
            if !preparation.isEmpty { try await wait(for: ready, listener, child, milliseconds: 10_000) }
            let spent = child.processorTime
            let figures = try await measure(name, kind, &stream, sender, listener, .signal, shift)
            let processor = Double(child.processorTime - spent) / 1000 / Double(sampleCount)
            found.append(
                LatencyFigures(
                    figures,
                    note: "\(stream.market); \((figures.p50 / echo.p50).figure) × the echo's p50, "
                        + "\((figures.p99 / echo.p99).figure) × its p99; CPU \(processor.figure) µs a sample"))
        }
        child.end()
        try files.folder.remove()
        return found
    }

    /// Waits until everything up to an event time is folded and durable.
    private func wait(
        for time: Timestamp, _ listener: Listener, _ child: ChildProcess, milliseconds: Int
    ) async throws {
        guard try await listener.waitForHeartbeat(at: time, milliseconds: milliseconds) else {
            throw ChildFailed(reason: "the engine did not take what was sent\n\(child.lastWords)")
        }
    }

    /// Sends samples at the rate and takes in their replies: exactly one each.
    private func measure(
        _ name: String, _ kind: ProbeStream.Kind, _ stream: inout ProbeStream, _ sender: PacedSender,
        _ listener: Listener, _ reply: Reply, _ shift: Shift
    ) async throws -> LatencyFigures {
        var encoder = SBEEncoder()
        let interval = 1_000_000_000 / Int64(rate)
        let begin = ClockReading.timeOfDay + 300_000_000
        var frames: [DueFrame] = []
        for place in 0..<Int64(sampleCount) {
            let due = begin + place * interval
            let sample = stream.sample(kind, at: Timestamp(due - shift.nanoseconds))
            frames.append(DueFrame(due: due, frame: try BusFrame(sample, &encoder)))
        }
        let deadline = begin + Int64(sampleCount) * interval + 10_000_000_000
        async let arriving = listener.collect(
            sampleCount, reply, from: Timestamp(begin - shift.nanoseconds), until: deadline)
        let late = try await sender.send(frames)
        let arrivals = try await arriving
        let answered = Set(arrivals.map { $0.eventTime.nanoseconds + shift.nanoseconds })
        guard arrivals.count == sampleCount, answered == Set(frames.map(\.due)) else {
            throw SamplesLost(name: name, sent: frames.count, answered: answered.count)
        }
        let latencies = arrivals.map { $0.received - $0.eventTime.nanoseconds - shift.nanoseconds }
        let lateness = LatencyFigures(Self.name, name, nanoseconds: late)
        return LatencyFigures(
            Self.name, "\(name), \(rate)/s", nanoseconds: latencies,
            note: "of it the sender: p50 \(lateness.p50.figure), p99 \(lateness.p99.figure)")
    }

    private func addPeers(_ report: inout Report) throws {
        let count = settings.size(5_000, smoke: 50)
        for (arguments, name) in [
            (["pp", "tcp", "64", "\(count)", "0"], "peer, C: zmq_bench pp, one way"),
            (["lat", "tcp", "64", "1", "\(count)", "0", "\(rate)"], "peer, C: zmq_bench lat, one way, \(rate)/s"),
        ] {
            switch try settings.peers.run("zmq_bench", arguments) {
            case .absent(let reason): try report.skip(Self.name, name, because: reason)
            case .found(let lines):
                let figures = lines.lazy.compactMap { LatencyFigures(Self.name, name, $0.values, count: count) }.first
                if let figures {
                    try report.add(figures)
                } else {
                    try report.skip(Self.name, name, because: "no figures")
                }
            }
        }
    }
}

/// What lies between the exchange's event time and the time of day: books are made as of a fixed date, so that
/// contracts expire when they should.
struct Shift {
    let nanoseconds: Int64

    init(from eventTime: Timestamp) { nanoseconds = ClockReading.timeOfDay - eventTime.nanoseconds }
}

/// Samples without a reply, or replies that nobody asked for.
struct SamplesLost: Error, CustomStringConvertible {
    let name: String
    let sent: Int
    let answered: Int
    var description: String { "\(name): of \(sent) samples \(answered) were answered" }
}
