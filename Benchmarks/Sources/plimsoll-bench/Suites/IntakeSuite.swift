import MarginDomain
import MarginLog

/// Events a second into the durable log and through the engine, in messages of 64, one of trades to nine of prices.
///
/// Every run is counted end to end: what was sent is what is durable and what was folded, or there is no figure.
/// Regressing here means: the engine falls behind a busy market earlier.
struct IntakeSuite {
    static let name = "intake"
    static let meaning =
        "decode, append with fdatasync, fold and evaluate; frames of 64, 1 of trades : 9 of index prices"

    let settings: BenchSettings

    /// Sizes of books. The target is for the first, a market of one underlying with some 300 instruments.
    private var cases: [(pools: Int, underlyings: Int, target: Target?)] {
        if settings.isSmoke { return [(20, 2, nil)] }
        return [(100, 1, .atLeast(500_000)), (1_000, 1, nil), (1_000, 3, nil), (10_000, 3, nil)]
    }

    func run(_ report: inout Report) async throws {
        try addFloor(&report)
        try await addLog(&report)
        for size in cases {
            let folder = try LogFolder(in: settings.directory)
            report.progress("opening \(size.pools) pools")
            var engine = try await EngineUnderLoad(pools: size.pools, underlyings: size.underlyings, in: folder)
            let trial = try await engine.run(frames: 20)
            let frames = settings.size(min(20_000, max(20, Int(3 / trial.seconds) * 20)), smoke: 20)
            var outcomes: [EngineUnderLoad.Outcome] = []
            for _ in 0..<settings.size(3, smoke: 1) { outcomes.append(try await engine.run(frames: frames)) }
            try engine.close()
            try folder.remove()
            let underlyings = size.underlyings == 1 ? "1 underlying" : "\(size.underlyings) underlyings"
            try report.add(
                Measurement(
                    Self.name,
                    "log and engine, \(size.pools.grouped) pools, \(underlyings)",
                    Spread(outcomes.map { Double($0.events) / $0.seconds }), "events/s", target: size.target,
                    note: Self.note(engine.market, outcomes)))
        }
    }

    private static func note(_ market: String, _ outcomes: [EngineUnderLoad.Outcome]) -> String {
        let evaluations = Spread(outcomes.map { Double($0.evaluations) / $0.seconds }).median
        let processor = Spread(outcomes.map { $0.processorSeconds * 1e6 / Double($0.events) }).median
        let signals = outcomes.reduce(0) { $0 + $1.signals }
        let events = outcomes.reduce(0) { $0 + $1.events }
        return "\(market); \(evaluations.figure) evaluations/s; CPU \(processor.figure) µs/event; "
            + "\(events.grouped) events sent, durable and folded; \(signals.grouped) signals"
    }

    private func addFloor(_ report: inout Report) throws {
        for bytes in [4096, 65_536] {
            let times = try DiskFloor(path: settings.directory + "/plimsoll-bench-floor")
                .appends(of: bytes, count: settings.size(1_000, smoke: 20))
            let tail = times.sorted()[times.count * 99 / 100].figure
            try report.add(
                Measurement(
                    Self.name, "limit: write \(bytes / 1024) KiB and fdatasync, one at a time", Spread(times).median,
                    "µs", note: "median of \(times.count); 99th percentile \(tail) µs"))
        }
    }

    private func addLog(_ report: inout Report) async throws {
        let folder = try LogFolder(in: settings.directory)
        let log = try folder.open()
        var appender = BatchAppender(log)
        let batches = [SampleFrames.trades()] + Array(repeating: SampleFrames.prices(), count: 9)
        let frames = settings.size(30_000, smoke: 100)
        var rates: [Double] = []
        let runs = settings.size(5, smoke: 1)
        for _ in 0..<runs {
            let begin = ClockReading()
            for frame in 0..<frames { _ = try appender.append(batches[frame % batches.count]) }
            let end = try await log.barrier()
            let seconds = Double(ClockReading().wall - begin.wall) / 1e9
            guard log.committed == end.number else {
                throw EventsLost(expected: frames, folded: 0, last: end.number, committed: log.committed)
            }
            rates.append(Double(frames * SampleFrames.eventCount) / seconds)
        }
        try log.close()
        let contents = try folder.contents()
        try folder.remove()
        guard contents.batches == frames * runs else {
            throw EventsLost(
                expected: frames * runs, folded: contents.batches, last: log.end.number, committed: log.committed)
        }
        try report.add(
            Measurement(
                Self.name, "log alone: encode, append, group commit", Spread(rates), "events/s",
                note: "\(contents.events.grouped) events appended, durable and read back"))
    }
}
