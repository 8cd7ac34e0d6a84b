import MarginDomain
import Testing

@testable import MarginModel

/// Which way each parameter raises initial margin: docs/margin-model.md §13.
@Suite struct ParameterDirectionTests {
    /// A move of each key in its raising direction.
    static let moves: [(key: ParameterKey, value: Double, asset: UInt32)] = [
        (.initial, 1.2, 0), (.window, 3, 3), (.halfStepDays, 30, 0), (.nakedShort, 0.006, 0),
        (.nakedShortInitialExtra, 0.004, 0), (.minimumDeltaGross, 0.04, 0), (.minimumDeltaNet, 0.04, 0),
        (.stablecoinInitial, 0.08, 0), (.liquidationFee, 0.003, 0), (.basisFloor, 0.02, 2), (.basisPerYear, 0.2, 2),
        (.tierHaircut, 0.7, 0), (.liabilityHaircut, 0.8, 0), (.initialHaircut, 0.2, 0), (.kappa, 0.3, 0),
        (.tierBound, 50_000, 0), (.range, 0.2, 2), (.tailDamping, 0.9, 0), (.volUp, 0.9, 0), (.volDown, 0.4, 0),
        (.skewCap, 0.3, 0), (.longPowerFlat, 0.05, 0), (.longPowerSteep, 0.9, 0), (.skewWidth, 1.5, 0),
        (.skewWidthMin, 0.2, 0), (.confidenceThreshold, 0.8, 0), (.confidenceMargin, 1.5, 0),
        (.slowPriceBand, 0.002, 0), (.fundingCap, 0.02, 0), (.liquiditySlope, 0.04, 0), (.liquidityCap, 0.4, 0),
        (.concentrationFree, 0.02, 0), (.concentrationFloor, 10_000, 0), (.concentrationSlope, 0.5, 0),
        (.concentrationCap, 0.4, 0), (.volatilityAgeMargin, 0.05, 0),
    ]

    /// Two tiers of haircuts, and a skew whose least width binds, so that every move matters to some book.
    static let base = ModelWorld.parameters([
        ModelWorld.entry("tierBound", 100_000), ModelWorld.entry("tierBound", .infinity, index: 1),
        ModelWorld.entry("tierHaircut", 0.3), ModelWorld.entry("tierHaircut", 0.5, index: 1),
        ModelWorld.entry("skewWidthMin", 0.3),
        // Depths and open interest of the size of the books.
        ModelWorld.entry("fundingCap", 0.0075), ModelWorld.entry("liquiditySlope", 0.02),
        ModelWorld.entry("liquidityCap", 0.2), ModelWorld.entry("concentrationFree", 0.1),
        ModelWorld.entry("concentrationFloor", 100_000), ModelWorld.entry("concentrationSlope", 0.25),
        ModelWorld.entry("concentrationCap", 0.2),
        // Volatilities are a second old when it counts.
        ModelWorld.entry("volatilityAge", 0.5), ModelWorld.entry("volatilityAgeMargin", 0.02),
    ])

    /// A move as entries; of a list, its first value moves.
    static func entries(_ key: ParameterKey, _ value: Double, _ asset: UInt32) -> [RiskParameters] {
        var entries = [ModelWorld.entry(key.rawValue, value, asset: asset)]
        if key.isList { entries.append(ModelWorld.entry(key.rawValue, key == .tierBound ? .infinity : 0.7, index: 1)) }
        return entries
    }

    private typealias Jump = (asset: Asset, ticks: Int64, confidence: Double)

    /// Books in a market whose prices are in doubt and have just jumped, so that the charges for both are there to move.
    static func books(seed: UInt64) -> GeneratedBooks {
        var books = GeneratedBooks(seed: seed)
        books.world.book = books.world.book.book(under: ParameterDirectionTests.base)
        for (asset, ticks, confidence) in [(ModelWorld.btc, 6_300_000, 0.5), (ModelWorld.eth, 240_000, 0.7)] as [Jump] {
            books.world.book.apply(
                IndexPrice(
                    underlying: asset.id, price: Price(ticks), confidence: Ratio(Int64(confidence * 1e9)),
                    publishTime: ModelWorld.start))
            books.world.book.apply(
                Depth(
                    underlying: asset.id, bid: Value(40_000_000_000), ask: Value(40_000_000_000),
                    publishTime: ModelWorld.start))
            for (perpetual, rate) in zip(books.perpetuals(of: asset), [15_000_000, -12_000_000] as [Int64]) {
                books.world.book.apply(
                    FundingRate(instrument: perpetual.id, rate: Rate(rate), publishTime: ModelWorld.start))
            }
            books.world.book.refresh(asset.id, at: Timestamp(ModelWorld.start.nanoseconds + 1_000_000_000))
        }
        return books
    }

