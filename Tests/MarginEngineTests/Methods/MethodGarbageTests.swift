import MarginDomain
import MarginMethods
import MarginModel
import MarginTestKit
import Testing

@testable import MarginEngine

/// Whatever comes over the bus, nothing traps, and a pool has either a finite margin or a named reason why not.
@Suite struct MethodGarbageTests {
    private static let texts = [
        "nan", "inf", "-inf", "-1", "0", "1e308", "-1e308", "1e-320", "9223372036854775807", "true", "false", "[]",
        "{}", "", "BTC", "shortfall", "0x10", "1.2.3", "--1", "e", ".", "half", "2", "0.5", "3",
    ]

    /// Every path of every method's defaults, as its parameter tests name them, and some that lead nowhere.
    private static let paths: [String: [String]] = [
        "deribit-portfolio": [
            "mode", "bucketsPerSide", "extendedMoves[0]", "extendedMoves", "maintenanceFactor", "openOrderShare",
            "assets.BTC.priceRange", "assets.BTC.volatilityRangeUp", "assets.ETH.extendedDampener", "haircuts.USDC",
            "assets.X.pnlOffset", "assets", "stated.BTC.spot",
        ],
        "derive-portfolio": [
            "scenarios[0].spotFactor", "scenarios", "volatilityUp", "skewWidthLevel", "initialFactor",
            "maintenanceFactor", "longDiscount", "basisUp", "pegThreshold", "perpetualCharge",
        ],
        "derive-standard": ["initialMax", "initialMin", "unpairedInitial", "perpetualInitial", "coinFactor"],
        "dydx-perpetual": [
            "tiers.largeCap.initialMarginPpm", "tiers.largeCap.openInterestUpperCap", "markets.BTC.tier",
            "markets.BTC.atomicResolution",
        ],
        "expected-shortfall": [
            "confidence.initial", "confidence.maintenance", "statistic", "tail", "holdingDays", "lookBackDays",
            "scenariosMin", "filter.decay", "filter.seedDays", "filter.longRunDays", "stress.days", "stress.from",
            "stress.to", "rule", "gridShare", "charges.haircut", "history", "volatility.shortPower",
        ],
        "okx-range": [
            "classes.major.range", "classes.major.minimumCharge[0][0]", "classes.new.range", "underlyings.BTC",
            "volatilityDays[0]", "volatilityPoints[0]", "extremeShare", "futureCost", "initialFactor",
            "collateral.USDC[0][0]",
        ],
        "span": [
            "extremeMultiple", "lookAheadDays", "deltaWeights[0]", "initialRatio", "commodities.BTC.priceScanRange",
            "commodities.BTC.unit", "commodities.BTC.timeSpreads[0].charge", "commoditySpreads[0].ratio",
        ],
        "abacus": ["beads"],
    ]
    private static let strange = ["", ".", "a.", "[0]", "a[", "a[]", "a[99999]", "a[0]b", "a b", "rule.rule"]

    /// A few entries of one set, as a source that knows nothing might send them.
    private static func set(_ random: inout SplitMix64, _ method: String) -> [RiskParameters] {
        let name = random.chance(0.9) ? method : random.pick(paths.keys.sorted())
        return (0...(random.chance(0.7) ? 0 : random.index(3))).map { _ in
            let path = random.chance(0.9) ? random.pick(paths[name] ?? strange) : random.pick(strange)
            var value = MethodStream.value(name, path, random.pick(texts))
            if random.chance(0.02) { value.asset = AssetID(10) }
            if random.chance(0.02) { value.value = Ratio(.min) }
            return value.entry(ParameterVersion(1), .effective)
        }
    }

