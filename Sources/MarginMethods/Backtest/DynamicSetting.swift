internal import MarginDomain
internal import MarginModel

/// One way of letting ranges follow the market.
public struct DynamicSetting: Equatable, Sendable {
    public let name: String
    /// Of the shares that the base ranges are of the file's.
    public var rangeShare = 1.0
    /// The others are those of the sketch.
    public var multiple = 4.0
    public var limit = 3.0
    public var stressedWeight = 0.25
    public var rise = 0.25
    public var fall = 0.05

    init(_ name: String) { self.name = name }

    /// What is tried beside the design's sketch, each changing one thing of it, and narrower ranges beneath.
    public static let all: [DynamicSetting] = {
        func setting(_ name: String, _ change: (inout DynamicSetting) -> Void) -> DynamicSetting {
            var setting = DynamicSetting(name)
            change(&setting)
            return setting
        }
        return [
            setting("static ranges") { $0.multiple = 0 },
            setting("4 σ, limit 3, ¼ stressed") { _ in },
            setting("3 σ") { $0.multiple = 3 },
            setting("5 σ") { $0.multiple = 5 },
            setting("no limit") { $0.limit = 0 },
            setting("nothing stressed") { $0.stressedWeight = 0 },
            setting("half stressed") { $0.stressedWeight = 0.5 },
            setting("rise of 100 % a day") { $0.rise = 1 },
            setting("fall of 100 % a day") { $0.fall = 1 },
            setting("static ranges of 0.67") { ($0.multiple, $0.rangeShare) = (0, 0.67) },
            setting("4 σ over ranges of 0.67") { $0.rangeShare = 0.67 },
            setting("3 σ over ranges of 0.67") { ($0.multiple, $0.rangeShare) = (3, 0.67) },
            setting("3 σ over ranges of 0.6") { ($0.multiple, $0.rangeShare) = (3, 0.6) },
            setting("3 σ, half stressed, over ranges of 0.6") {
                ($0.multiple, $0.stressedWeight, $0.rangeShare) = (3, 0.5, 0.6)
            },
        ]
    }()

    /// The default model with it: the file's ranges are what is stressed.
    ///
    /// - Throws: what the model refuses of it.
    public func grid(_ grid: DefaultGrid) throws(MethodFault) -> DefaultGrid {
        var entries = [
            ("dynamicMultiple", multiple), ("dynamicDecay", 0.97), ("dynamicLimit", limit), ("dynamicRise", rise),
            ("dynamicFall", fall), ("stressedWeight", stressedWeight),
        ].map { Self.entry($0.0, $0.1, AssetID(0)) }
        for own in grid.parameters.underlyings {
            entries.append(Self.entry("range", rangeShare * own.range, own.asset))
            entries.append(Self.entry("stressedRange", own.range, own.asset))
        }
        do {
            let set = try grid.parameters.applying(entries, version: grid.parameters.version)
            return DefaultGrid(set, symbols: grid.symbols)
        } catch { throw .unsupported("dynamic ranges: \(error)") }
    }

    private static func entry(_ key: String, _ value: Double, _ asset: AssetID) -> RiskParameters {
        RiskParameters(
            version: ParameterVersion(0), status: .effective, key: Symbol(key) ?? .empty, asset: asset, index: 0,
            value: Ratio(Int64((value * 1e9).rounded())), last: false)
    }
}

/// A setting's cost and coverage, as it is and at equal coverage.
public struct DynamicPoint: Equatable, Sendable {
    public let setting: DynamicSetting
    public let before: CoverageSummary
    public let after: CoverageSummary
    /// Set on the days before the split.
    public let multiplier: Double
    public let equalBefore: CoverageSummary
    public let equalAfter: CoverageSummary

    /// - Parameter split: days of the backtest before which the multiplier is set.
    public init(
        _ setting: DynamicSetting, _ backtest: Backtest, _ grid: DefaultGrid, losses: [[Double]], split: Int
    ) throws(MethodFault) {
        let paths = try backtest.paths(.dynamicModel(try setting.grid(grid)), losses: losses)
        let early = paths.map { $0.slice(0..<split) }
        let late = paths.map { $0.slice(split..<$0.margins.count) }
        self.setting = setting
        before = CoverageSummary(early)
        after = CoverageSummary(late)
        let multiplier = EqualCoverage().multiplier(early)
        self.multiplier = multiplier
        equalBefore = CoverageSummary(early.map { $0.scaled(by: multiplier) })
        equalAfter = CoverageSummary(late.map { $0.scaled(by: multiplier) })
    }
}
