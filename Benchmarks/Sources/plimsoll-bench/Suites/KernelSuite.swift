import MarginModel

/// What one scenario of one option costs, on every variant of the kernels that this processor can run.
///
/// Regressing here means: every cut of an underlying with a long chain is later, in proportion.
struct KernelSuite {
    static let name = "kernel"
    static let meaning = "rows of 294 options: 61 columns and 4 skew rotations each, with value, Φ and Δ; one thread"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        let best = KernelVariant.current
        defer { best.select() }
        var bits: Set<UInt64> = []
        for variant in KernelVariant.available {
            variant.select()
            for days in [90, 20] {
                let (timing, checksum) = try measure(days: days)
                if days == 90 { bits.insert(checksum) }
                try report.add(
                    Measurement(
                        Self.name, "\(variant), \(days) days", timing, "ns/option-scenario",
                        target: variant == best && days == 90 ? .atMost(4) : nil, note: KernelChain.note(days: days)))
            }
        }
        try report.add(
            Measurement(
                Self.name, "different results among the variants, bit by bit", Double(bits.count - 1), "",
                target: .atMost(0)))
        best.select()
        try addPeer(&report)
    }

    private func measure(days: Int) throws -> (timing: Timing, checksum: UInt64) {
        var chain = KernelChain(days: days)
        let timing = try settings.effort.measure(operations: chain.valueCount) { chain.price() }
        return (timing, chain.checksum)
    }

    /// The limit in C: AVX-512, contraction on, 32 scenarios, price alone. Neighbours slow both down alike, so their
    /// ratio, each taken in turn, says more than either.
    private func addPeer(_ report: inout Report) throws {
        let name = "peer, C: bs_bench scenario32_f64, price only, with FMA"
        var figures: [Double] = []
        var ratios: [Double] = []
        for _ in 0..<settings.size(5, smoke: 1) {
            switch try settings.peers.spread(
                of: "ns/opt", on: "scenario32_f64_per_reval", "bs_bench", ["8192"], runs: 1)
            {
            case .success(let figure):
                figures.append(figure.median)
                ratios.append(try measure(days: 90).timing.cpu.median / figure.median)
            case .failure(let missing): return try report.skip(Self.name, name, because: missing.reason)
            }
        }
        try report.add(Measurement(Self.name, name, Spread(figures), "ns/option-scenario"))
        try report.add(Measurement(Self.name, "best variant, 90 days, over the peer", Spread(ratios), "×"))
    }
}
