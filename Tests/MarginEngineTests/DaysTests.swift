import Handover
import MarginDomain
import MarginEngine
import MarginModel
import MarginTestKit
import Testing

/// Ranges that follow the market from day to day: docs/event-rules.md §8. That engine and oracle agree on every record of
/// it is part of `EngineEqualsOracleTests`.
@Suite struct DaysTests {
    /// Thirty-one closes that move by a tenth: the thirtieth return makes a deviation known.
    static func market() throws -> SmallMarket {
        var market = try SmallMarket()
        market.set([
            ("dynamicMultiple", 4), ("dynamicDecay", 0.97), ("dynamicLimit", 3), ("dynamicRise", 0.25),
            ("dynamicFall", 0.05), ("stressedWeight", 0.25),
        ])
        market.deposit(1, 1_000_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        for day in 0..<30 { market.pass(to: day.isMultiple(of: 2) ? 66_000 : 60_000) }
        return market
    }

    @Test func `what the market asks for is announced a day before it takes effect`() throws {
        var market = try Self.market()
        #expect(market.known().filter(\.inForce).map(\.version.rawValue) == [2])
        #expect(market.known().allSatisfy { $0.takesEffect == .zero })
        #expect(market.range == 0.16)

        market.pass(to: 66_000)
        // The thirty-first close was taken with the midnight before.
        let announced = try #require(market.known().first { $0.takesEffect != .zero })
        #expect(announced.version == .ofEngine(1))
        #expect(announced.base == ParameterVersion(2))
        #expect(announced.status == .approved && !announced.inForce)
        #expect(announced.takesEffect.nanoseconds % 86_400_000_000_000 == 0)
        #expect(announced.takesEffect > market.time)
        #expect(announced.takesEffect <= market.time + .seconds(86_400))
        #expect(market.range == 0.16)

        market.pass(to: 60_000)
        #expect(market.known().filter(\.inForce).map(\.version) == [.ofEngine(1), ParameterVersion(2)])
        #expect(market.range == 0.2)
        market.pass(to: 66_000)
        #expect(market.range == 0.25)
    }

    @Test func `the preview and the what-if of an announced set are what it does`() throws {
        var market = try Self.market()
        market.pass(to: 66_000)
        // Rows as of a moment when the slow price has caught up, so that only the parameters differ.
        market.pass(hours: 1)
        market.send(.clock([Clock(time: market.time)]))
        let version = ParameterVersion.ofEngine(1)
        let preview = market.ask(.previewQuery(PreviewQuery(version: version)))
        let whatIf = try market.whatIf([], under: version)
        let present = try market.whatIf([])

        market.send(.clock([Clock(time: market.time)]), after: .seconds(86_400))

        let after = try #require(market.engine.margin(of: SmallMarket.pool)).margin
        #expect(market.engine.parameters.version == version)
        guard case .previewAnswer(let preview)? = preview else {
            return #expect(Bool(false), "\(String(describing: preview))")
        }
        #expect(preview.raised == 2)
        #expect(whatIf.initialBefore == present.initialBefore)
        #expect(whatIf.initialAfter == after.initial)
        #expect(whatIf.maintenanceAfter == after.maintenance)
        #expect(whatIf.initialAfter > whatIf.initialBefore)
        #expect(preview.initialAfter.quanta == market.initialOfAll)
    }

    @Test func `people's sets and the market's ranges combine by the larger of both`() throws {
        var market = try Self.market()
        for day in 0..<4 { market.pass(to: day.isMultiple(of: 2) ? 66_000 : 60_000) }
        #expect(market.range == 0.3125)

        market.set([("range", 0.5)])
        #expect(market.range == 0.5)
        #expect(market.known().filter(\.inForce).map(\.version) == [ParameterVersion(3)])
        // Back to where the market is, at once.
        market.set([("range", 0.16)])
        #expect(market.range == 0.3125)
        #expect(market.engine.parameters.version.isOfEngine)
        market.set([("dynamicMultiple", 0)])
        #expect(market.range == 0.16)
        #expect(market.known().allSatisfy { !$0.version.isOfEngine && $0.takesEffect == .zero })
    }

    @Test func `a step drops no proposal, and going back goes to the base before`() throws {
        var market = try Self.market()
        market.set([("approvals", 1)])
        market.set([("kappa", 0.7)], .proposed, from: 901)
        for day in 0..<3 { market.pass(to: day.isMultiple(of: 2) ? 66_000 : 60_000) }
        #expect(market.range == 0.25)

        market.set([("kappa", 0.7)], .approved, version: 4, from: 902)
        market.set([("kappa", 0.7)], .effective, version: 4, from: 902)
        #expect(market.engine.parameters.scan.kappa == 0.7)
        #expect(market.range == 0.25)
        // An emergency raises the base; what is in force does not fall.
        market.set([("range", 0.2)], .effective, version: 5, from: 901)
        #expect(market.range == 0.25)
        let before = try #require(market.known().first { $0.status == .effective && !$0.inForce })
        #expect(before.version == ParameterVersion(4))
        market.restate(before, from: 901)
        #expect(market.known().filter(\.inForce).last?.version == ParameterVersion(4))
        #expect(market.range == 0.25)
    }

    @Test func `a day without a price, or with one that is not trusted, has no close`() throws {
        var (market, other) = (try Self.market(), try Self.market())
        // A wild price from a source that has a gap.
        market.send(.sourceSilent([SmallMarket.silence(.gap)]))
        market.pass(to: 90_000)
        market.send(.sourceSilent([SmallMarket.silence(.resumed)]))
        other.pass(hours: 24)
        for price in [66_000.0, 60_000, 66_000] {
            market.pass(to: price)
            other.pass(to: price)
        }

        #expect(market.range == other.range)
        #expect(market.range > 0.16)
    }

    @Test func `a price of the new day that comes before midnight is no close of the day that ends`() throws {
        var (market, other) = (try Self.market(), try Self.market())
        market.pass(to: 66_000)
        other.pass(to: 66_000)
        let day: Int64 = 86_400_000_000_000
        let midnight = Timestamp((market.time.nanoseconds / day + 1) * day)
        market.time = midnight + .milliseconds(-500)
        other.time = market.time

        // Sources' clocks may be ahead by up to a second.
        let early = market.send(
            .indexPrice([
                IndexPrice(
                    underlying: SmallMarket.btc, price: Price(9_000_000), confidence: Ratio(Ratio.scale),
                    publishTime: midnight + .milliseconds(100))
            ]))
        for price in [60_000.0, 66_000, 60_000] {
            market.pass(to: price)
            other.pass(to: price)
        }

        #expect(early.refusals.isEmpty)
        #expect(market.range == other.range && market.range > 0.16)
    }

    @Test func `versions of the engine's own are refused from anybody`() throws {
        var market = try Self.market()

        let refusals = market.set([("kappa", 0.7)], .effective, version: (1 << 31) + 1)

        #expect(
            refusals.map(\.description) == [
                "parameters: version 2147483649 is the engine's: people's are below 2147483648"
            ])
        #expect(market.engine.parameters.scan.kappa == 0.8)
    }

