extension ShortfallParameters {
    static let names = [
        "confidence", "statistic", "tail", "holdingDays", "timePasses", "lookBackDays", "scenariosMin", "filter",
        "stress",
        "longRunFloor", "volatility", "rule", "gridShare", "charges",
    ]

    /// Takes the values that a table names; what it does not name stays.
    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        if let own = try fields.table("confidence", names: ["initial", "maintenance"]) {
            try own.read("initial", into: &initialConfidence, within: 0.5...0.9999)
            try own.read("maintenance", into: &maintenanceConfidence, within: 0.5...0.9999)
            guard maintenanceConfidence <= initialConfidence else {
                throw own.wrong("maintenance", "maintenance is not more confident than initial margin")
            }
        }
        try fields.read("statistic", into: &statistic)
        try fields.read("tail", into: &tail)
        try fields.read("holdingDays", into: &holdingDays, within: 1...30)
        try fields.read("timePasses", into: &timePasses)
        try fields.read("lookBackDays", into: &lookBackDays, within: 1...10_000)
        try fields.read("scenariosMin", into: &scenariosMin, within: 1...10_000)
        try readFilter(fields)
        try readStress(fields)
        try fields.read("longRunFloor", into: &longRunFloor, within: 0...10)
        if let own = try fields.table("volatility", names: ["shortPower", "longPower"]) {
            try own.read("shortPower", into: &shortPower, within: 0...2)
            try own.read("longPower", into: &longPower, within: 0...2)
        }
        try fields.read("rule", into: &rule)
        try fields.read("gridShare", into: &gridShare, within: 0...10)
        try readCharges(fields)
    }

    private mutating func readFilter(_ fields: ParameterFields) throws(MethodFault) {
        let names = ["decay", "limit", "seedDays", "scaling", "floor", "longRunDays"]
        guard let own = try fields.table("filter", names: names) else { return }
        try own.read("decay", into: &filter.decay, within: 0...0.9999)
        try own.read("limit", into: &filter.limit, within: 0...100)
        try own.read("seedDays", into: &filter.seedDays, within: 1...1000)
        try own.read("scaling", into: &filter.scaling)
        try own.read("floor", into: &filter.floor, within: 0...10)
        try own.read("longRunDays", into: &filter.longRunDays, within: 1...100_000)
    }

    private mutating func readStress(_ fields: ParameterFields) throws(MethodFault) {
        guard let own = try fields.table("stress", names: ["weight", "floor", "days", "from", "to"]) else { return }
        try own.read("weight", into: &stress.weight, within: 0...1)
        try own.read("floor", into: &stress.floor, within: 0...10)
        try own.read("days", into: &stress.days, within: 1...10_000)
        try own.read("from", into: &stress.from)
        try own.read("to", into: &stress.to)
        guard stress.from.isEmpty == stress.to.isEmpty, stress.from <= stress.to else {
            throw own.wrong("to", "a stressed window has two dates in order, or none")
        }
    }

    private mutating func readCharges(_ fields: ParameterFields) throws(MethodFault) {
        let names = ["haircut", "initialHaircut", "stablecoinMaintenance", "stablecoinInitial"]
        guard let own = try fields.table("charges", names: names) else { return }
        try own.read("haircut", into: &charges.haircut, within: 0...1)
        try own.read("initialHaircut", into: &charges.initialHaircut, within: 0...1)
        try own.read("stablecoinMaintenance", into: &charges.stablecoinMaintenance, within: 0...1)
        try own.read("stablecoinInitial", into: &charges.stablecoinInitial, within: 0...1)
    }
}
