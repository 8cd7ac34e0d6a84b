import MarginConsole
import MarginDomain
import Testing

@Suite struct ExplanationTextTests {
    private func explanation() -> Explanation {
        let bitcoin = AssetID(3)
        return Explanation(
            streamNo: .start, epoch: Epoch(1), record: RecordNumber(42), committed: true,
            eventTime: Timestamp(1_772_442_021_400_000_000), pool: PoolID(9), state: .restricted,
            equity: dollars(1_300),
            initialMargin: dollars(1_400), maintenanceMargin: dollars(1_100), releaseMargin: dollars(1_250),
            excess: dollars(200), utilisation: Ratio(846_153_847), equityChange: dollars(-80),
            initialMarginChange: .zero, maintenanceMarginChange: .zero, cause: .price, oldestInputAge: .zero,
            stale: false, parameterVersion: ParameterVersion(1), poolSignalNo: .start,
            reason: .none, reasonAsset: AssetID(0), reasonInstrument: .none, reasonExpiry: .zero, methodFault: "",
            page: 0, pageCount: 1,
            binding: [
                Binding(
                    underlying: bitcoin, node: Ratio(-160_000_000), shape: .same, scenario: 0, loss: dollars(1_300))
            ],
            components: [
                Component(component: .scan, initial: dollars(1_300), maintenance: dollars(1_040)),
                Component(component: .basis, initial: dollars(100), maintenance: dollars(60)),
                Component(component: .skew, initial: .zero, maintenance: .zero),
            ],
            scenarios: (0..<8).map {
                ScenarioLoss(
                    underlying: bitcoin, scenario: Int16($0), node: Ratio(Int64($0 - 4) * 40_000_000), shape: .same,
                    gain: dollars(Int64($0 - 4) * 300))
            },
            inputs: [input(.index) { $0.price = Price(5_999_950) }],
            members: [], stakes: [],
            settlements: [
                SettlementAmounts(
                    asset: bitcoin, equity: Money(2_166_684), initialMargin: Money(2_333_353),
                    maintenanceMargin: Money(1_833_349), releaseMargin: Money(2_083_351))
            ], parts: [], methodScenarios: [])
    }