    @Test func `every key that may move has a move here`() {
        #expect(Set(Self.moves.map(\.key)) == Set(ParameterKey.allCases.filter { $0.raising != .neither }))
    }

    @Test(arguments: moves.filter { $0.key.isProvenToRaise })
    func `a proven move lowers no generated book`(key: ParameterKey, value: Double, asset: UInt32) throws {
        let tally = try Tally(key, value, asset, seed: 40)

        #expect(tally.lowered == 0)
        #expect(tally.raised > 0, "the move must matter to some book")
    }

    /// Wider scenarios are no theorem: a worst loss between two nodes may be passed over. It must stay rare and small.
    @Test(arguments: moves.filter { !$0.key.isProvenToRaise })
    func `a wider scenario raises far more books than it lowers`(
        key: ParameterKey, value: Double, asset: UInt32
    ) throws {
        let tally = try Tally(key, value, asset, seed: 41)

        #expect(tally.raised > 10 * tally.lowered)
        #expect(tally.deepest < 0.05)
    }

    @Test func `a move against its direction, or of what may not move, is refused by name`() throws {
        let set = Self.base
        for (key, value, asset) in Self.moves {
            let moved = try set.applying(Self.entries(key, value, asset), version: ParameterVersion(2))
            try moved.checkRaising(over: set)
            #expect(throws: ParameterFault.notRaised(key, AssetID(asset))) { try set.checkRaising(over: moved) }
        }
        for (key, value) in [
            (ParameterKey.shortPower, 0.4), (.volatilityFloor, 0.8), (.maintenance, 0.85), (.release, 0.95),
            (.stablecoinMaintenance, 0.03), (.slowPricePerSecond, 0.001), (.warningFactor, 1.3),
            (.hysteresis, 0.03), (.callSeconds, 60), (.liquidationPriceBand, 0.01), (.approvals, 3),
            (.dynamicDecay, 0.97), (.dynamicLimit, 3), (.dynamicRise, 0.25), (.dynamicFall, 0.05),
            (.stressedWeight, 0.25), (.volatilityAge, 0.25),
        ] {
            let moved = try set.applying([ModelWorld.entry(key.rawValue, value)], version: ParameterVersion(2))
            #expect(throws: ParameterFault.notRaised(key, AssetID(0))) { try moved.checkRaising(over: set) }
        }
        let stressed = try set.applying(
            [ModelWorld.entry("stressedRange", 0.3, asset: 2)], version: ParameterVersion(2))
        #expect(throws: ParameterFault.notRaised(.stressedRange, AssetID(2))) {
            try stressed.checkRaising(over: set)
        }
        let listed = try set.applying(
            ["range", "window", "basisFloor", "basisPerYear"].map { ModelWorld.entry($0, 0.5, asset: 9) },
            version: ParameterVersion(2))
        #expect(throws: ParameterFault.notRaised(.range, AssetID(9))) { try listed.checkRaising(over: set) }
    }

    @Test func `haircuts of an asset of its own are compared with those that held for it before`() throws {
        let set = ModelWorld.parameters()
        func own(_ haircut: Double) throws -> ParameterSet {
            try set.applying(
                [
                    ModelWorld.entry("tierBound", .infinity, asset: 6),
                    ModelWorld.entry("tierHaircut", haircut, asset: 6),
                    ModelWorld.entry("liabilityHaircut", 0.5, asset: 6),
                    ModelWorld.entry("initialHaircut", 0.1, asset: 6),
                ], version: ParameterVersion(2))
        }

        try own(0.6).checkRaising(over: set)
        #expect(throws: ParameterFault.notRaised(.tierHaircut, AssetID(6))) {
            try own(0.4).checkRaising(over: set)
        }
    }
}

/// How initial margins of generated books moved.
private struct Tally {
    private(set) var raised = 0
    private(set) var lowered = 0
    /// The largest fall, as a share of the margin before.
    private(set) var deepest = 0.0

    init(_ key: ParameterKey, _ value: Double, _ asset: UInt32, seed: UInt64) throws {
        var books = ParameterDirectionTests.books(seed: seed)
        let parameters = try ParameterDirectionTests.base.applying(
            ParameterDirectionTests.entries(key, value, asset), version: ParameterVersion(2))
        let other = books.world.book.book(under: parameters)
        for _ in 0..<400 {
            let held = books.holdings()
            let before = books.world.book.margin(of: held).initial.quanta
            let after = other.margin(of: held).initial.quanta
            if after > before { raised += 1 }
            if after < before {
                lowered += 1
                deepest = max(deepest, Double(before - after) / Double(before))
            }
        }
    }
}
