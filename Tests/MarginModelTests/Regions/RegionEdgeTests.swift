import CMarginKernels
import Testing

/// Regions where there is nothing to bound, no number, or too much.
@Suite struct RegionEdgeTests {
    private let market = CornerMarket(
        spot: 100,
        expiries: [CornerExpiry(forward: 100, years: 0, rate: 0), CornerExpiry(forward: 100, years: 0.2, rate: 0)],
        quotes: [])

    private func scene(_ contracts: [(CornerContract, Double, lots: Double)]) -> CornerScene {
        let table = CornerTable(rules: .bare, contracts: contracts.map(\.0), expiries: 2)
        var at = market
        at.quotes = contracts.map(\.1)
        let box = CornerBox(middle: at, depth: 0.1, width: 0.1, basis: 0.1, carry: 0)
        let part = CornerBook.Part(table: table, lots: contracts.map(\.lots), coin: 0)
        return CornerScene(book: CornerBook(parts: [part], cash: 1e9), boxes: [box], used: [0], markets: [at])
    }

    private func contract(_ kind: CornerContract.Kind, inverse: Bool = false, expiry: Int = 1) -> CornerContract {
        CornerContract(kind: kind, isInverse: inverse, expiry: expiry, strike: 100, scale: 1e6, funding: 0)
    }

    private func sides(_ scene: CornerScene, speed: Double = 1) throws -> mk_sides {
        let margin = scene.book.margin(scene.markets)
        let watch = CornerWatch(state: .marginCall, hasLower: true, hasUpper: false)
        return scene.sides(margin, try #require(watch.watch(margin, book: scene.book)), speed: speed, nil)[0]
    }

    /// As cash, or an inverse future over its own coin: the region is the box.
    @Test func `what nothing moves may go anywhere in its box`() throws {
        let sides = try sides(scene([]))
        #expect(abs(sides.fall - (1 - mk_exponential(-0.1))) < 1e-12)
        #expect(abs(sides.rise - (mk_exponential(0.1) - 1)) < 1e-12)
        #expect(sides.width == 0.1)
    }

    /// A volatility of nil has no bound; neither has one that is not a number. The lanes of other contracts must not hide it.
    @Test(arguments: [0, Double.nan])
    func `what has no bound has no region`(_ volatility: Double) throws {
        var scene = scene([(contract(.call), 0.5, 1), (contract(.put), 0.5, -3)])
        scene.boxes[0].middle.quotes[1] = volatility
        let sides = try sides(scene)
        #expect(sides.reach == 0 && sides.fall == 0 && sides.rise == 0)
        scene.boxes[0].middle.quotes[1] = 0.5
        #expect(try self.sides(scene).reach > 0)
    }

    @Test func `more positions than the allowance for floats is for have no region`() throws {
        let one = (contract(.future, expiry: 0), 100.0, lots: 1.0)
        let most = Int(mk_region_positions)
        #expect(try sides(scene(Array(repeating: one, count: most))).reach > 0)
        #expect(try sides(scene(Array(repeating: one, count: most + 1))).reach == 0)
    }

    @Test func `a region without curvature ends where the level is`() throws {
        var scene = scene([(contract(.future, expiry: 0), 100, lots: 1)])
        scene.book.cash = -80e6
        let margin = scene.book.margin(scene.markets)
        #expect(margin.scan == 16e6)
        let sides = try sides(scene, speed: 1e-9)
        // Equity 100·(1 + d) − 80 and 0.8·16·(1 + d): equal at 1 + d = 80/87.2. The allowance and floats take a little.
        let end = 1 - 80 / 87.2
        #expect(sides.fall < end && sides.fall > 0.999 * end)
        #expect(abs(sides.rise - (mk_exponential(0.1) - 1)) < 1e-12)
    }
}
