import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit

/// The engine and the naive oracle, fed the same records: after every one of them everything must be equal.
///
/// The engine runs twice: once evaluating everything in every cut, once with regions wherever there can be any.
struct TwoFolds {
    var engine = EngineState(parameters: .bootstrap, regions: .none)
    private var narrowed = EngineState(parameters: .bootstrap, regions: .always)
    var merge = SignalMerge(log: LogID(1))
    var oracle = NaiveExchange()
    private(set) var signals: [Signal] = []
    private(set) var evaluations = 0
    /// Of all sets that were in force after a record.
    private(set) var versions: Set<ParameterVersion> = []
    /// What was announced after the last comparison.
    private var announced: ParameterVersion?
    /// Parts of a requirement that were not zero at least once.
    private(set) var components: Set<MarginComponent> = []
    /// Why pools had no margin.
    private(set) var reasons: Set<NoMarginReason> = []

    /// Folds a batch as record `number` both ways; what differs, if anything does.
    mutating func fold(_ batch: EventBatch, as number: Int) -> String? {
        let record = EventRecord(number: RecordNumber(UInt64(number)), epoch: Epoch(1), batch: batch)
        let effects = engine.apply(record)
        let found = merge.merge([[effects]])?.signals ?? []
        let expected = oracle.apply(batch, record: record.number)
        versions.insert(engine.parameters.version)
        signals += found
        evaluations += effects.evaluationCount
        let narrow = narrowed.apply(record)
        let differences = [
            signalDifference(found.map { NaiveSignal($0) }, expected), marginDifference(), ledgerDifference(),
            narrowDifference(effects, narrow),
            batch.events.kind == .riskParameters || oracle.announcedVersion != announced ? parameterDifference() : nil,
        ]
        return differences.compactMap { $0 }.first.map { "record \(number) (\(batch.events.kind)): \($0)" }
    }

