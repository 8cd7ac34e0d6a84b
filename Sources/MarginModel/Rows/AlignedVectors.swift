/// An array of vectors of eight doubles that begin at cache lines.
///
/// SPEED: a row of vectors that straddle lines costs the scan half as much again (82 and 124 ns for a pool of ten
/// positions). Swift aligns its arrays to 16 bytes only, so the vectors begin at an offset. A copy of the array may come
/// to lie elsewhere: then it is slower, not wrong, until it is aligned again.
struct AlignedVectors: Sendable {
    var doubles: [Double] = []
    /// Where the first vector begins.
    private(set) var offset = 0
    private(set) var count = 0

    static let lanes = 8

    subscript(vector: Int) -> SIMD8<Double> {
        get {
            let start = offset + vector * Self.lanes
            var result = SIMD8<Double>()
            for lane in 0..<Self.lanes { result[lane] = doubles[start + lane] }
            return result
        }
        set {
            let start = offset + vector * Self.lanes
            for lane in 0..<Self.lanes { doubles[start + lane] = newValue[lane] }
        }
    }

    subscript(vector: Int, lane: Int) -> Double { doubles[offset + vector * Self.lanes + lane] }

    /// Adds vectors of zeros up to a count.
    mutating func extend(to newCount: Int) {
        guard newCount > count else { return }
        count = newCount
        let missing = (newCount + 1) * Self.lanes - doubles.count
        if missing > 0 { doubles.append(contentsOf: repeatElement(0, count: missing)) }
        align()
    }

    /// Moves the vectors to where they begin at cache lines.
    mutating func align() {
        let best = bestOffset
        guard best != offset, count > 0 else { return }
        let vectors = Array(doubles[offset..<offset + count * Self.lanes])
        offset = best
        doubles.replaceSubrange(best..<best + vectors.count, with: vectors)
    }
}
