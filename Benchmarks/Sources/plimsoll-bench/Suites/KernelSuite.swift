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
            for chain in [KernelChain(days: 90), KernelChain(days: 20)] {
                var chain = chain
                let timing = try settings.effort.measure(operations: chain.valueCount) { chain.price() }
                if chain.days == 90 { bits.insert(chain.checksum) }
                let isBest = variant == best && chain.days == 90
                try report.add(
                    Measurement(
                        Self.name, "\(variant), \(chain.days) days", timing, "ns/option-scenario",
                        target: isBest ? .atMost(4) : nil, note: chain.note))
            }
        }
        try report.add(
            Measurement(
                Self.name, "different results among the variants, bit by bit", Double(bits.count - 1), "",
                target: .atMost(0)))
        try addPeer(&report)
    }

    /// The limit in C: AVX-512, contraction on, 32 scenarios, price alone.
    private func addPeer(_ report: inout Report) throws {
        let name = "peer, C: bs_bench scenario32_f64, price only, with FMA"
        switch try settings.peers.spread(
            of: "ns/opt", on: "scenario32_f64_per_reval", "bs_bench", ["8192"], runs: settings.size(5, smoke: 1))
        {
        case .success(let spread): try report.add(Measurement(Self.name, name, spread, "ns/option-scenario"))
        case .failure(let missing): try report.skip(Self.name, name, because: missing.reason)
        }
    }
}
