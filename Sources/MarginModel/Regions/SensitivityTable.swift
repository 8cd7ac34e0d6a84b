import CMarginKernels

/// Tangents and bounds of the rows of one underlying, as the region kernel takes them: `CMarginRegions.h`.
///
/// Made only when a region is asked for: tangents once a cut at most, bounds when the market has gone far in their box.
struct SensitivityTable: Sendable {
    var tangents: [Float] = []
    var halfTangents: [Float] = []
    /// The rows' stamp that the tangents are of; 0 = none.
    var stamp: UInt64 = 0
    var boxes = RegionMetric.boxes.map { RegionBox(spotReach: $0.spot, width: $0.width) }

    static let lanes = AlignedVectors.lanes

    /// Makes room for every row.
    mutating func cover(rows: Int, halfSteps: Bool) {
        Self.extend(&tangents, to: rows * mk_tangent_vectors)
        if halfSteps { Self.extend(&halfTangents, to: rows * mk_half_vectors) }
    }

    static func extend(_ floats: inout [Float], to vectors: Int) {
        let missing = vectors * lanes - floats.count
        if missing > 0 { floats.append(contentsOf: repeatElement(0, count: missing)) }
    }
}

/// A box around a market, and the bounds that hold in it.
struct RegionBox: Sendable {
    /// Relative move of spot, and width, from the middle to the faces.
    let spotReach: Double
    let width: Double
    var bounds: [Float] = []
    var halfBounds: [Float] = []
    /// The market at its middle; spot is 0 before there is one.
    var spot = 0.0
    var middle = MarketPoint()
    /// How far the latest point is from the middle.
    var gone = 0.0

    init(spotReach: Double, width: Double) {
        self.spotReach = spotReach
        self.width = width
    }

    /// Largest |ln| of a forward over that at the middle.
    var reach: Double { -mk_logarithm(1 - spotReach) + RegionMetric.basis * width }
    var stretch: Double { mk_exponential(reach) }

    mutating func cover(rows: Int, halfSteps: Bool) {
        SensitivityTable.extend(&bounds, to: rows * mk_bound_vectors)
        if halfSteps { SensitivityTable.extend(&halfBounds, to: rows * 2 * mk_half_vectors) }
    }

    /// For the kernel, for one expiry.
    func terms(basisRate: Double, growingWithTime rate: Double) -> mk_box {
        mk_box(
            reach: reach, stretch: stretch, widest: mk_exponential(width), basis: RegionMetric.basis,
            carry: RegionMetric.carry, rate: basisRate, rate_time: rate)
    }

    /// Writes the bounds of a perpetual or future, which is linear in its mark.
    ///
    /// - Parameters:
    ///   - row: where its vectors begin in `rows`.
    ///   - charge: of its own delta, what basis and funding take.
    mutating func bound(row: Int, of rows: RowTable, charge: Double, growingWithTime rate: Double) {
        let step = RegionMetric.basis * stretch
        let value = rows.value(row: row)
        let own = abs(rows.vector(row, mk_centre)[mk_centre_own_delta])
        let start = row * mk_bound_vectors * SensitivityTable.lanes
        let wide = start + mk_tangent_vectors * SensitivityTable.lanes
        for vector in 0..<mk_tangent_vectors {
            // In the centre every column has the value itself.
            let gains = vector == mk_centre ? .zero : rows.vector(row, vector)
            for lane in 0..<SensitivityTable.lanes {
                bounds[start + vector * SensitivityTable.lanes + lane] = 0
                bounds[wide + vector * SensitivityTable.lanes + lane] = Self.above(step * abs(value + gains[lane]))
            }
        }
        let centre = mk_centre * SensitivityTable.lanes
        bounds[start + centre + mk_bound_charges] = Self.above(charge * own * stretch)
        bounds[start + centre + mk_bound_delta] = Self.above(own * stretch)
        bounds[wide + centre + mk_bound_charges] = Self.above(
            step * charge * own + 2 * rate * own * stretch)
        bounds[wide + centre + mk_bound_delta] = Self.above(step * own)
        guard rows.hasHalfSteps else { return }
        for vector in 0..<mk_half_vectors {
            for lane in 0..<SensitivityTable.lanes {
                let gain = rows.gain(row: row, at: .half(vector: vector, lane: lane))
                let first = (row * 2 * mk_half_vectors + vector) * SensitivityTable.lanes + lane
                halfBounds[first] = 0
                halfBounds[first + mk_half_vectors * SensitivityTable.lanes] = Self.above(step * abs(value + gain))
            }
        }
    }

    /// The next float that is not smaller.
    private static func above(_ x: Double) -> Float { Float(x).nextUp }
}

extension SensitivityTable {
    /// Writes the tangents of a perpetual or future: its gains are proportional to its mark, inverse ones do not move.
    mutating func follow(row: Int, of rows: RowTable, isInverse: Bool) {
        let start = row * mk_tangent_vectors * Self.lanes
        for vector in 0..<mk_tangent_vectors {
            let gains = isInverse || vector == mk_centre ? .zero : rows.vector(row, vector)
            for lane in 0..<Self.lanes { tangents[start + vector * Self.lanes + lane] = Float(gains[lane]) }
        }
        let value = isInverse ? 0 : rows.value(row: row)
        tangents[start + mk_centre * Self.lanes + mk_centre_value] = Float(value)
        guard rows.hasHalfSteps else { return }
        for vector in 0..<mk_half_vectors {
            for lane in 0..<Self.lanes {
                let gain = isInverse ? 0 : rows.gain(row: row, at: .half(vector: vector, lane: lane))
                halfTangents[(row * mk_half_vectors + vector) * Self.lanes + lane] = Float(gain)
            }
        }
    }
}
