import MarginDomain
import MarginTestKit

/// Generated streams in which pools are under a published method.
enum MethodStream {
    /// A stream in which every one-owner agreement names a method.
    static func batches(seed: UInt64, method: String) -> [EventBatch] {
        GeneratedStream(seed: seed, size: .small).batches.map { batch in
            guard case .poolAgreement(let entries) = batch.events else { return batch }
            let renamed = entries.map { entry in
                var entry = entry
                entry.model = Symbol(method) ?? .empty
                return entry
            }
            return EventBatch(header: batch.header, events: .poolAgreement(renamed))
        }
    }

    /// The same with what the method can margin: under dydx-perpetual linear perpetuals and dollars, and nothing else.
    static func askable(seed: UInt64, method: String) -> [EventBatch] {
        let batches = batches(seed: seed, method: method)
        guard method == "dydx-perpetual" else { return batches }
        return batches.map { batch in
            switch batch.events {
            case .instrumentListed(let entries):
                let listed = entries.filter { $0.kind == .linearPerpetual && $0.settlementAsset == dollar }
                return EventBatch(header: batch.header, events: .instrumentListed(listed))
            case .deposit(let entries):
                return EventBatch(header: batch.header, events: .deposit(entries.filter { $0.asset == dollar }))
            case .orderUpdate: return EventBatch(header: batch.header, events: .orderUpdate([]))
            default: return batch
            }
        }
    }

    /// Every how many records of such a stream its pools are asked: more often where few of them hold anything.
    static func step(_ method: String, _ usual: Int) -> Int { method == "dydx-perpetual" ? usual / 6 : usual }

    /// The generated numeraire.
    private static let dollar = AssetID(1)

    /// The same with sets of the method's parameters in between, as the engine's own source sends them.
    ///
    /// - Parameter sets: values by path; each takes effect once, spread over the stream.
    static func batches(
        seed: UInt64, method: String, changing sets: [[(path: String, text: String)]]
    ) -> [EventBatch] {
        var batches = batches(seed: seed, method: method)
        let step = batches.count / (sets.count + 1)
        for (place, set) in sets.enumerated().reversed() {
            batches.insert(record(of: set, method, after: batches[step * (place + 1) - 1]), at: step * (place + 1))
        }
        return batches
    }

    /// A set of a method's values in force at once, sent by the engine's own source right after a batch.
    static func record(
        of set: [(path: String, text: String)], _ method: String, after batch: EventBatch
    ) -> EventBatch {
        let entries = set.enumerated().map { place, value in
            self.value(method, value.path, value.text).entry(
                ParameterVersion(1), .effective, last: place == set.count - 1)
        }
        let header = BatchHeader(
            source: .engine, epoch: Epoch(1), firstSequence: SequenceNumber(1),
            sendingTime: batch.header.sendingTime)
        return EventBatch(header: header, events: .riskParameters(entries))
    }

    /// Whether a record is one of the sets in between.
    static func isChange(_ batch: EventBatch) -> Bool {
        guard case .riskParameters(let entries) = batch.events else { return false }
        return batch.header.source == .engine && entries[0].isOfMethod
    }

    /// A value of a method as a set carries it.
    static func value(_ method: String, _ path: String, _ text: String) -> ParameterValue {
        let (table, key) = MethodPath(path).symbols ?? (.empty, .empty)
        return ParameterValue(
            key: key, asset: AssetID(0), index: 0, value: .zero, model: Symbol(method) ?? .empty, table: table,
            text: Symbol(text) ?? .empty)
    }

    /// Parameter sets of each method, all of which it takes.
    static let changes: [String: [[(path: String, text: String)]]] = [
        "derive-standard": [
            [("perpetualInitial", "0.13"), ("initialMax", "0.3")], [("perpetualMaintenance", "0.06")],
        ],
        "derive-portfolio": [
            [("initialFactor", "1.5"), ("volatilityUp", "0.7")],
            [
                ("scenarios[0].spotFactor", "1.4"), ("scenarios[0].volatility", "up"), ("scenarios[0].weight", "1"),
                ("scenarios[1].spotFactor", "0.6"), ("scenarios[1].volatility", "up"), ("scenarios[1].weight", "1"),
            ],
        ],
        "deribit-portfolio": [
            [("mode", "cross")], [("assets.BTC.priceRange", "0.3"), ("extendedMoves", "[]")],
            [("mode", "segregated"), ("bucketsPerSide", "6")],
        ],
        "okx-range": [
            [("initialFactor", "2")], [("classes.major.range", "0.2"), ("extremeShare", "0.75")],
            [("volatilityDays[0]", "0"), ("volatilityPoints[0]", "0.4")],
        ],
        // Caps of millionths of a dollar, between which initial margin grows with what is open.
        "dydx-perpetual": [
            [
                ("tiers.largeCap.openInterestLowerCap", "0"),
                ("tiers.largeCap.openInterestUpperCap", "9000000000000000"),
            ],
            [("tiers.largeCap.initialMarginPpm", "80000"), ("tiers.largeCap.openInterestUpperCap", "500000000")],
        ],
        "span": [[("initialRatio", "1.5")], [("commodities.BTC.priceScanRange", "0.25")]],
    ]
}
