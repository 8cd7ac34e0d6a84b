import CMarginKernels
import MarginTestKit
import Testing

/// Every bound of a row by itself: rows at a market against tangents and bounds of another in the same box.
@Suite struct RowBoundTests {
    @Test(arguments: CornerStyle.rows)
    func `what tangents leave out of a row is within its bounds`(_ style: CornerStyle) {
        var world = CornerWorld(style, seed: 76)
        var worst = RowExcess()
        for _ in 0..<CornerCount.value / 200 { worst.add(&world) }
        #expect(worst.convexity <= 1, "amounts of options are convex: \(worst)")
        #expect(worst.amounts <= 1 && worst.charges <= 1 && worst.deltas <= 1, "\(worst)")
        // Bounds that nothing comes near would say nothing.
        let hasCharges = style.rules.basisFloor > 0
        #expect(worst.amounts > 0.9 && worst.deltas > 0.9 && (worst.charges > 0.5 || !hasCharges), "\(worst)")
    }
}

/// The largest parts of bounds that rows needed.
struct RowExcess {
    var convexity = 0.0
    var amounts = 0.0
    var charges = 0.0
    var deltas = 0.0
    private var noise = 0.0

    mutating func add(_ world: inout CornerWorld) {
        let scene = world.scene()
        let (part, box, from) = (scene.book.parts[0], scene.boxes[0], scene.markets[0])
        let table = part.table
        table.price(from)
        table.sense(from, box)
        let before = RowCopy(table)
        for _ in 0..<8 {
            var move = CornerMove(part: part, box: box, from: from, &world.random)
            let (low, high) = (
                box.middle.spot * mk_exponential(-box.depth) / from.spot - 1,
                box.middle.spot * mk_exponential(box.depth) / from.spot - 1
            )
            let isPart = world.random.chance(0.5)
            move.spot = world.random.pick([low, high, 0]) * (isPart ? world.random.fraction() : 1)
            move.width =
                max(0, box.width - scene.used[0]) * world.random.pick([0, 1, 1])
                * (isPart ? world.random.fraction() : 1)
            move.basis = world.random.pick(CornerMove.Pattern.allCases)
            move.forget(world.style, &world.random)
            let to = move.market
            table.price(to)
            func rate(_ market: CornerMarket, _ expiry: Int) -> Double {
                table.rules.basisRate(years: market.expiries[expiry].years)
            }
            for place in table.contracts.indices where table.contracts[place].isOption {
                let expiry = table.contracts[place].expiry
                compare(table, before, place, move, (rate(from, expiry), rate(to, expiry)))
            }
        }
    }

    private mutating func compare(
        _ table: CornerTable, _ before: RowCopy, _ place: Int, _ move: CornerMove, _ rates: (Double, Double)
    ) {
        let (old, new) = (before.rows[(place * 80)...], table.rows + place * 80)
        func was(_ lane: Int) -> Double { old[old.startIndex + lane] }
        let (tangent, bound) = (table.tangents + place * 64, table.bounds + place * 128)
        let value = 56 + Int(mk_centre_value)
        let (contract, forward) = (table.contracts[place], move.market.expiries[table.contracts[place].expiry].forward)
        noise = 1e-14 * contract.scale * (forward + contract.strike)
        let d = move.spot
        let w = move.width
        for lane in 0...value {
            let isValue = lane == value
            let slopes = (Double(tangent[value]), isValue ? 0 : Double(tangent[lane]))
            let change = new[value] - was(value) + (isValue ? 0 : new[lane] - was(lane))
            note(change, slopes, second: bound[lane], width: bound[64 + lane], d, w)
        }
        if table.rules.hasHalfSteps {
            for lane in 0..<40 {
                let change =
                    new[value] - was(value) + table.halves[place * 40 + lane] - before.halves[place * 40 + lane]
                note(
                    change, (Double(tangent[value]), Double(table.halfTangents[place * 40 + lane])),
                    second: table.halfBounds[place * 80 + lane], width: table.halfBounds[place * 80 + 40 + lane], d, w)
            }
        }
        let phi = 64 + Int(mk_expiry_phi)
        let turned = (64..<68).reduce(0.0) { max($0, abs(new[$1] - was($1))) }
        let charge = abs(rates.1 * abs(new[phi]) - rates.0 * abs(was(phi))) + turned
        charges = max(charges, (charge - 4 - noise) / allowed(bound[62], bound[126], d, w))
        let delta = 56 + Int(mk_centre_delta)
        deltas = max(deltas, (abs(new[delta] - was(delta)) - 2 - noise) / allowed(bound[63], bound[127], d, w))
    }

    private func allowed(_ linear: Float, _ width: Float, _ d: Double, _ w: Double) -> Double {
        Double(linear) * abs(d) + Double(width) * w + 1e-3
    }

    private mutating func note(
        _ change: Double, _ slopes: (Double, Double), second: Float, width: Float, _ d: Double, _ w: Double
    ) {
        // Tangents are floats, and values right to 2·10⁻¹⁵ of forward and strike.
        let rounding = 3 + noise + (abs(slopes.0) + abs(slopes.1)) * abs(d) * 0x1p-23
        let rest = change - (slopes.0 + slopes.1) * d
        amounts = max(amounts, (rest - rounding) / (Double(second) * d * d + Double(width) * w + 1e-3))
        convexity = max(convexity, (-rest - rounding) / (Double(width) * w + 1e-3))
    }
}

/// Rows as they were.
struct RowCopy {
    let rows: [Double]
    let halves: [Double]

    init(_ table: CornerTable) {
        rows = Array(UnsafeBufferPointer(start: table.rows, count: table.contracts.count * 80))
        halves = Array(UnsafeBufferPointer(start: table.halves, count: table.contracts.count * 40))
    }
}