    @Test(arguments: MethodRegistry.names)
    func `generated garbage is refused by name or leaves every pool with a margin or a reason`(method: String) throws {
        var random = SplitMix64(seed: 1965)
        var engine = EngineState(parameters: .bootstrap)
        var number: UInt64 = 0
        var (refused, taken, evaluated, quarantined) = (0, 0, 0, 0)
        func fold(_ header: BatchHeader, _ events: EventGroup) -> RecordEffects {
            number += 1
            let batch = EventBatch(header: header, events: events)
            return engine.apply(EventRecord(number: RecordNumber(number), epoch: Epoch(1), batch: batch))
        }
        for batch in MethodStream.batches(seed: 47, method: method, historyDays: 105) {
            _ = fold(batch.header, batch.events)
            guard number > 105 else { continue }
            for _ in 0..<2 {
                var entries = Self.set(&random, method)
                entries[entries.count - 1].last = true
                var header = batch.header
                header.source = .engine
                let refusals = fold(header, .riskParameters(entries)).refusals
                if refusals.isEmpty { taken += 1 } else { refused += 1 }
                for refusal in refusals { #expect(Self.names(refusal, entries), "\(refusal): \(entries)") }
            }
            for pool in engine.evaluatedPools where engine.methodName(of: pool) == method {
                guard let live = engine.margin(of: pool)?.margin else { continue }
                evaluated += 1
                #expect(live.initial >= live.maintenance && live.maintenance >= .zero)
                #expect(live.release >= live.maintenance && live.release <= live.initial)
                if live.status != .margined { #expect(live.initial == .zero && live.release == .zero) }
                // A pool under a method is quarantined for what the method says, and for nothing else.
                if case .quarantined(.methodRefused) = live.status, let question = engine.question(about: pool),
                    let model = try engine.methods[#require(Symbol(method))]
                {
                    #expect(throws: MethodFault.self) { try model.answer(question) }
                    quarantined += 1
                }
            }
        }
        #expect(
            refused > 100 && taken > 10 && evaluated > 100, "\(refused) \(taken) \(evaluated) \(quarantined)")
    }

    /// Whether a refusal says which of the entries was wrong: by its method, its key, or a part of its path.
    private static func names(_ refusal: Refusal, _ entries: [RiskParameters]) -> Bool {
        guard case .parameters(let explanation) = refusal else { return false }
        return entries.contains { entry in
            let words = "\(entry.model) \(entry.table) \(entry.key)".split { " .[]".contains($0) }
            return words.contains { explanation.contains($0) }
        }
    }

    @Test func `no question that a method answers has an answer that is not finite`() throws {
        let numbers = [0, -0.0, 1, -1, 1e-300, 1e300, -1e300, .infinity, -.infinity, .nan, 60_000, 1e15, 0.5]
        var random = SplitMix64(seed: 7)
        var (answers, refusals, lacking) = (0, 0, 0)
        for _ in 0..<3000 {
            let (question, isUsual) = Self.question(&random, numbers)
            for type in MethodRegistry.methods {
                let method = try type.init(.empty)
                do throws(MethodFault) {
                    let answer = try method.answer(question)
                    let all = [answer.equity, answer.initialMargin, answer.maintenanceMargin, answer.markToMarket]
                    let isFinite = all.allSatisfy { $0.isFinite }
                    #expect(isFinite, "\(type.name): \(question)")
                    answers += 1
                } catch {
                    refusals += 1
                    switch error {
                    case .unknownParameter, .badParameter:
                        Issue.record("\(type.name) finds fault with its own defaults: \(error)")
                    // Only a number that is none, or an absurd one, may be blamed on numbers.
                    case .badNumber, .overflow: #expect(!isUsual, "\(type.name): \(error) \(question)")
                    case .unsupported, .missing, .shortHistory: lacking += isUsual ? 1 : 0
                    }
                }
            }
        }
        #expect(lacking > 0)
        #expect(answers > 100 && refusals > 1000, "\(answers) \(refusals)")
    }

    /// A question, and whether all its numbers are usual ones.
    private static func question(_ random: inout SplitMix64, _ numbers: [Double]) -> (MarginCase, isUsual: Bool) {
        var isUsual = true
        func number(_ usual: Double) -> Double {
            if random.chance(0.92) { return usual }
            isUsual = false
            return random.pick(numbers)
        }
        let seconds = 30.0 * 86_400
        var market = MarginCase.Underlying(symbol: "BTC", spot: number(60_000), perpetual: number(60_010))
        market.expiries = [
            MarginCase.Expiry(secondsToExpiry: number(seconds), forward: number(60_100), rate: number(0))
        ]
        var member = MarginCase.Member(id: "1")
        member.cash = number(10_000)
        if random.chance(0.5) {
            member.collateral = [MarginCase.Collateral(asset: "USDC", amount: number(5), price: number(1))]
        }
        if random.chance(0.7) {
            member.marked = [
                MarginCase.Marked(
                    underlying: random.chance(0.9) ? "BTC" : "NONE", isInverse: random.chance(0.3), size: number(1),
                    entryPrice: number(59_000))
            ]
        }
        if random.chance(0.5) {
            member.options = [
                MarginCase.Option(
                    underlying: "BTC", isInverse: random.chance(0.3), isCall: random.chance(0.5),
                    secondsToExpiry: number(seconds), strike: number(60_000), impliedVolatility: number(0.6),
                    size: number(-1))
            ]
        }
        return (MarginCase(name: "garbage", underlyings: [market], members: [member]), isUsual)
    }
}
