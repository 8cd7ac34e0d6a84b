import ArgumentParser
import Handover
import MarginDomain
import MarginEngine
import MarginLog
import MarginModel

/// Replays a log from its first record and prints the digests of its signals and of the ledger it ends with.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replays a log and prints the digest of all its signals.",
        discussion: """
            The digest is the same for any build, number of shards, and kernel variant.

            EXAMPLES
              plimsoll verify var/log
              plimsoll verify var/log --shards 4 --kernel x86-64-v3 --json
            """)

    @Argument(help: "The log's directory.") var log: String
    @Option(help: "How many shards evaluate.") var shards = 1
    @Option(help: "Which variant of the kernels to use; the best that the CPU has by default.") var kernel: String?
    @Flag(help: "Print the result as JSON.") var json = false
    @Flag(help: "Print every signal, a line each.") var signals = false
    @Flag(help: "Print what every member holds, a line each.") var ledger = false

    func validate() throws {
        guard (1...Int(PoolID.slotCount)).contains(shards) else {
            throw ValidationError("--shards must be between 1 and \(PoolID.slotCount)")
        }
    }

    func run() async throws {
        try selectKernel()
        var digest = SignalDigest()
        var lastRecord = RecordNumber.start
        var fold: LogFold
        do {
            let reader = try LogReader(directory: log)
            fold = try LogFold(
                shardCount: shards, log: reader.log, on: ThreadExecutor(name: "verify"), display: DisplayRules())
            let printsSignals = signals
            try await fold.fold(reader) { batch in
                try digest.add(batch.signals)
                lastRecord = batch.upTo
                if printsSignals { for signal in batch.signals { print(SignalLine.text(signal)) } }
            }
        } catch let error as LogError {
            complain("\(log): \(error)")
            throw ExitStatus.wrongInput
        }
        guard let state = await fold.engine.snapshots().first else { throw ExitStatus.engineFault }
        if ledger { for line in LedgerDigest.lines(of: state) { print(line) } }
        let report = Report(
            log: log, records: lastRecord.rawValue, batches: fold.batchCount, events: fold.eventCount,
            signals: digest.count, refused: fold.engine.merge.refusals.values.reduce(0, +), digest: digest.text,
            ledger: LedgerDigest.text(of: state),
            kernel: "\(KernelVariant.current)", shards: shards)
        if json { try printJSON(report) } else { print(report.text) }
    }

    private func selectKernel() throws {
        guard let kernel else { return }
        guard let variant = KernelVariant.available.first(where: { "\($0)" == kernel }) else {
            complain(
                "--kernel \(kernel): this CPU has \(KernelVariant.available.map(\.description).joined(separator: ", "))"
            )
            throw ExitStatus.wrongInput
        }
        variant.select()
    }

    private struct Report: Encodable {
        var log: String
        var records: UInt64
        var batches: Int
        var events: Int
        var signals: Int
        var refused: UInt64
        var digest: String
        var ledger: String
        var kernel: String
        var shards: Int

        var text: String {
            """
            log       \(log)
            records   \(records) (\(batches) batches, \(events) events, \(refused) entries refused)
            signals   \(signals)
            digest    \(digest)
            ledger    \(ledger)
            by        \(shards) shard(s), kernel \(kernel)
            """
        }
    }
}
