import MarginMethods
import Testing

/// The defaults in code are those of the published file.
@Suite struct ShortfallParametersFileTests {
    @Test func `the file says every default`() throws {
        // From parameters that are wrong throughout, so that a name the file lacks would show.
        let method = ExpectedShortfall(Self.wrong, history: .empty)
        #expect(
            try method.overridden(by: try MethodFile.tree(ExpectedShortfall.name)).parameters == ShortfallParameters())
    }

    static var wrong: ShortfallParameters {
        var wrong = ShortfallParameters()
        (wrong.initialConfidence, wrong.maintenanceConfidence) = (0.7, 0.6)
        (wrong.statistic, wrong.tail, wrong.rule) = (.valueAtRisk, .whole, .grid)
        (wrong.holdingDays, wrong.lookBackDays, wrong.scenariosMin) = (9, 9, 9)
        wrong.timePasses = false
        (wrong.filter.decay, wrong.filter.limit, wrong.filter.seedDays) = (0.9, 9, 9)
        (wrong.filter.scaling, wrong.filter.floor, wrong.filter.longRunDays) = (.full, 9, 9)
        (wrong.stress.weight, wrong.stress.floor, wrong.stress.days) = (0.9, 9, 9)
        (wrong.stress.from, wrong.stress.to) = ("1", "2")
        (wrong.longRunFloor, wrong.shortPower, wrong.longPower, wrong.gridShare) = (9, 1.9, 1.9, 9)
        (wrong.charges.haircut, wrong.charges.initialHaircut) = (0.9, 0.9)
        (wrong.charges.stablecoinMaintenance, wrong.charges.stablecoinInitial) = (0.9, 0.9)
        return wrong
    }
}
