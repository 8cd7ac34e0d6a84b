import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// The parameters of published methods in the workflow of all parameters.
@Suite struct MethodParametersTests {
    private static let change = [MethodStream.value("okx-range", "initialFactor", "2")]

    @Test func `a method's values are proposed, approved, in force and shown like any others`() {
        var desk = MethodDesk()

        desk.send(Self.change, .proposed, 2, from: 901)
        #expect(desk.texts(2) == ["okx-range/initialFactor=2"])
        desk.send(Self.change, .approved, 2, from: 902)
        desk.send(Self.change, .approved, 2, from: 903)
        desk.send(Self.change, .effective, 2, from: 901)

        #expect(desk.refusals.isEmpty, "\(desk.refusals)")
        #expect(desk.versionInForce == 2)
        #expect(desk.texts(2) == ["okx-range/initialFactor=2"])
    }

    @Test func `approving another text is refused, but a path may be cut elsewhere`() {
        var desk = MethodDesk()
        let proposed = [MethodStream.value("expected-shortfall", "filter.decay", "0.95")]
        var cut = proposed
        (cut[0].table, cut[0].key) = (Symbol(ascii: "filter"), Symbol(ascii: "decay"))
        var other = proposed
        other[0].text = Symbol(ascii: "0.950")

        desk.send(proposed, .proposed, 2, from: 901)
        desk.send(cut, .approved, 2, from: 902)
        desk.send(other, .approved, 2, from: 903)

        #expect(desk.refusals == ["parameters: the values are not those of version 2"])
        #expect(desk.sets().last?.approvals.count == 1)
    }

    @Test func `going back restores a method's values, and takes away those that were not there`() throws {
        var desk = MethodDesk()
        desk.send(Self.change, .effective, 1, from: 0)
        desk.send(
            [
                MethodStream.value("okx-range", "initialFactor", "3"),
                MethodStream.value("span", "initialRatio", "1.5"),
            ], .proposed, 2, from: 901)
        for source: UInt16 in [902, 903] { desk.restate(2, .approved, from: source) }
        desk.restate(2, .effective, from: 901)
        #expect(desk.texts(2) == ["okx-range/initialFactor=3", "span/initialRatio=1.5"])

        let before = try #require(desk.sets().first { $0.status == .effective && !$0.inForce })
        desk.send(before.values, .effective, before.version.rawValue, from: 904)

        #expect(desk.refusals.isEmpty, "\(desk.refusals)")
        #expect(desk.versionInForce == 1)
        #expect(desk.texts(1) == ["okx-range/initialFactor=2"])
    }

