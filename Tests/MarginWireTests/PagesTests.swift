import MarginDomain
import MarginWire
import Testing

/// What outgrows a frame comes in pages that fit, in both encodings, and nothing of it is lost.
@Suite struct PagesTests {
    @Test func `the largest set of parameters that may be configured is published and answered in pages`() throws {
        let set = Self.set(EngineLimits.parameterValuesMax)

        let pages = set.pages

        #expect(pages.count > 1)
        #expect(pages.map(\.page) == Array(0..<UInt16(pages.count)))
        #expect(pages.allSatisfy { $0.pageCount == UInt16(pages.count) })
        #expect(pages.flatMap(\.values) == set.values)
        for page in pages { try Self.fits(.parameterState(page)) }

        let answer = Self.answer(set)
        for page in answer.pages { try Self.fits(.parametersAnswer(page)) }
        #expect(ParametersAnswer.joined(answer.pages + answer.pages) == [answer, answer])
    }

    @Test func `the explanation of the largest pool comes in pages, and is whole again`() throws {
        let explanation = Self.explanation(
            scenarios: EngineLimits.underlyingsPerPoolMax * 200, inputs: 5_000, dates: EngineLimits.dailyClosesMax)

        let pages = explanation.pages

        #expect(pages.count > 5)
        for page in pages { try Self.fits(.explanation(page)) }
        #expect(Explanation(joining: pages) == explanation)
        #expect(pages[0].components == explanation.components)
    }

    @Test func `what fits stays one message`() {
        #expect(Self.set(300).pages == [Self.set(300)])
        let small = Self.explanation(scenarios: 60, inputs: 40, dates: 0)
        #expect(small.pages == [small])
    }

    private static func fits(_ answer: Answer) throws {
        var encoder = SBEEncoder()
        try encoder.encode(answer)
        #expect(encoder.frame.count <= EngineLimits.frameBytesMax)
        let json = try longest.encode(answer)
        #expect(json.count <= EngineLimits.frameBytesMax, "\(json.count) bytes of JSON")
    }

    /// A mirror under which every decimal is as long as it may be.
    private static var longest: JSONMirror {
        var scales = Scales()
        scales.learn(
            .assetListed([
                AssetListed(
                    asset: AssetID(.max), symbol: long, moneyExponent: Exponent(18), priceExponent: Exponent(18),
                    isNumeraire: false, isStablecoin: false, hasIndex: true)
            ]))
        scales.learn(
            .instrumentListed([
                InstrumentListed(
                    instrument: InstrumentID(.max), symbol: long, kind: .linearPerpetual, optionType: .none,
                    underlying: AssetID(.max), settlementAsset: AssetID(.max), priceExponent: Exponent(18),
                    quantityExponent: Exponent(18), strike: .zero, expiry: .zero)
            ]))
        return JSONMirror(scales: scales)
    }

    private static let long = Symbol(String(repeating: "k", count: 32)) ?? .empty
    private static let label = String(repeating: "x", count: 80)
    private static let time = Timestamp(1_800_000_000_123_456_789)

    private static func set(_ count: Int) -> ParameterState {
        ParameterState(
            streamNo: StreamNumber(.max), epoch: Epoch(.max), record: RecordNumber(.max), committed: false,
            eventTime: time, version: ParameterVersion(.max), base: ParameterVersion(.max),
            previous: ParameterVersion(.max), reason: .unapproved, takesEffect: .zero, page: 0, pageCount: 1,
            values: (0..<count).map { place in
                ParameterValue(
                    key: long, asset: AssetID(.max), index: UInt16(clamping: place), value: Ratio(.min), model: long,
                    table: long, text: long)
            })
    }

    private static func answer(_ set: ParameterState) -> ParametersAnswer {
        ParametersAnswer(
            record: RecordNumber(.max), version: set.version, base: set.base, status: .effective, inForce: false,
            proposer: SourceID(.max), approvalsNeeded: .max, takesEffect: time, page: 0, pageCount: 1,
            approvals: (0..<9).map { ParameterApproval(source: SourceID($0)) }, values: set.values,
            assets: (0..<UInt32(EngineLimits.assetsMax)).map { ParameterAsset(asset: AssetID(.max - $0), symbol: long) }
        )
    }

