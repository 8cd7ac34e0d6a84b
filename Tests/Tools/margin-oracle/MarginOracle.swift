import Foundation
import MarginDomain
import MarginEngine
import MarginLog
import MarginModel
import MarginTestKit

/// Folds a log twice, with the engine and with the naive oracle, and compares every signal: same pools, same order,
/// same record, same numbers. Exits 1 at the first difference.
///
/// Usage: `margin-oracle LOG [--records N]`
@main
struct MarginOracle {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        guard let directory = arguments.popFirst() else {
            FileHandle.standardError.write(Data("usage: margin-oracle LOG [--records N]\n".utf8))
            exit(64)
        }
        var limit = UInt64.max
        if arguments.popFirst() == "--records", let text = arguments.popFirst(), let number = UInt64(text) {
            limit = number
        }
        let reader = try LogReader(directory: directory)
        var comparison = Comparison(log: reader.log)
        while let record = try reader.next(), record.number.rawValue <= limit {
            guard let event = try BatchRecords.batch(of: record) else { continue }
            if let difference = comparison.fold(event) {
                print("DIFFERENT at record \(record.number)\n\(difference)")
                exit(1)
            }
        }
        print(
            "equal: \(comparison.signals) signals of \(comparison.records) records, "
                + "\(comparison.evaluations) evaluations from scratch")
    }
}

/// The engine and the oracle side by side.
struct Comparison {
    private var engine = EngineState(parameters: .bootstrap)
    private var merge: SignalMerge
    private var oracle = NaiveExchange()
    private(set) var records = 0
    private(set) var signals = 0
    private(set) var evaluations = 0

    init(log: LogID) { merge = SignalMerge(log: log) }

    /// Folds one record both ways; what differs, if anything does.
    mutating func fold(_ record: EventRecord) -> String? {
        let found = merge.merge([[engine.apply(record)]])?.signals.map { NaiveSignal($0) } ?? []
        let expected = oracle.apply(record.batch, record: record.number)
        records += 1
        signals += found.count
        evaluations += oracle.evaluated.count
        guard found != expected else { return nil }
        let place = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, expected.count)
        let engineSays = place < found.count ? "\(found[place])" : "nothing"
        let oracleSays = place < expected.count ? "\(expected[place])" : "nothing"
        return "signal \(place) of the record\nengine: \(engineSays)\noracle: \(oracleSays)"
    }
}