    @Test func `an emergency does not move a method's parameters`() {
        var desk = MethodDesk()

        desk.send(Self.change, .effective, 2, from: 901)

        #expect(
            desk.refusals == [
                "parameters: the parameters of okx-range may not change without approvals: it could lower margin"
            ])
        #expect(desk.versionInForce == 1)
    }

    @Test(arguments: [
        ("abacus", "beads", "10", "there is no margin method abacus"),
        ("okx-range", "noSuchName", "1", "okx-range/noSuchName: the method has no such parameter"),
        ("okx-range", "initialFactor", "0.5", "okx-range/initialFactor: 0.5 is outside of 1.0...10.0"),
        ("okx-range", "initialFactor", "-1e308", "okx-range/initialFactor: -1e+308 is outside of 1.0...10.0"),
        ("okx-range", "initialFactor", "1e999", "okx-range/initialFactor: inf is not a finite number"),
        ("okx-range", "initialFactor", "nan", "okx-range/initialFactor: \"nan\" is not a decimal number"),
        ("okx-range", "initialFactor", "inf", "okx-range/initialFactor: \"inf\" is not a decimal number"),
        ("okx-range", "initialFactor", "", "okx-range/initialFactor: \"\" is not a decimal number"),
        ("okx-range", "initialFactor", "true", "okx-range/initialFactor: expected a number"),
        ("okx-range", "initialFactor[0]", "2", "okx-range/initialFactor: expected a number"),
        ("okx-range", "volatilityDays[1]", "2", "okx-range/volatilityDays[1]: the list has no element 0"),
        ("okx-range", "a..b", "2", "okx-range/a..b: is no path: names with dots between, positions in []"),
        ("okx-range", "a[x]", "2", "okx-range/a[x]: is no path: names with dots between, positions in []"),
        ("derive-portfolio", "scenarios", "[]", "derive-portfolio/scenarios: a grid has at least one scenario"),
        ("deribit-portfolio", "mode", "sideways", "deribit-portfolio/mode: \"sideways\" is none of segregated, cross"),
        (
            "expected-shortfall", "confidence.maintenance", "0.995",
            "expected-shortfall/confidence.maintenance: maintenance is not more confident than initial margin"
        ),
        (
            "expected-shortfall", "history.dates[0]", "2026-01-01",
            "expected-shortfall/history.dates[0]: the history of live pools is that of the log"
        ),
    ])
    func `a value that a method does not take is refused by name, with its whole set`(
        model: String, path: String, text: String, reason: String
    ) {
        var desk = MethodDesk()

        // Also from the engine's own source, and as a proposal.
        for (source, status) in [(UInt16(901), ParameterStatus.proposed), (0, .effective)] {
            desk.send(
                [MethodStream.value("span", "initialRatio", "1.5"), MethodStream.value(model, path, text)], status, 2,
                from: source)
        }

        #expect(desk.refusals == ["parameters: \(reason)", "parameters: \(reason)"])
        #expect(desk.versionInForce == 1)
        #expect(desk.sets().count == 1)
        #expect(desk.texts(1).isEmpty)
    }

    @Test func `a value named twice, or with a number beside its text, is refused`() {
        var desk = MethodDesk()
        var numbered = Self.change
        numbered[0].value = Ratio(1)
        var ofDefault = [ParameterValue(key: Symbol(ascii: "kappa"), asset: AssetID(0), index: 0, value: Ratio(1))]
        ofDefault[0].text = Symbol(ascii: "0.5")

        desk.send(Self.change + Self.change, .proposed, 2, from: 901)
        desk.send(numbered, .proposed, 2, from: 901)
        desk.send(ofDefault, .proposed, 2, from: 901)

        #expect(
            desk.refusals == [
                "parameters: okx-range/initialFactor: is named twice",
                "parameters: okx-range/initialFactor: asset, index and value must be 0: the value is the text",
                "parameters: plimsoll/kappa: only published methods have tables and texts",
            ])
    }

    @Test func `what the bootstrap adds later does not take the version back`() {
        var desk = MethodDesk()
        desk.send([ParameterValue(Self.kappa)], .effective, 7, from: 901)

        desk.send(Self.change, .effective, 1, from: 0)

        #expect(desk.refusals.isEmpty, "\(desk.refusals)")
        #expect(desk.versionInForce == 7)
        #expect(desk.texts(7) == ["okx-range/initialFactor=2"])
    }

    private static let kappa = RiskParameters(
        version: ParameterVersion(0), status: .proposed, key: Symbol(ascii: "kappa"), asset: AssetID(0), index: 0,
        value: Ratio(500_000_000), last: false)
}

/// An engine with parameters that ask for two approvals, and what happened to what was sent.
private struct MethodDesk {
    private var engine = EngineState(parameters: .bootstrap)
    private(set) var refusals: [String] = []
    private var record = RecordNumber.start

    init() {
        send(
            [
                ParameterValue(
                    key: Symbol(ascii: "approvals"), asset: AssetID(0), index: 0, value: Ratio(2_000_000_000))
            ], .effective, 1, from: 1)
    }

    mutating func send(
        _ values: [ParameterValue], _ status: ParameterStatus, _ version: UInt32, from source: UInt16
    ) {
        let entries = values.enumerated().map { place, value in
            value.entry(ParameterVersion(version), status, last: place == values.count - 1)
        }
        record = record.next
        let header = BatchHeader(
            source: SourceID(source), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: Timestamp(1))
        let batch = EventBatch(header: header, events: .riskParameters(entries))
        refusals += engine.apply(EventRecord(number: record, epoch: Epoch(1), batch: batch)).refusals.map(\.description)
    }

    mutating func restate(_ version: UInt32, _ status: ParameterStatus, from source: UInt16) {
        let values = sets().first { $0.version.rawValue == version }?.values ?? []
        send(values, status, version, from: source)
    }

    func sets() -> [ParametersAnswer] {
        var engine = engine
        return engine.answer(.parametersQuery(ParametersQuery(version: ParameterVersion(0)))).compactMap {
            if case .parametersAnswer(let answer) = $0 { answer } else { nil }
        }
    }

    var versionInForce: UInt32? { sets().first?.version.rawValue }

    /// What a set says of methods.
    func texts(_ version: UInt32) -> [String] {
        sets().first { $0.version.rawValue == version }?.values.filter { $0.model != .empty }
            .map { "\($0.model)/\($0.path)=\($0.text)" } ?? []
    }
}