    private func signalDifference(_ found: [NaiveSignal], _ expected: [NaiveSignal]) -> String? {
        guard found != expected else { return nil }
        let place = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, expected.count)
        return """
            signal \(place) of \(found.count) (\(expected.count) expected)
            engine: \(place < found.count ? Self.whole(found[place]) : "nothing")
            oracle: \(place < expected.count ? Self.whole(expected[place]) : "nothing")
            """
    }

    /// Every field, since what differs need not be among those that a signal says of itself.
    private static func whole(_ signal: NaiveSignal) -> String {
        "\(signal) \(Mirror(reflecting: signal).children.map { "\($0.value)" })"
    }

    /// What regions may not change: anything.
    private func narrowDifference(_ whole: RecordEffects, _ narrow: RecordEffects) -> String? {
        guard narrow.signals == whole.signals else {
            return "signals\nwith regions: \(narrow.signals)\nwithout: \(whole.signals)"
        }
        guard narrow.refusals == whole.refusals else { return "refusals with regions: \(narrow.refusals)" }
        for pool in oracle.evaluated {
            let (own, expected) = (narrowed.margin(of: pool), engine.margin(of: pool))
            guard own?.margin == expected?.margin, own?.state == expected?.state else {
                return
                    "pool \(pool)\nwith regions: \(String(describing: own))\nwithout: \(String(describing: expected))"
            }
        }
        return nil
    }

    private mutating func marginDifference() -> String? {
        for pool in oracle.evaluated {
            guard let naive = oracle.pools[pool]?.margin, let own = engine.margin(of: pool) else {
                return "pool \(pool) was evaluated by one side only"
            }
            let isMargined = own.margin.status == .margined
            guard isMargined == (naive.status == .margined), own.margin.status.noMargin == naive.noMargin else {
                return "pool \(pool): engine says \(own.margin.status), oracle \(naive.status)"
            }
            reasons.insert(naive.noMargin.reason)
            let components = own.margin.components.entries
            self.components.formUnion(components.map(\.component))
            let naiveComponents = naive.components.values.filter { $0.initial != .zero || $0.maintenance != .zero }
            let isEqual =
                own.margin.equity == naive.equity && own.margin.initial == naive.initialMargin
                && own.margin.maintenance == naive.maintenanceMargin && own.margin.release == naive.releaseMargin
                && own.margin.utilisation == naive.utilisation && own.state == oracle.pools[pool]?.state
                && components.sorted(by: Self.byComponent) == naiveComponents.sorted(by: Self.byComponent)
            if !isEqual { return "pool \(pool)\nengine: \(own)\noracle: \(naive)" }
        }
        return nil
    }

    /// The values in force, and the proposals with their approvals.
    private mutating func parameterDifference() -> String? {
        announced = oracle.announcedVersion
        // A question may change reservations, of which nothing here depends: it is asked of a copy.
        var engine = engine
        let sets = engine.answer(.parametersQuery(ParametersQuery(version: ParameterVersion(0)))).compactMap {
            if case .parametersAnswer(let answer) = $0 { answer } else { nil }
        }
        func lines(_ values: [ParameterValue]) -> [String] {
            values.map { value in
                let path = value.table == .empty ? "\(value.key)" : "\(value.table).\(value.key)"
                return "\(value.model) \(path) \(value.asset) \(value.index) \(value.value.billionths) \(value.text)"
            }.sorted()
        }
        func values(_ parameters: NaiveParameters) -> [ParameterValue] {
            parameters.entries.map {
                ParameterValue(
                    key: $0.key, asset: $0.asset, index: $0.index, value: $0.value, model: $0.model, table: $0.table,
                    text: $0.text)
            }
        }
        guard let current = sets.first, current.version == oracle.market.parameters.version,
            lines(current.values) == lines(values(oracle.market.parameters))
        else { return "parameters in force\nengine: \(sets)\noracle: \(oracle.market.parameters)" }
        guard sets.filter(\.inForce).last?.version == oracle.base.version else { return "the base\nengine: \(sets)" }
        let coming = sets.first { $0.takesEffect > engine.now }
        guard coming?.version == oracle.announcedVersion,
            coming.map({ lines($0.values) }) == oracle.days.announced.map({ lines(values($0)) })
        else { return "announced\nengine: \(sets)\noracle: \(String(describing: oracle.days.announced))" }
        let previous = sets.first { $0.status == .effective && !$0.inForce }
        guard previous.map({ lines($0.values) }) == oracle.parameterSets.previous.map({ lines(values($0)) }) else {
            return "the previous set\nengine: \(String(describing: previous))"
        }
        let proposals = sets.filter { $0.status != .effective && !$0.version.isOfEngine }
        let expected = oracle.parameterSets.proposals.sorted { $0.key < $1.key }
        let isEqual =
            proposals.map(\.version.rawValue) == expected.map(\.key)
            && proposals.map { Set($0.approvals.map(\.source)) } == expected.map(\.value.approvals)
        return isEqual ? nil : "proposals\nengine: \(proposals)\noracle: \(expected)"
    }

    private static func byComponent(_ left: Component, _ right: Component) -> Bool {
        left.component.rawValue < right.component.rawValue
    }

    /// Balances and positions of every member, to the unit.
    private func ledgerDifference() -> String? {
        for member in engine.allMembers {
            let expected = oracle.holdings[member] ?? NaiveHoldings()
            let balances = engine.balances(of: member).filter { $0.balance != .zero }
            let positions = engine.positions(of: member)
            let isEqual =
                Dictionary(uniqueKeysWithValues: balances.map { ($0.asset, $0.balance) })
                == expected.balances.filter { $0.value != .zero }
                && Dictionary(uniqueKeysWithValues: positions.map { ($0.instrument, $0.position) })
                    == expected.positions.filter { !$0.value.isEmpty }
            let orders = engine.orders(of: member).map {
                NaiveOrder(id: $0.order, instrument: $0.instrument, n: $0.remaining, p: $0.price)
            }
            let expectedOrders = expected.orders.sorted { $0.id < $1.id }
            guard orders == expectedOrders else {
                return "member \(member)\nengine: \(orders)\noracle: \(expectedOrders)"
            }
            if !isEqual { return "member \(member)\nengine: \(balances) \(positions)\noracle: \(expected)" }
        }
        return nil
    }
}

extension NaiveExchange {
    fileprivate var announcedVersion: ParameterVersion? { days.announced?.version }
}
