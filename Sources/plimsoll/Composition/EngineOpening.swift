import Foundation
import Handover
import Logging
import MarginDomain
import MarginEngine
import MarginFeed
import MarginLog
import MarginPublisher
import MarginWire
import ZeroMQ

/// Builds an ``EngineProcess``: opens the log, folds what is in it, and connects every stage where the log ends.
struct EngineOpening {
    let configuration: PlimsollConfiguration
    let context: ZeroMQContext
    let logger: Logger

    /// Opens everything. Nothing is received before ``EngineProcess/run()``.
    ///
    /// - Throws: what stands in the way, naming it: ``LogError``, ``FeedError``, ``PublisherError``,
    ///   ``ProjectionError``, ``ConfigurationFaults``.
    func open() async throws -> EngineProcess {
        let risk = try RiskFile.load(configuration.riskFile)
        try risk.check(configuration.riskFile)
        let methods = try MethodBootstrap.all(beside: configuration.riskFile)
        try FileManager.default.createDirectory(
            atPath: configuration.log.directory, withIntermediateDirectories: true)
        let executor = try ThreadExecutor(name: "engine")
        let commitBell = CommitBell()
        let log = try openLog(commitBell)
        let projection = try SignalProjection(path: configuration.log.directory + "/projection.sqlite")
        let sentBefore = try projection.lastSignal()

        var (fold, signals) = try await recover(on: executor)
        fold.continueAs(log.end.epoch)
        if fold.lastRecord != .start { await fold.engine.holdChecks() }
        try projection.add(signals)
        let recovered = EngineProcess.Recovered(
            record: fold.lastRecord, batches: fold.batchCount, events: fold.eventCount, signals: signals.count,
            epoch: log.end.epoch)
        logger.info(
            "recovered",
            metadata: [
                "record": "\(recovered.record)", "events": "\(recovered.events)", "signals": "\(recovered.signals)",
                "epoch": "\(recovered.epoch)",
            ])

        let feed = try Feed(feedConfiguration, from: fold.feedStart, in: context)
        let publisher = try Publisher(
            publisherConfiguration,
            from: publisherStart(fold, signals, sentBefore, log, await fold.engine.parameterStates()), in: context)
        commitBell.attach(publisher.doorbell)

        var records = try InletRing<EventRecord>(work: executor.doorbell)
        var questions = Ring<QueryTicket>(capacity: EngineLimits.handoverBatchesMax, work: executor.doorbell)
        let projectionExecutor = try ThreadExecutor(name: "projection")
        var projected = try InletRing<[Signal]>(work: projectionExecutor.doorbell)

        let pump = EnginePump(
            fold.engine, records: records.takeConsumer(), questions: questions.takeConsumer(), on: executor)
        let writer = ProjectionWriter(
            projection, signals: projected.takeConsumer(), on: projectionExecutor, logger: logger)
        var intake = IntakeOutlet(
            log, engine: records.takeInlet(),
            publisher: Inlet(await publisher.makeInlet(), room: try Doorbell()),
            bootstrap: RiskBootstrap(
                risk, methods: methods.filter { !fold.parameterisedMethods.contains($0.model) },
                hasShared: fold.parameterisedAssets.contains(AssetID(0)), known: fold.parameterisedAssets),
            nextOwn: fold.nextOwnSequence,
            deadLetters: DeadLetterLedger(projection, logger: logger))
        try intake.open(at: fold.feedStart.time, epoch: log.end.epoch)
        let findings = FindingsOutlet(
            publisher: Inlet(await publisher.makeInlet(), room: try Doorbell()), projection: projected.takeInlet())
        let link = PublisherLink(log: log, questions: questions.takeProducer(), records: await feed.makeInlet())

        return EngineProcess(
            feed: feed, pump: pump, publisher: publisher, projection: writer, log: log, intake: Parcel(intake),
            findings: Parcel(findings), link: Parcel(link), recovered: recovered, logger: logger)
    }

    private func openLog(_ bell: CommitBell) throws -> SegmentedLog {
        var log = SegmentedLogConfiguration(
            directory: configuration.log.directory, id: LogID(configuration.log.id),
            node: NodeID(UInt64(ProcessInfo.processInfo.processIdentifier)))
        log.segmentBytes = configuration.log.segmentMebibytes << 20
        return try SegmentedLog.open(log, onCommit: { _ in bell.ring() })
    }

    /// Folds the log from its first record. The process holds the log's lock, so it cannot grow meanwhile.
    private func recover(on executor: ThreadExecutor) async throws -> (LogFold, [Signal]) {
        let reader = try LogReader(directory: configuration.log.directory)
        let display = DisplayRules(
            move: Ratio(Int64(configuration.state.moveBasisPoints) * 100_000),
            refresh: .seconds(Int32(configuration.state.refreshSeconds)))
        var fold = try LogFold(
            shardCount: configuration.shardCount, log: LogID(configuration.log.id), on: executor, display: display)
        var signals: [Signal] = []
        try await fold.fold(reader) { batch in signals += batch.signals }
        return (fold, signals)
    }

    private var feedConfiguration: FeedConfiguration {
        let bus = configuration.bus
        var feed = FeedConfiguration(
            endpoints: zip(bus.sbe, bus.sbeRecovery).map {
                FeedEndpoint(events: $0, recovery: $1, encoding: .sbe)
            }
                + zip(bus.json, bus.jsonRecovery).map {
                    FeedEndpoint(events: $0, recovery: $1, encoding: .json)
                })
        feed.heartbeatDeadline = .milliseconds(Int32(bus.silenceMilliseconds))
        return feed
    }

    private var publisherConfiguration: PublisherConfiguration {
        var publisher = PublisherConfiguration(
            signals: configuration.signals.sbe, signalsJSON: configuration.signals.json,
            states: configuration.state.endpoints.sbe, statesJSON: configuration.state.endpoints.json,
            queries: configuration.queryEndpoint)
        publisher.heartbeatInterval = .milliseconds(Int32(configuration.state.heartbeatMilliseconds))
        return publisher
    }

    /// Signals that the projection did not know yet may not have been sent: they go out again, under the same ids.
    private func publisherStart(
        _ fold: LogFold, _ signals: [Signal], _ sentBefore: StreamNumber, _ log: SegmentedLog,
        _ parameters: [ParameterState]
    ) -> PublisherStart {
        let retained = Array(signals.suffix(EngineLimits.retainedSignalsMax))
        let unsureFrom = sentBefore.rawValue > Self.resent ? StreamNumber(sentBefore.rawValue - Self.resent) : .start
        return PublisherStart(
            log: LogID(configuration.log.id), epoch: log.end.epoch, record: fold.lastRecord,
            time: fold.feedStart.time, signals: retained,
            lastOmitted: StreamNumber(UInt64(signals.count - retained.count)), sendFrom: unsureFrom.next,
            acknowledged: fold.acknowledged, parameters: parameters, scales: fold.feedStart.scales)
    }

    /// How many of the last known signals are sent again after a restart: more than can wait between the engine,
    /// which feeds the projection, and the publisher's sockets.
    private static let resent = UInt64(EngineLimits.handoverBatchesMax)
}