    @Test func `an explanation reads from the state down to the inputs`() throws {
        let text = ExplanationText(try exampleNames(), scenarioCountMax: 2).text(explanation())

        #expect(
            text == """
                Pool 9 is restricted at 09:00:21.400
                record 42, committed; last moved by a price; parameters version 1

                                              USD  change
                equity                   1,300.00  -80.00
                initial margin           1,400.00    0.00
                release level            1,250.00
                maintenance margin       1,100.00    0.00
                excess over maintenance    200.00
                utilisation 84.6 %

                settled in          equity  initial margin   release level  maintenance margin
                BTC         0.02166684 BTC  0.02333353 BTC  0.02083351 BTC      0.01833349 BTC

                component   initial  maintenance
                scan       1,300.00     1,040.00
                basis        100.00        60.00

                BTC: worst at spot -16.0 %, volatility same, a loss of 1,300.00

                worst moves of     spot  volatility        gain USD
                BTC             -16.0 %  volatility same  -1,200.00
                BTC             -12.0 %  volatility same    -900.00

                input            published        age
                BTC index price    59999.5  120.00 ms  trusted
                """)
    }

    @Test func `a pool without margin says what is missing where, and what its method says`() throws {
        var explanation = explanation()
        (explanation.state, explanation.reason, explanation.reasonAsset) = (.quarantined, .methodLacksInput, AssetID(3))
        explanation.methodFault = "a commodity of span for BTC is missing"

        let lines = ExplanationText(try exampleNames()).text(explanation).split(separator: "\n").prefix(4)

        #expect(
            lines.dropFirst(2) == [
                "no margin: its method is not told something it needs (BTC); "
                    + "add it to the method's parameters, or publish it",
                "its method says: a commodity of span for BTC is missing",
            ])
    }

    @Test func `a method's requirement shows its parts, what they were chosen from, and the worst of its scenarios`()
        throws
    {
        var explanation = explanation()
        (explanation.binding, explanation.scenarios, explanation.inputs, explanation.settlements) = ([], [], [], [])
        explanation.components = [Component(component: .method, initial: dollars(1_400), maintenance: dollars(1_100))]
        explanation.parts = [
            MethodPart(name: "scan BTC", initial: dollars(1_500), maintenance: dollars(1_150), adds: true),
            MethodPart(name: "spread credit BTC", initial: dollars(-100), maintenance: dollars(-50), adds: true),
            MethodPart(name: "price risk BTC", initial: dollars(900), maintenance: dollars(900), adds: false),
        ]
        explanation.methodScenarios = (1...3).map {
            MethodScenario(
                underlying: AssetID(3), scenario: Int16($0), node: Ratio(Int64($0 - 2) * 40_000_000),
                label: "volatility up", gain: dollars(Int64($0) * 500 - 2_000), binds: $0 == 1)
        }

        let text = ExplanationText(try exampleNames(), scenarioCountMax: 2).text(explanation)

        #expect(
            text.hasSuffix(
                """
                component   initial  maintenance
                method     1,400.00     1,100.00

                made of             initial  maintenance
                scan BTC           1,500.00     1,150.00
                spread credit BTC   -100.00       -50.00

                chosen from     initial  maintenance
                price risk BTC   900.00       900.00

                worst scenarios of    spot                  gain USD
                BTC                 -4.0 %  volatility up  -1,500.00  binds
                BTC                  0.0 %  volatility up  -1,000.00
                """), "\(text)")
    }

    @Test func `every kind of input shows its value exactly, and what is odd about it`() throws {
        var explanation = explanation()
        let expiry = Timestamp(1_800_000_000_000_000_000)
        explanation.inputs = [
            input(.index) { ($0.price, $0.confidence) = (Price(5_999_950), Ratio(400_000_000)) },
            input(.forward, expiry) { ($0.price, $0.settledForward) = (Price(6_000_001), Price(150)) },
            input(.rate, expiry) { $0.rate = Rate(41_234_567) },
            input(.volatility, expiry) { ($0.strike, $0.volatility) = (Price(6_000_000), Volatility(551_000_000)) },
            input(.slice, expiry) { slice in
                (slice.a, slice.b, slice.rho) = (Ratio(10_000_000), Ratio(40_000_000), Ratio(-300_000_000))
                (slice.m, slice.s, slice.referenceYears) = (.zero, Ratio(200_000_000), Ratio(82_191_780))
            },
            input(.mark) { ($0.instrument, $0.mark) = (InstrumentID(7), Price(599_995)) },
            input(.funding) { ($0.instrument, $0.rate) = (InstrumentID(7), Rate(-100_000)) },
            input(.depth) { $0.depth = dollars(8_000_000) },
            input(.collateral) { $0.status = .missing },
            input(.volatilityIndex) { ($0.volatility, $0.tenorDays, $0.closes) = (Volatility(551_000_000), 30, 99) },
        ]

        let text = ExplanationText(try exampleNames(), scenarioCountMax: 0).text(explanation)

        let columns = text.split(separator: "\n\n").last?.split(separator: "\n").dropFirst().map { line in
            line.split(separator: "  ").map { part in part.drop { $0 == " " } }
        }
        let years = "a 0.01, b 0.04, rho -0.3, m 0, s 0.2, years 0.08219178"
        #expect(
            columns == [
                ["BTC index price", "59999.5", "120.00 ms", "trusted; confidence 0.4"],
                ["BTC forward 1800000000", "60000.01", "120.00 ms", "trusted; 1.5 of it settled"],
                ["BTC discount rate 1800000000", "0.041234567", "120.00 ms", "trusted"],
                ["BTC volatility 1800000000 at 60000", "0.551", "120.00 ms", "trusted"],
                ["BTC SVI slice 1800000000", Substring(years), "120.00 ms", "trusted"],
                ["BTC-PERP mark", "59999.5", "120.00 ms", "trusted"],
                ["BTC-PERP funding rate", "-0.0001", "120.00 ms", "trusted"],
                ["BTC depth", "8,000,000.00", "120.00 ms", "trusted"], ["BTC price", "missing"],
                ["BTC volatility index of 30 days", "0.551", "120.00 ms", "trusted; 99 closes"],
            ], "\(text)")
    }

    private func input(
        _ kind: InputKind, _ expiry: Timestamp = .zero, _ change: (inout MarketInput) -> Void
    ) -> MarketInput {
        var input = MarketInput(
            underlying: AssetID(3), expiry: expiry, price: .zero, age: .milliseconds(120), status: .trusted, kind: kind,
            instrument: .none, mark: .zero, settledForward: .zero, indexThen: .zero, confidence: Ratio(Ratio.scale),
            rate: .zero, strike: .zero, volatility: .zero, depth: .zero, a: .zero, b: .zero, rho: .zero, m: .zero,
            s: .zero, referenceYears: .zero, tenorDays: 0, closes: 0)
        change(&input)
        return input
    }

    @Test func `shares appear where there are several members`() throws {
        var explanation = explanation()
        explanation.members = [1, 2].map {
            MemberShare(
                account: AccountID($0), instrument: .none, standAlone: dollars(900), component: dollars(700),
                share: dollars(700), maintenanceShare: dollars(550))
        }

        let text = ExplanationText(try exampleNames()).text(explanation)

        #expect(text.hasSuffix("account 2  900.00  700.00             550.00"))
    }

    @Test func `a member of a mutual pool reads what it is given, what it stands for, and why its share moved`() throws
    {
        var explanation = explanation()
        explanation.stakes = [
            stake(1, pledge: 6_000, credit: 0, withdrawable: 2_040, market: 300),
            stake(3, pledge: 4_000, credit: 500_000_000, withdrawable: 0, fence: .concentration, parameters: -2_988),
        ]
        explanation.stakes[1].leaves = Timestamp(1_772_442_021_000_000_000)

        let text = ExplanationText(try exampleNames()).text(explanation)

        #expect(
            text.hasSuffix(
                """
                Mutual pool 500: credit of at most 50.0 %; 6,040.00 left together in the worst case
                member                equity   pledged  credit  may withdraw
                account 1, pool 11  9,000.00  6,000.00   0.0 %      2,040.00
                account 3, pool 13  9,000.00  4,000.00  50.0 %          0.00  ring-fenced: too much of the pool's loss; leaves from 09:00:21.000

                share moved by       own  others  market  parameters
                account 1, pool 11  1.00    2.00  300.00        0.00
                account 3, pool 13  1.00    2.00    0.00   -2,988.00
                """), "\(text)")
    }

    private func stake(
        _ account: UInt64, pledge: Int64, credit: Int64, withdrawable: Int64, fence: RingFenceReason = .none,
        market: Int64 = 0, parameters: Int64 = 0
    ) -> MutualStake {
        MutualStake(
            account: AccountID(account), instrument: .none, memberPool: PoolID(10 + account), mutualPool: PoolID(500),
            equity: dollars(9_000), pledge: dollars(pledge), beta: Ratio(500_000_000), credit: Ratio(credit),
            poolExcess: dollars(6_040), withdrawable: dollars(withdrawable), ringFence: fence, leaves: .zero,
            own: dollars(1), others: dollars(2), market: dollars(market), parameters: dollars(parameters))
    }

    @Test func `a pool without a requirement says so`() throws {
        var explanation = explanation()
        explanation.components = []

        #expect(
            ExplanationText(Nomenclature()).text(explanation).contains("No component of the requirement is above zero.")
        )
    }
}
