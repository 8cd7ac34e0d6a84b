import Foundation
import MarginDomain
import Testing

@testable import MarginModel

/// Ranges that follow the market: docs/margin-model.md §14.
@Suite struct DynamicRangeTests {
    static let rules: [(String, Double)] = [
        ("dynamicMultiple", 4), ("dynamicDecay", 0.97), ("dynamicLimit", 3), ("dynamicRise", 0.25),
        ("dynamicFall", 0.05), ("stressedWeight", 0.25),
    ]

    /// The model's parameters with these over them; BTC has a range of 16 %.
    static func base(_ values: [(String, Double)] = rules, stressed: Double = 0) throws -> ParameterSet {
        try ModelWorld.parameters().applying(
            values.map { ModelWorld.entry($0.0, $0.1) }
                + [ModelWorld.entry("stressedRange", stressed, asset: ModelWorld.btc.id.rawValue)],
            version: ParameterVersion(2))
    }

    /// The ranges of BTC that follow one another while a day's deviation stays what it is.
    static func ranges(_ deviations: [Double?], _ base: ParameterSet) throws -> [Int64] {
        let own = try #require(base.underlying(ModelWorld.btc.id))
        var range = DynamicRange()
        return deviations.map { deviation in
            range.move(to: range.next(deviation, over: own, base.dynamics))
            return range.billionths
        }
    }

    @Test func `the example of the page`() throws {
        let base = try Self.base()

        #expect(try Self.ranges([0.05], base) == [190_000_000])
        #expect(
            try Self.ranges([0.09, 0.09, 0.09, 0.025, 0.025], base)
                == [200_000_000, 250_000_000, 310_000_000, 294_500_000, 279_775_000])
    }

    @Test func `a range never rises or falls faster than its limits, and stays within what a range may be`() throws {
        let base = try Self.base()
        let deviations = (0..<400).map { day -> Double? in
            let wave = 0.12 * (1 + sin(Double(day) / 15))
            return day.isMultiple(of: 90) ? wave + 0.5 : wave
        }
        let ranges = try Self.ranges(deviations, base).map { max($0, 160_000_000) }

        for (before, after) in zip([160_000_000] + ranges, ranges) {
            #expect(Double(after) <= 1.25 * Double(before))
            #expect(Double(after) >= 0.95 * Double(before) || after == 160_000_000)
            #expect(after <= 600_000_000)
        }
        #expect(ranges.max() == 600_000_000)
        #expect(ranges.min() == 160_000_000)
    }

    @Test func `a stressed range counts where it is larger than the range itself`() throws {
        #expect(try Self.ranges([0.04], Self.base(stressed: 0.1)) == [160_000_000])
        #expect(try Self.ranges([0.04], Self.base(stressed: 0.3)) == [195_000_000])
    }

    @Test func `nothing is known before thirty returns`() throws {
        let rules = try Self.base().dynamics
        var volatility = DailyVolatility()
        for _ in 0..<29 { volatility.add(0.02, rules) }

        #expect(volatility.deviation == nil)
        #expect(try Self.ranges([nil, nil], Self.base()) == [0, 0])
        volatility.add(0.02, rules)
        #expect(abs((volatility.deviation ?? 0) - 0.02) < 1e-16)
    }

    /// `v = 0.97·0.0004 + 0.03·min(r², 9·0.0004)`.
    @Test(arguments: [(return: 0.03, limit: 3.0, counts: 0.0009), (0.5, 3, 0.0036), (-0.5, 3, 0.0036), (0.5, 0, 0.25)])
    func `one day counts with its weight, and no more than the limit`(
        logReturn: Double, limit: Double, counts: Double
    ) throws {
        let rules = try Self.base(Self.rules + [("dynamicLimit", limit)]).dynamics
        var volatility = DailyVolatility()
        for day in 0..<30 { volatility.add(day.isMultiple(of: 2) ? 0.02 : -0.02, rules) }

        volatility.add(logReturn, rules)

        let variance = pow(volatility.deviation ?? 0, 2)
        #expect(abs(variance - (0.97 * 0.0004 + 0.03 * counts)) < 1e-15)
    }

    @Test func `a set in force is the base with the ranges over it, or the base itself`() throws {
        let base = try Self.base()
        var ranges = DynamicRanges()
        for day in 0..<32 { ranges.add(day.isMultiple(of: 2) ? 0.05 : -0.05, of: ModelWorld.btc.id, base.dynamics) }

        #expect(ranges.inForce(over: base, version: .ofEngine(1)) == base)
        let announced = ranges.announced(over: base, version: .ofEngine(1))
        #expect(announced.version == .ofEngine(1))
        #expect(announced.underlying(ModelWorld.btc.id)?.range == 0.19)
        #expect(announced.underlying(ModelWorld.eth.id) == base.underlying(ModelWorld.eth.id))
        ranges.turn(over: base)
        #expect(ranges.inForce(over: base, version: .ofEngine(1)) == announced)
        // People's larger range stays.
        let wide = try base.applying(
            [ModelWorld.entry("range", 0.25, asset: ModelWorld.btc.id.rawValue)], version: ParameterVersion(3))
        #expect(ranges.inForce(over: wide, version: .ofEngine(2)) == wide)
        let off = try base.applying([ModelWorld.entry("dynamicMultiple", 0)], version: ParameterVersion(3))
        #expect(ranges.inForce(over: off, version: .ofEngine(2)) == off)
    }

    @Test func `a set that turns ranges on without saying how is refused by name`() throws {
        for key in ["dynamicDecay", "dynamicRise", "dynamicFall"] {
            #expect(throws: ParameterFault.missing(ParameterKey(rawValue: key) ?? .kappa, AssetID(0))) {
                try Self.base(Self.rules + [(key, 0)])
            }
        }
        let off = ModelWorld.parameters().entries(status: .effective).map { "\($0.key)" }
        #expect(!off.contains { $0.hasPrefix("dynamic") || $0.hasPrefix("stressed") })
        let on = try Self.base(stressed: 0.3)
        #expect(try ParameterSet(version: on.version, entries: on.entries(status: .effective)) == on)
    }
}