    private static func explanation(scenarios: Int, inputs: Int, dates: Int) -> Explanation {
        let (asset, instrument) = (AssetID(.max), InstrumentID(.max))
        return Explanation(
            streamNo: StreamNumber(.max), epoch: Epoch(.max), record: RecordNumber(.max), committed: false,
            eventTime: time, pool: PoolID(.max), state: .quarantined, equity: Value(.min), initialMargin: Value(.min),
            maintenanceMargin: Value(.min), releaseMargin: Value(.min), excess: Value(.min), utilisation: Ratio(.min),
            equityChange: Value(.min), initialMarginChange: Value(.min), maintenanceMarginChange: Value(.min),
            cause: .membership, oldestInputAge: Duration64(.min), stale: false,
            parameterVersion: ParameterVersion(.max), poolSignalNo: StreamNumber(.max), reason: .methodBadParameter,
            reasonAsset: asset, reasonInstrument: instrument, reasonExpiry: time,
            methodFault: String(repeating: "x", count: 160), page: 0, pageCount: 1,
            binding: (0..<EngineLimits.underlyingsPerPoolMax).map { _ in
                Binding(underlying: asset, node: Ratio(.min), shape: .downSteep, scenario: .min, loss: Value(.min))
            },
            components: MarginComponent.allCases.map {
                Component(component: $0, initial: Value(.min), maintenance: Value(.min))
            },
            scenarios: (0..<scenarios).map { place in
                ScenarioLoss(
                    underlying: asset, scenario: Int16(clamping: -place), node: Ratio(.min), shape: .downSteep,
                    gain: Value(.min))
            },
            inputs: (0..<inputs).map { _ in
                MarketInput(
                    underlying: asset, expiry: time, price: Price(.min), age: Duration64(.min),
                    status: .untrusted, kind: .volatility, instrument: instrument, mark: Price(.min),
                    settledForward: Price(.min), indexThen: Price(.min), confidence: Ratio(.min), rate: Rate(.min),
                    strike: Price(.min), volatility: Volatility(.min), depth: Value(.min), a: Ratio(.min),
                    b: Ratio(.min), rho: Ratio(.min), m: Ratio(.min), s: Ratio(.min), referenceYears: Ratio(.min),
                    tenorDays: .max, closes: .max)
            },
            members: (0..<(dates > 0 ? 500 : 1)).map { _ in
                MemberShare(
                    account: AccountID(.max), instrument: instrument, standAlone: Value(.min), component: Value(.min),
                    share: Value(.min), maintenanceShare: Value(.min))
            },
            stakes: (0..<(dates > 0 ? EngineLimits.mutualMembersMax : 1)).map { _ in
                MutualStake(
                    account: AccountID(.max), instrument: instrument, memberPool: PoolID(.max),
                    mutualPool: PoolID(.max),
                    equity: Value(.min), pledge: Value(.min), beta: Ratio(.min), credit: Ratio(.min),
                    poolExcess: Value(.min), withdrawable: Value(.min), ringFence: .concentration, leaves: time,
                    own: Value(.min), others: Value(.min), market: Value(.min), parameters: Value(.min))
            },
            settlements: (0..<8).map { _ in
                SettlementAmounts(
                    asset: asset, equity: Money(.min), initialMargin: Money(.min), maintenanceMargin: Money(.min),
                    releaseMargin: Money(.min))
            },
            parts: (0..<50).map { _ in
                MethodPart(name: label, initial: Value(.min), maintenance: Value(.min), adds: false)
            },
            methodScenarios: (0..<dates).map { place in
                MethodScenario(
                    underlying: asset, scenario: Int16(clamping: -place), node: Ratio(.min), label: label,
                    gain: Value(.min), binds: false)
            })
    }
}
