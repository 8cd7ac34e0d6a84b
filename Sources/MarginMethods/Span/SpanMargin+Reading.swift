extension SpanMargin {
    private static let names = [
        "commodities", "commoditySpreads", "extremeMultiple", "extremeCover", "lookAheadDays", "deltaWeights",
        "initialRatio", "haircuts",
    ]

    mutating func read(_ parameters: ParameterTree) throws(MethodFault) {
        let fields = try ParameterFields(parameters, names: Self.names)
        for (symbol, own) in try fields.tablesByName("commodities", names: SpanCommodity.names) {
            var commodity = commodities[symbol] ?? SpanCommodity(priceScanRange: 0.5)
            try commodity.read(own)
            commodities[symbol] = commodity
        }
        if let spreads = try fields.tables("commoditySpreads", names: ["rate", "legs"]) {
            commoditySpreads = []
            for own in spreads { commoditySpreads.append(try SpanCommoditySpread(own)) }
        }
        try fields.read("extremeMultiple", into: &extremeMultiple, within: 1...10)
        try fields.read("extremeCover", into: &extremeCover, within: 0...1)
        try fields.read("lookAheadDays", into: &lookAheadDays, within: 0...30)
        try fields.read("deltaWeights", into: &deltaWeights, within: 0...1)
        guard deltaWeights.count == 4, deltaWeights[0] > 0 else {
            throw fields.wrong("deltaWeights", "expected four weights, the first above 0")
        }
        try fields.read("initialRatio", into: &initialRatio, within: 1...10)
        if let tree = fields.value("haircuts") {
            let own = try ParameterFields(freely: tree, at: fields.path(of: "haircuts"))
            for asset in own.givenNames {
                var haircut = 0.0
                try own.read(asset, into: &haircut, within: 0...1)
                haircuts[asset] = haircut
            }
        }
    }
}

extension SpanCommodity {
    static let names = [
        "unit", "priceScanRange", "volatilityScanRange", "shortOptionMinimum", "shortOptionMethod", "tiers",
        "timeSpreads",
    ]
    private static let amounts = 0.0...1e9

    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("unit", into: &unit)
        try fields.read("priceScanRange", into: &priceScanRange, within: Self.amounts)
        try fields.read("volatilityScanRange", into: &volatilityScanRange, within: 0...10)
        try fields.read("shortOptionMinimum", into: &shortOptionMinimum, within: Self.amounts)
        try fields.read("shortOptionMethod", into: &shortOptionMethod)
        if let own = try fields.tables("tiers", names: ["fromDays", "toDays", "priceScanRange"]) {
            tiers = []
            for table in own { tiers.append(try SpanTier(table, ranges: Self.amounts)) }
        }
        if let own = try fields.tables("timeSpreads", names: ["first", "second", "charge"]) {
            timeSpreads = []
            for table in own { timeSpreads.append(try SpanTimeSpread(table, charges: Self.amounts)) }
        }
        let last = max(1, tiers.count)
        guard timeSpreads.allSatisfy({ (1...last).contains($0.first) && (1...last).contains($0.second) }) else {
            throw fields.wrong("timeSpreads", "a spread names a tier outside of 1...\(last)")
        }
    }
}

extension SpanTier {
    fileprivate init(_ fields: ParameterFields, ranges: ClosedRange<Double>) throws(MethodFault) {
        self.init(fromDays: 0, toDays: 1e6)
        try fields.read("fromDays", into: &fromDays, within: 0...1e6)
        try fields.read("toDays", into: &toDays, within: 0...1e6)
        guard fromDays < toDays else { throw fields.wrong("toDays", "a tier ends after it begins") }
        guard fields.value("priceScanRange") != nil else { return }
        var range = 0.0
        try fields.read("priceScanRange", into: &range, within: ranges)
        priceScanRange = range
    }
}

extension SpanTimeSpread {
    fileprivate init(_ fields: ParameterFields, charges: ClosedRange<Double>) throws(MethodFault) {
        self.init(first: 1, second: 1, charge: 0)
        try fields.read("first", into: &first, within: 1...1000)
        try fields.read("second", into: &second, within: 1...1000)
        try fields.read("charge", into: &charge, within: charges)
    }
}

extension SpanCommoditySpread {
    fileprivate init(_ fields: ParameterFields) throws(MethodFault) {
        self.init(rate: 0, legs: [])
        try fields.read("rate", into: &rate, within: 0...1)
        for own in try fields.tables("legs", names: ["commodity", "ratio", "side"]) ?? [] {
            var leg = Leg(commodity: "", ratio: 1, side: .a)
            try own.read("commodity", into: &leg.commodity)
            try own.read("ratio", into: &leg.ratio, within: 1e-9...1e9)
            try own.read("side", into: &leg.side)
            legs.append(leg)
        }
        guard Set(legs.map(\.commodity)).count == legs.count, legs.count > 1 else {
            throw fields.wrong("legs", "a spread has two legs or more, each in a commodity of its own")
        }
    }
}
