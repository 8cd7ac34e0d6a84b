public import MarginDomain

/// A market of several underlyings that move together, with forwards, volatilities and marks of everything listed.
///
/// Pure: the same scenario and seed give the same prices, step by step. All prices belong to ``now``.
public struct SyntheticMarket: Sendable {
    /// What it was made from.
    public let scenario: MarketScenario
    /// The moment that all prices belong to.
    public private(set) var now: Timestamp
    private var paths: [UnderlyingPath]
    private var random: SplitMix64
    private let crash: CrashPath?

    /// At the scenario's start.
    public init(_ scenario: MarketScenario, seed: UInt64) {
        self.scenario = scenario
        now = scenario.start
        paths = scenario.underlyings.map { UnderlyingPath($0) }
        random = SplitMix64(seed: seed, concept: 1)
        crash = scenario.crash.map { CrashPath($0) }
    }

    /// Whether the scenario's duration has passed.
    public var isOver: Bool { passedShare >= 1 }

    /// Moves everything on by one step.
    public mutating func advance() {
        now = now + scenario.stepInterval
        let stepShare = scenario.stepInterval.inSeconds / scenario.duration.inSeconds
        let years = scenario.marketTime.inSeconds * stepShare / (365 * 86_400)
        let move = crash?.logMove(at: passedShare) ?? 0
        let stress = crash?.stress(at: passedShare) ?? 0
        let common = random.normal()
        for place in paths.indices {
            paths[place].move(
                years: years, common: common, own: random.normal(), levelShock: random.normal(),
                premiumShock: random.normal(), crash: move, stress: stress)
        }
    }

    private var passedShare: Double { (now - scenario.start).inSeconds / scenario.duration.inSeconds }

    /// Years of 365 days until then; 0 if it has passed.
    func years(until expiry: Timestamp) -> Double { max(0, (expiry - now).inSeconds) / (365 * 86_400) }

    /// - Precondition: the asset is an underlying of the scenario.
    func path(of underlying: AssetID) -> UnderlyingPath {
        guard let path = paths.first(where: { $0.terms.asset == underlying }) else {
            preconditionFailure("asset \(underlying) is not an underlying of this market")
        }
        return path
    }
}

extension SyntheticMarket {
    /// Index price in dollars.
    public func spot(of underlying: AssetID) -> Double { path(of: underlying).spot }

    /// Forward of an expiry in dollars.
    public func forward(of underlying: AssetID, expiry: Timestamp) -> Double {
        path(of: underlying).forward(years: years(until: expiry))
    }

    /// Annualised implied volatility at a strike in dollars.
    public func volatility(of underlying: AssetID, expiry: Timestamp, strike: Double) -> Double {
        let years = years(until: expiry)
        let path = path(of: underlying)
        return path.smile.volatility(strike: strike, forward: path.forward(years: years), years: years)
    }

    /// Mark of a listed instrument in its quote: dollars, or coins for inverse options.
    public func mark(of listed: ListedInstrument) -> Double {
        let underlying = listed.instrument.underlying
        switch listed.instrument.contract {
        case .perpetual: return path(of: underlying).perpetualMark
        case .future(_, let expiry): return forward(of: underlying, expiry: expiry)
        case .option(let settlement, let type, _, let expiry):
            let forward = forward(of: underlying, expiry: expiry)
            let volatility = volatility(of: underlying, expiry: expiry, strike: listed.strike)
            let value = BlackFormula.value(
                type, forward: forward, strike: listed.strike, volatility: volatility, years: years(until: expiry))
            return settlement == .inverse ? value / forward : value
        }
    }

    /// Mark of a listed instrument to the nearest tick, at least one.
    public func markPrice(of listed: ListedInstrument) -> Price { listed.price(mark(of: listed)) }
}
