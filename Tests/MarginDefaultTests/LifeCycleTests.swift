import MarginDefault
import MarginDomain
import Testing

/// A pool with IM 100, release 90, MM 80: warning below 120, and each level left 2 % above it.
@Suite struct LifeCycleTests {
    static let rules = LifeCycleRules(
        warningFactor: Ratio(1_200_000_000), hysteresis: Ratio(20_000_000), callDuration: .seconds(3600),
        liquidationPriceBand: Ratio(20_000_000))

    static func levels(_ equity: Int64, hasPositions: Bool = true) -> MarginLevels {
        MarginLevels(
            equity: Value(equity * 1000), initialMargin: Value(100_000), maintenanceMargin: Value(80_000),
            releaseMargin: Value(90_000), hasPositions: hasPositions)
    }

    @Test(
        arguments: [
            (120, .healthy), (119, .warning), (100, .warning), (99, .restricted), (90, .restricted), (89, .marginCall),
            (80, .marginCall), (79, .liquidating), (0, .liquidating), (-1, .defaulted),
        ] as [(Int64, LifeCycle)])
    func `a pool falls to the most severe level it is below`(equity: Int64, state: LifeCycle) {
        #expect(LifeCycle.healthy.next(Self.levels(equity), under: Self.rules, isTrusted: true) == state)
    }

    @Test(
        arguments: [
            (.warning, 122, .warning), (.warning, 123, .healthy), (.restricted, 101, .restricted),
            (.restricted, 102, .warning), (.restricted, 123, .healthy), (.marginCall, 91, .marginCall),
            (.marginCall, 92, .restricted), (.liquidating, 89, .liquidating), (.liquidating, 90, .marginCall),
            (.liquidating, 92, .restricted), (.defaulted, 89, .defaulted), (.defaulted, 90, .marginCall),
            (.liquidating, 130, .healthy),
        ] as [(LifeCycle, Int64, LifeCycle)])
    func `a pool rises only past each exit on the way`(from: LifeCycle, equity: Int64, state: LifeCycle) {
        #expect(from.next(Self.levels(equity), under: Self.rules, isTrusted: true) == state)
    }

    @Test func `an untrusted price calls but never liquidates`() {
        #expect(LifeCycle.healthy.next(Self.levels(10), under: Self.rules, isTrusted: false) == .marginCall)
        #expect(LifeCycle.liquidating.next(Self.levels(10), under: Self.rules, isTrusted: false) == .liquidating)
    }

    @Test func `a pool without positions is healthy while it owes nothing`() {
        #expect(
            LifeCycle.liquidating.next(Self.levels(5, hasPositions: false), under: Self.rules, isTrusted: true)
                == .healthy)
        #expect(
            LifeCycle.healthy.next(Self.levels(-5, hasPositions: false), under: Self.rules, isTrusted: true)
                == .defaulted)
    }

    @Test func `quarantine is left to where equity says`() {
        #expect(LifeCycle.quarantined.next(Self.levels(95), under: Self.rules, isTrusted: true) == .restricted)
        #expect(LifeCycle.restricted.announcement(from: .quarantined) == .restricted)
        #expect(LifeCycle.healthy.announcement(from: .quarantined) == .cured)
    }

    @Test func `every transition announces where the pool arrived, and none is silent`() {
        for from in LifeCycle.allCases {
            for to in LifeCycle.allCases {
                let kind = to.announcement(from: from)
                #expect((kind == nil) == (from == to))
                if to < from, from != .quarantined { #expect(kind == .cured) }
            }
        }
    }

    @Test func `a plan sells the share that brings the requirement down to equity`() {
        let plan = ReductionPlan(Self.levels(60))

        // 1 − 60/90 = one third, rounded away from zero, against the position.
        #expect(plan.lots(closing: NetQuantity(300)) == -100)
        #expect(plan.lots(closing: NetQuantity(-301)) == 101)
        #expect(plan.lots(closing: NetQuantity(1)) == -1)
        #expect(ReductionPlan(Self.levels(-5)).lots(closing: NetQuantity(-7)) == 7)
        #expect(ReductionPlan(Self.levels(95)).lots(closing: NetQuantity(7)) == 0)
    }

    @Test func `the worst price lies a band beyond the mark, to the near tick`() {
        #expect(Self.rules.worstPrice(mark: Price(1001), trading: 5) == Price(1022))
        #expect(Self.rules.worstPrice(mark: Price(1001), trading: -5) == Price(980))
    }
}
