import MarginDomain
import MarginModel

/// What value and seven sensitivities of an option cost when its underlying ticks, on every variant of the kernels, and
/// how many times that QuantLib's C++ engine takes for a value and four.
///
/// Regressing here means: Greeks of a whole chain are not fresh at every tick.
struct GreeksSuite {
    static let name = "greeks"
    static let meaning =
        "1,000 options, strikes 30–90 thousand, 4–368 days: spot moves, all are revalued; one thread"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        let best = KernelVariant.current
        defer { best.select() }
        var bits: Set<UInt64> = []
        for variant in KernelVariant.available {
            variant.select()
            let (timing, checksum) = try measure()
            bits.insert(checksum)
            try report.add(Measurement(Self.name, "\(variant), value and seven Greeks", timing, "ns/option"))
        }
        try report.add(
            Measurement(
                Self.name, "different results among the variants, bit by bit", Double(bits.count - 1), "",
                target: .atMost(0)))
        best.select()
        try addPeer(&report)
    }

    private func measure() throws -> (timing: Timing, checksum: UInt64) {
        var chain = GreeksChain()
        let timing = try settings.effort.measure(operations: chain.operationCount) { chain.tick() }
        return (timing, chain.checksum)
    }

    /// The same options in QuantLib: `AnalyticEuropeanEngine`, a quote ticks, value, delta, gamma, vega and theta are asked
    /// for. Neighbours slow both down alike, so each ratio is taken of two runs in turn.
    private func addPeer(_ report: inout Report) throws {
        let name = "peer, C++: QuantLib's engine, value and four Greeks"
        var figures: [Double] = []
        var ratios: [Double] = []
        for _ in 0..<settings.size(5, smoke: 1) {
            switch try settings.peers.spread(
                of: "ns/opt", on: "quantlib_cpp_quote_tick_greeks", "ql_bench", [], runs: 1)
            {
            case .success(let figure):
                figures.append(figure.median)
                ratios.append(figure.median / (try measure().timing.cpu.median))
            case .failure(let missing):
                return try report.skip(
                    Self.name, name, because: "\(missing.reason); it needs QuantLib (apt-get install libquantlib0-dev)")
            }
        }
        try report.add(Measurement(Self.name, name, Spread(figures), "ns/option"))
        try report.add(
            Measurement(Self.name, "the peer over the best variant", Spread(ratios), "×", target: .atLeast(100)))
    }
}

/// The options that QuantLib's benchmark has too, but for the draws of its generator.
private struct GreeksChain {
    private static let count = 1_000
    private var strip = OptionStrip(settlement: .linear, capacity: Self.count)

    /// Options revalued by one call of ``tick()``.
    var operationCount: Int { 2 * Self.count }

    init() {
        for place in 0..<Self.count {
            // Strikes and terms in no order, like a chain of several expiries.
            let strike = 30_000 + 60 * Double(place * 617 % Self.count)
            let days = 4 + Double(place * 211 % 365)
            strip.append(
                OptionStrip.Option(
                    type: .call, strike: strike, volatility: 0.6, spot: 60_000, forward: 60_000, years: days / 365))
        }
    }

    /// Up a dollar and down again.
    mutating func tick() -> UInt64 {
        for spot in [60_001.0, 60_000] {
            for place in 0..<Self.count { strip.move(place, spot: spot, forward: spot) }
            strip.revalue()
        }
        return strip[Self.count - 1].value.bitPattern
    }

    /// Depends on every bit of every result.
    var checksum: UInt64 {
        var sum: UInt64 = 0
        for place in 0..<Self.count {
            let greeks = strip[place]
            for number in [
                greeks.value, greeks.delta, greeks.gamma, greeks.vega, greeks.theta, greeks.rho, greeks.vanna,
                greeks.volga,
            ] {
                // BOUNDS: a checksum may wrap.
                sum = sum &* 31 &+ number.bitPattern
            }
        }
        return sum
    }
}
