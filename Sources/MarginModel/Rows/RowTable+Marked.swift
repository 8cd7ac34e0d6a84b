import CMarginKernels
import MarginDomain

extension RowTable {
    /// The row of a listed perpetual or future.
    mutating func price(
        _ instrument: Instrument, row: Int, _ market: UnderlyingMarket, spot: Double, feeRate: Double
    ) {
        markOfRow[row] = 0
        guard let mark = market.markDollars(of: instrument) else {
            self.mark(row: row, unpriceable: .mark(instrument.id))
            return
        }
        let settled = instrument.expiry.flatMap { market.forwardDollars(of: $0)?.settled } ?? 0
        price(
            MarkedContract(mark: mark, settled: settled, isInverse: instrument.contract.settlement == .inverse),
            row: row, spot: spot, feeRate: feeRate, scale: instrument.quantityExponent.scale * quantaPerDollar)
        if !isPriced(row: row) { self.mark(row: row, unpriceable: .beyondRowRange(instrument.id)) }
    }

    /// The row of a perpetual or future: linear in its mark.
    mutating func price(_ contract: MarkedContract, row: Int, spot: Double, feeRate: Double, scale: Double) {
        let (mark, settled, isInverse) = (contract.mark, contract.settled, contract.isInverse)
        // An inverse contract is worth −1/M coin: spot and mark move alike, so its dollars stay.
        let coin = spot / mark
        let value = isInverse ? -coin : mark
        var entry = MarkedEntry(value: value, scale: scale)
        let base = row * Self.rowVectors
        let movesWithMark = !isInverse
        func stressed(_ moves: SIMD8<Double>) -> SIMD8<Double> {
            movesWithMark ? settled + (mark - settled) * (1 + moves) : SIMD8(repeating: value)
        }
        let ordinary = entry.gains(stressed(moves[0]))
        for shape in 0..<5 { rows[base + shape] = ordinary }
        let damping = moves[mk_grid_damping]
        let whole = stressed(moves[mk_grid_tails])
        let tails = entry.gains((value + damping * (whole - value)).replacing(with: whole, where: damping .== 1))
        rows[base + mk_tail_flat] = tails
        rows[base + mk_tail_steep] = tails
        if hasHalfSteps {
            let half = entry.gains(stressed(moves[mk_grid_halves]))
            for shape in 0..<5 { halves[row * Self.halfVectors + shape] = half }
        }

        let own = entry.rounded(isInverse ? coin : mark)
        let delta = isInverse ? 0 : own
        var centre = SIMD8<Double>.zero
        centre[mk_centre_value] = entry.quanta
        centre[mk_centre_delta] = delta
        centre[mk_centre_own_delta] = own
        rows[base + mk_centre] = centre
        var expiry = SIMD8<Double>.zero
        expiry[mk_expiry_phi] = own
        rows[base + mk_expiry_sums] = expiry
        var absolute = SIMD8<Double>.zero
        absolute[mk_absolute_delta] = abs(own)
        absolute[mk_absolute_fee] = entry.rounded(feeRate * (isInverse ? 1 : mark))
        absolute[mk_absolute_largest] = entry.largest
        rows[base + mk_absolute] = absolute
        markOfRow[row] = mark
        notePriced(row: row)
    }
}

/// What a perpetual or future is valued on, in dollars.
struct MarkedContract {
    let mark: Double
    /// Part of a dated future that a settlement average has fixed.
    let settled: Double
    let isInverse: Bool
}

/// Amounts in dollars on their way into a row, with the largest magnitude met.
private struct MarkedEntry {
    /// Null-move value in quanta.
    let quanta: Double
    private let scale: Double
    private var magnitude: Double
    private var fits: Bool

    init(value: Double, scale: Double) {
        self.scale = scale
        quanta = (value * scale).nearestInteger
        magnitude = abs(quanta)
        fits = abs(value * scale) < Self.limit
    }

    /// Rounding is exact below this.
    private static let limit = 2_251_799_813_685_248.0

    /// Infinite if an amount was beyond exact rounding.
    var largest: Double { fits ? magnitude : .infinity }

    mutating func gains(_ dollars: SIMD8<Double>) -> SIMD8<Double> {
        let magic = SIMD8<Double>(repeating: 6_755_399_441_055_744)
        let scaled = dollars * scale
        let gains = ((scaled + magic) - magic) - quanta
        for lane in 0..<8 {
            // Written so that what is not a number does not fit either.
            if !(abs(scaled[lane]) < Self.limit) { fits = false }
            if abs(gains[lane]) > magnitude { magnitude = abs(gains[lane]) }
        }
        return gains
    }

    mutating func rounded(_ dollars: Double) -> Double {
        let scaled = dollars * scale
        if !(abs(scaled) < Self.limit) { fits = false }
        let amount = scaled.nearestInteger
        if abs(amount) > magnitude { magnitude = abs(amount) }
        return amount
    }
}