    @Test func `any number of shards finds the same signals over weeks`() async throws {
        let records = GeneratedStream(seed: 5, size: .daily).batches.enumerated().map { place, batch in
            EventRecord(number: RecordNumber(UInt64(place + 1)), epoch: Epoch(1), batch: batch)
        }
        func fold(shardCount: Int) async throws -> [Signal] {
            var engine = try ShardedEngine(
                shardCount: shardCount, log: LogID(1), first: try ThreadExecutor(name: "fold")
            ) { EngineState(share: $0, parameters: .bootstrap) }
            return await engine.fold(records)?.signals ?? []
        }

        let whole = try await fold(shardCount: 1)

        #expect(whole.contains { $0.parameterVersion.isOfEngine && $0.cause == .parameters })
        #expect(try await fold(shardCount: 3) == whole)
    }
}

extension SmallMarket {
    /// Of BTC, in force.
    var range: Double { engine.parameters.underlying(Self.btc)?.range ?? 0 }

    var initialOfAll: Int64 { engine.poolStates.reduce(0) { $0 + $1.initialMargin.quanta } }

    /// Lets hours pass; then BTC is published at a price.
    mutating func pass(to dollars: Double, hours: Int32 = 24) {
        pass(hours: hours)
        publish(index: dollars)
    }

    mutating func pass(hours: Int32) { time = time + .seconds(hours * 3600) }

    /// The next version, or another, with these values; `range` is of BTC.
    @discardableResult
    mutating func set(
        _ values: [(String, Double)], _ status: ParameterStatus = .effective, version: UInt32? = nil,
        from source: UInt16 = 7
    ) -> [Refusal] {
        let next = (known().map(\.version).filter { !$0.isOfEngine }.map(\.rawValue).max() ?? 0) + 1
        var entries = values.map { key, value in
            RiskParameters(
                version: ParameterVersion(version ?? next), status: status, key: Symbol(key) ?? .empty,
                asset: key == "range" ? Self.btc : AssetID(0), index: 0, value: Ratio(decimal: value), last: false)
        }
        entries[entries.count - 1].last = true
        return send(.riskParameters(entries), from: SourceID(source)).refusals
    }

    /// Puts a known set in force again.
    mutating func restate(_ set: ParametersAnswer, from source: UInt16) {
        var entries = set.values.map {
            RiskParameters(
                version: set.version, status: .effective, key: $0.key, asset: $0.asset, index: $0.index,
                value: $0.value,
                last: false)
        }
        entries[entries.count - 1].last = true
        send(.riskParameters(entries), from: SourceID(source))
    }

    func known() -> [ParametersAnswer] {
        var engine = engine
        return engine.answer(.parametersQuery(ParametersQuery(version: ParameterVersion(0)))).compactMap {
            if case .parametersAnswer(let answer) = $0 { answer } else { nil }
        }
    }

    /// Of the source that publishes everything.
    static func silence(_ reason: SilenceReason) -> SourceSilent {
        SourceSilent(
            subject: SourceID(7), subjectEpoch: Epoch(1), lastSequence: SequenceNumber(1), reason: reason)
    }
}
