import Handover
import Logging
import MarginDomain
import MarginEngine
import MarginFeed
import MarginLog
import MarginPublisher
import ServiceLifecycle
import ZeroMQ

/// The whole engine in one process: feed, engine, publisher and projection behind each other, over one log.
///
/// The composition root: the only place where the stages meet. ``EngineOpening`` recovers and builds it; this runs it
/// until told to stop, and ends the stages in the order of the pipeline, so that nothing is left between them.
struct EngineProcess: Service {
    let feed: Feed
    let pump: EnginePump
    let publisher: Publisher
    let projection: ProjectionWriter
    let log: SegmentedLog
    let intake: Parcel<IntakeOutlet>
    let findings: Parcel<FindingsOutlet>
    let link: Parcel<PublisherLink>
    let recovered: Recovered
    let logger: Logger

    /// What recovery found in the log.
    struct Recovered: Sendable {
        var record: RecordNumber
        var batches: Int
        var events: Int
        var signals: Int
        var epoch: Epoch
    }

    /// The stages, in the order in which they end.
    private enum Stage {
        case feed, pump, projection, publisher
    }

    /// Runs until shutdown is asked for.
    ///
    /// - Throws: the fault of the stage that could not go on; the others are ended first.
    func run() async throws {
        try await withThrowingTaskGroup(of: Stage.self) { group in
            group.addTask {
                try await publisher.run(with: link.open())
                return .publisher
            }
            group.addTask {
                await projection.run()
                return .projection
            }
            group.addTask {
                await pump.run(into: findings.open())
                return .pump
            }
            group.addTask {
                // Only the feed hears of shutdown: when it ends, its end of the ring is gone, the pump folds what is
                // left and ends, and so on down the line.
                try await cancelWhenGracefulShutdown { try await feed.run(into: intake.open()) }
                return .feed
            }
            var ended = 0
            while let stage = try await group.next() {
                ended += 1
                logger.debug("stage ended", metadata: ["stage": "\(stage)"])
                if ended == 3 { group.cancelAll() }
            }
        }
        try log.close()
        logger.info("stopped", metadata: ["committed": "\(log.committed)"])
    }
}

extension EngineProcess {
    /// Counters of all stages at one moment.
    struct Counters: Sendable {
        var feed: FeedCounters
        var engine: EngineProgress
        var merge: SignalMerge
        var publisher: PublisherCounters
        var committed: RecordNumber
    }

    func counters() async -> Counters {
        Counters(
            feed: await feed.counters, engine: await pump.counters, merge: await pump.merge,
            publisher: await publisher.counters, committed: log.committed)
    }

    /// How many pools stand in each state.
    func poolsByState() async -> [(state: LifeCycle, count: Int)] {
        let shards = await pump.snapshots().map(\.poolsByState)
        return LifeCycle.allCases.map { state in
            (state, shards.joined().reduce(0) { $0 + ($1.state == state ? $1.count : 0) })
        }
    }
}
