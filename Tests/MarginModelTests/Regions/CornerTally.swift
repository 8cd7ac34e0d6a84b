import CMarginKernels
import MarginTestKit

/// What the corners of many regions came to.
struct CornerTally {
    var regions = 0
    var points = 0
    /// Points inside a region at which a level was reached.
    var reached = 0
    var first = ""
    /// Of each region the part of the slack that is left at its worst corner.
    var left: [Double] = []

    var least: Double { left.min() ?? .infinity }
    var median: Double { left.isEmpty ? .infinity : left.sorted()[left.count / 2] }

    /// Regions of generated pools, and markets on their faces and within.
    static func of(_ style: CornerStyle, seed: UInt64, points: Int, mutant: RegionMutant? = nil) -> CornerTally {
        var world = CornerWorld(style, seed: seed)
        var tally = CornerTally()
        var scenes = 0
        // One fault of a mutant is enough.
        while tally.points < points && scenes < points && (mutant == nil || tally.reached == 0) {
            scenes += 1
            tally.add(&world, mutant)
        }
        return tally
    }

    private mutating func add(_ world: inout CornerWorld, _ mutant: RegionMutant?) {
        var scene = world.scene()
        let levels = world.random.pick(world.style.levels)
        var state = world.random.pick(world.style.states)
        if levels.upper && state == .healthy { state = .warning }
        let looked = CornerWatch(state: state, hasLower: levels.lower, hasUpper: levels.upper)
        settle(&scene, looked, &world)
        let margin = scene.book.margin(scene.markets)
        guard let watch = looked.watch(margin, book: scene.book) else { return }
        let sides = scene.sides(margin, watch, speed: world.random.pick(world.style.speeds), mutant)
        guard sides.contains(where: { $0.reach > 0 }) else { return }
        regions += 1
        var least = Double.infinity
        for round in 0..<20 {
            let markets = scene.corner(round, sides, world.style, &world.random, mutant)
            let distance = looked.distance(scene.book.margin(markets))
            points += 1
            if min(distance.lower, distance.upper) <= 0 {
                if reached == 0 { first = "\(looked), corner \(round): \(distance) of \(watch), \(sides)" }
                reached += 1
            }
            least = min(least, distance.lower / (watch.lower.slack + 1), distance.upper / (watch.upper.slack + 1))
        }
        left.append(least)
    }

    /// Cash that brings the equity near the levels in question.
    private func settle(_ scene: inout CornerScene, _ looked: CornerWatch, _ world: inout CornerWorld) {
        let margin = scene.book.margin(scene.markets)
        let far = (margin.initial + 1e6) * world.power(world.style.slack)
        let lower = looked.state.lower(margin)
        let wanted =
            switch (looked.hasLower, looked.state.upper(margin)) {
            case (true, let upper?) where looked.hasUpper: lower + (upper - lower) * world.random.fraction()
            case (false, let upper?): upper - far
            default: lower + far
            }
        scene.book.cash += (wanted - margin.equity).rounded()
    }
}
