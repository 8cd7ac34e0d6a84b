private import Glibc

/// A small generator of random numbers that gives the same numbers everywhere (Steele, Lea and Flood 2014).
///
/// Everything that this exchange draws comes from one of these, each concept from its own, so that a change in one
/// does not shift what the others draw.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream that the seed stands for.
    public init(seed: UInt64) { state = seed }

    /// The stream of one concept under a seed.
    public init(seed: UInt64, concept: UInt64) { state = Self.scramble(seed ^ Self.scramble(concept)) }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        // BOUNDS: the generator is defined modulo 2^64.
        state = state &+ 0x9e37_79b9_7f4a_7c15
        return Self.scramble(state)
    }

    /// Spreads the bits of a number over all 64; equal numbers give equal results.
    public static func scramble(_ value: UInt64) -> UInt64 {
        var bits = value
        // BOUNDS: the mixing is defined modulo 2^64.
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}

extension SplitMix64 {
    /// At least 0 and below 1, on a grid of 2⁻⁵³.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// Evenly between two numbers.
    mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    /// Mean 0, deviation 1 (Box and Muller).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * Double.pi * unit())
    }

    /// Exponential with mean 1.
    mutating func exponential() -> Double { -log(1 - unit()) }

    /// At least 1 with a power tail: `P(X > x) = x^(−exponent)`.
    mutating func pareto(_ exponent: Double) -> Double { exp(exponential() / exponent) }

    /// True with the given probability.
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// An element; the slight unevenness of the remainder does not matter here.
    ///
    /// - Precondition: there is one.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "nothing to pick from")
        return elements[Int(next() % UInt64(elements.count))]
    }

    /// An element, each with a probability in proportion to its weight.
    ///
    /// - Precondition: there is one, and weights are positive.
    mutating func pick<Element>(_ elements: [(element: Element, weight: Double)]) -> Element {
        precondition(!elements.isEmpty, "nothing to pick from")
        var rest = unit() * elements.reduce(0) { $0 + $1.weight }
        for candidate in elements {
            rest -= candidate.weight
            if rest < 0 { return candidate.element }
        }
        return elements[elements.count - 1].element
    }
}
