extension DerivePortfolio {
    public init(_ parameters: ParameterTree) throws(MethodFault) {
        self = try DerivePortfolio().overridden(by: parameters)
    }

    private static let names = [
        "scenarios", "volatilityUp", "volatilityDown", "volatilityFloor", "shortPower", "longPower", "dayFloor",
        "skewLinearCap", "skewLinearCapSlope", "skewAbsoluteCap", "skewAbsoluteCapSlope", "skewWidthMin",
        "skewWidthScale", "skewWidthLevel", "skewWidthSlope", "initialFactor", "maintenanceFactor", "longDiscount",
        "longRateFactor", "longRateAdditive", "shortDiscount", "shortRateFactor", "shortRateAdditive", "basisUp",
        "basisDown", "basisAdditiveFactor", "basisMultiplicativeFactor", "pegThreshold", "pegLossFactor",
        "confidenceThreshold", "confidenceFactor", "perpetualCharge", "perpetualInitialExtra", "optionCharge",
        "optionInitialExtra",
    ]

    /// Published cases sweep every parameter far beyond sense; only what is no number of its kind is refused.
    private static let positive = 0...1e9
    private static let signed = -1e9...1e9

    public func overridden(by parameters: ParameterTree) throws(MethodFault) -> DerivePortfolio {
        var method = self
        let fields = try ParameterFields(parameters, names: Self.names)
        if let given = try fields.tables("scenarios", names: ["spotFactor", "volatility", "weight"]) {
            guard !given.isEmpty else { throw fields.wrong("scenarios", "a grid has at least one scenario") }
            method.scenarios = []
            for fields in given { method.scenarios.append(try PortfolioScenario(fields)) }
        }
        try method.readVolatility(fields)
        try method.readScan(fields)
        try method.readContingencies(fields)
        return method
    }

    private mutating func readVolatility(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("volatilityUp", into: &volatility.up, within: Self.positive)
        try fields.read("volatilityDown", into: &volatility.down, within: Self.positive)
        try fields.read("volatilityFloor", into: &volatility.volatilityFloor, within: Self.positive)
        try fields.read("shortPower", into: &volatility.shortPower, within: Self.signed)
        try fields.read("longPower", into: &volatility.longPower, within: Self.signed)
        try fields.read("dayFloor", into: &volatility.dayFloor, within: Self.positive)
        try fields.read("skewLinearCap", into: &skew.linear.base, within: Self.signed)
        try fields.read("skewLinearCapSlope", into: &skew.linear.slope, within: Self.signed)
        try fields.read("skewAbsoluteCap", into: &skew.absolute.base, within: Self.signed)
        try fields.read("skewAbsoluteCapSlope", into: &skew.absolute.slope, within: Self.signed)
        try fields.read("skewWidthMin", into: &skew.widthMin, within: Self.positive)
        try fields.read("skewWidthScale", into: &skew.widthScale, within: Self.signed)
        try fields.read("skewWidthLevel", into: &skew.widthLevel, within: Self.signed)
        try fields.read("skewWidthSlope", into: &skew.widthSlope, within: Self.signed)
    }

    private mutating func readScan(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("initialFactor", into: &initialFactor, within: Self.positive)
        try fields.read("maintenanceFactor", into: &maintenanceFactor, within: Self.positive)
        try fields.read("longDiscount", into: &discounts.long, within: Self.positive)
        try fields.read("longRateFactor", into: &discounts.longRateFactor, within: Self.positive)
        try fields.read("longRateAdditive", into: &discounts.longRateAdditive, within: Self.positive)
        try fields.read("shortDiscount", into: &discounts.short, within: Self.positive)
        try fields.read("shortRateFactor", into: &discounts.shortRateFactor, within: Self.positive)
        try fields.read("shortRateAdditive", into: &discounts.shortRateAdditive, within: Self.positive)
        try fields.read("basisUp", into: &basis.up, within: Self.positive)
        try fields.read("basisDown", into: &basis.down, within: Self.positive)
        try fields.read("basisAdditiveFactor", into: &basis.additiveFactor, within: Self.positive)
        try fields.read("basisMultiplicativeFactor", into: &basis.multiplicativeFactor, within: Self.positive)
    }

    private mutating func readContingencies(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("pegThreshold", into: &peg.threshold, within: Self.positive)
        try fields.read("pegLossFactor", into: &peg.lossFactor, within: Self.positive)
        try fields.read("confidenceThreshold", into: &confidence.threshold, within: Self.positive)
        try fields.read("confidenceFactor", into: &confidence.factor, within: Self.positive)
        try fields.read("perpetualCharge", into: &charges.perpetual, within: Self.positive)
        try fields.read("perpetualInitialExtra", into: &charges.perpetualInitialExtra, within: Self.positive)
        try fields.read("optionCharge", into: &charges.option, within: Self.positive)
        try fields.read("optionInitialExtra", into: &charges.optionInitialExtra, within: Self.positive)
    }
}

extension PortfolioScenario {
    fileprivate init(_ fields: ParameterFields) throws(MethodFault) {
        self.init(1, .none)
        // A scenario without a move would be one that nobody wrote.
        guard fields.value("spotFactor") != nil else { throw fields.wrong("spotFactor", "is missing") }
        guard fields.value("volatility") != nil else { throw fields.wrong("volatility", "is missing") }
        try fields.read("spotFactor", into: &spotFactor, within: 0...1e9)
        try fields.read("volatility", into: &volatility)
        try fields.read("weight", into: &weight, within: 0...1e9)
        guard !volatility.isRotation || spotFactor == 1 else {
            throw fields.wrong("spotFactor", "\(spotFactor): a rotation of the smile does not move spot")
        }
    }
}
