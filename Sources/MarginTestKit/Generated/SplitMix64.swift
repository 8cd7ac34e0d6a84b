/// A small seeded generator (Steele, Lea and Flood 2014), the same on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Equal seeds give equal numbers.
    public init(seed: UInt64) { state = seed }

    /// Sixty-four uniform bits.
    public mutating func next() -> UInt64 {
        // BOUNDS: the generator is defined modulo 2^64.
        state = state &+ 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Uniform between 0 and 1, 1 excluded.
    public mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform between two numbers.
    public mutating func number(_ low: Double, _ high: Double) -> Double { low + (high - low) * fraction() }

    /// Uniform among `0..<count`.
    public mutating func index(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// True in this share of cases.
    public mutating func chance(_ share: Double) -> Bool { fraction() < share }

    /// One of several.
    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[index(elements.count)] }

    /// About normal, with variance 1: twelve uniform numbers, so that no logarithm is needed.
    public mutating func bell() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += fraction() }
        return sum
    }
}
