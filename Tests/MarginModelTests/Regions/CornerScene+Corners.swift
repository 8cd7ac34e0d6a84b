import CMarginKernels
import MarginTestKit

extension CornerScene {
    /// The regions of the pool, clipped to its boxes. The tables are as of the markets.
    func sides(_ margin: CornerMargin, _ watch: mk_watch, speed: Double, _ mutant: RegionMutant?) -> [mk_sides] {
        var watch = watch
        var lots = book.parts.map(\.lots)
        var tables: [mk_table] = []
        var exposures: [mk_exposure] = []
        for (place, part) in book.parts.enumerated() {
            part.table.sense(
                mutant == .stale ? boxes[place].middle : markets[place], boxes[place], mutant?.told ?? CornerTold())
            mutant?.damage(part.table, boxes[place], &lots[place])
            tables.append(part.table.table)
            let rules = part.table.rules
            let sums = margin.sums[place]
            exposures.append(
                mk_exposure(
                    table: nil, rows: part.table.sensitivities, at: UnsafePointer(part.table.at), lots: nil,
                    count: UInt32(part.lots.count), unused: 0, coin: sums.coin, spot_speed: 1, width_speed: speed,
                    fee: sums.fee, naked_maintenance: sums.naked_maintenance, naked_initial: sums.naked_initial,
                    stretch: mk_exponential(boxes[place].reach), basis: boxes[place].basis,
                    floor_rate: 2 * rules.deltaGross + rules.deltaNet))
        }
        mutant?.damage(&tables, &exposures, &watch)
        var sides = [mk_sides](repeating: mk_sides(), count: exposures.count)
        let start = lots.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        Array(lots.joined()).withUnsafeBufferPointer { all in
            tables.withUnsafeBufferPointer { tables in
                for place in exposures.indices {
                    exposures[place].table = tables.baseAddress.map { $0 + place }
                    exposures[place].lots = all.baseAddress.map { $0 + start[place] }
                }
                mk_region(exposures, Int32(exposures.count), &watch, &sides)
            }
        }
        for place in sides.indices { sides[place] = clipped(sides[place], place) }
        return sides
    }

    private func clipped(_ side: mk_sides, _ place: Int) -> mk_sides {
        let box = boxes[place]
        let at = markets[place].spot
        var side = side
        side.width = min(abs(side.width), box.width - used[place])
        side.fall = min(side.fall, 1 - box.middle.spot * mk_exponential(-box.depth) / at)
        side.rise = min(side.rise, box.middle.spot * mk_exponential(box.depth) / at - 1)
        return side
    }

    /// A market on the faces of the regions, or within them in the last rounds.
    func corner(
        _ round: Int, _ sides: [mk_sides], _ style: CornerStyle, _ random: inout SplitMix64, _ mutant: RegionMutant?
    ) -> [CornerMarket] {
        let patterns: [(CornerMove.Pattern, CornerMove.Pattern)] = [
            (.against, .against), (.with, .with), (.up, .against), (.down, .with), (.against, .with), (.with, .against),
            (.still, .still),
        ]
        let isFace = round < 14
        return sides.indices.map { place in
            let side = sides[place]
            var move = CornerMove(part: book.parts[place], box: boxes[place], from: markets[place], &random)
            // With several underlyings any may be at either end.
            let isRise = place == 0 ? round % 2 == 0 : random.chance(0.5)
            move.spot = isRise ? side.rise : -side.fall
            move.width = side.width
            (move.volatility, move.basis) = patterns[round / 2 % patterns.count]
            move.forget(style, &random)
            if mutant == .timeless { move.haste = 0.5 }
            if !isFace {
                move.spot *= random.fraction()
                move.width *= random.fraction()
                (move.volatility, move.basis) = (.chance, .chance)
            }
            return move.market
        }
    }
}
