import ArgumentParser
import MarginDomain
import MarginWire
import ZeroMQ

/// A history of daily closes as index prices and volatility indices, for a log that is to begin with it.
struct ClosesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "closes",
        abstract: "Publishes a history of daily closes, before live prices begin.",
        discussion: """
            Pools under expected-shortfall simulate the history that their log is. The file has a date and columns of
            closes: index prices, and volatility indices in points (84.5 = 84.5 %). The latest
            \(EngineLimits.dailyClosesMax) dates are sent, each published at the end of its day. An engine that has a later
            value of the same refuses them. Lines of the JSON mirror go to standard output, or with --publish, messages
            to the engine, which must connect to that endpoint (bus.sbe).

            EXAMPLES
              plimsoll closes closes.csv --asset BTC=10:-2 --asset ETH=11:-2 --source 950
              plimsoll closes closes.csv --asset BTC=10:-2 --volatility BTC_DVOL=10:30 --source 950
              plimsoll closes closes.csv --asset BTC=10:-2 --source 950 --publish tcp://127.0.0.1:5606
            """)

    @Argument(help: "A file of daily closes.") var file: String
    @Option(help: "A column, its asset's number and its price exponent, such as BTC=10:-2.") var asset: [String] = []
    @Option(help: "A column of a volatility index, its asset's number and its tenor in days, such as BTC_DVOL=10:30.")
    var volatility: [String] = []
    @Option(help: "The source number to send as.") var source: UInt16
    @Option(help: "Publish here instead of printing; the engine connects to it.") var publish: String?
    @OptionGroup var engine: EngineOptions

    func validate() throws {
        guard source > 0 else { throw ValidationError("--source 0 is the engine itself") }
        guard !asset.isEmpty || !volatility.isEmpty else {
            throw ValidationError("--asset, --volatility: name at least one column")
        }
    }

    func run() throws {
        let history: ClosesHistory
        let columns: [ClosesColumn]
        do {
            columns = try asset.map { try ClosesColumn($0) }
            history = try ClosesHistory(columns, try volatility.map { try VolatilityColumn($0) }, in: ClosesFile(file))
        } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
        guard let publish else {
            for line in try lines(history.batches(SourceID(source)), columns) { print(line) }
            return
        }
        try engine.asking { context, asker in
            let known = try asker.heartbeat().sources.first { $0.source == SourceID(source) }
            let batches = history.batches(
                SourceID(source), epoch: known?.epoch ?? Epoch(1),
                from: known?.lastSequence.advanced(by: 1) ?? SequenceNumber(1))
            try BusPublication.send(batches, topic: "px.", at: publish, in: context)
        }
        complain("\(history.count) closes")
    }

    /// Lines of the JSON mirror, which must know the assets' exponents.
    private func lines(_ batches: [EventBatch], _ columns: [ClosesColumn]) throws -> [String] {
        var mirror = JSONMirror()
        guard let first = batches.first else { return [] }
        _ = try mirror.encode(EventBatch(header: first.header, events: .assetListed(columns.map(\.listing))))
        return try batches.map { String(decoding: try mirror.encode($0), as: UTF8.self) }
    }
}
