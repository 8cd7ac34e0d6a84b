import MarginMethods
import MarginWire

/// Rules of dYdX's chain, whole numbers in and out: parts per million, base quantums, quote quantums.
enum DydxRule {
    static var rules: [CaseRule] { [initialMargin, maintenanceRate, position, funding, liquidation, riskOrder] }

    private static let tierKeys = [
        "initialMarginPpm", "maintenanceFractionPpm", "openInterest", "openInterestLowerCap", "openInterestUpperCap",
    ]
    private static let positionKeys = tierKeys + ["quantums", "price", "priceExponent", "atomicResolution"]

    private static func tier(_ fields: CaseFields) throws(UnreadableCase) -> DydxTier {
        let caps = 0...9_000_000_000_000_000
        let tier = DydxTier(
            initialMarginPpm: try fields.integer("initialMarginPpm", within: 0...1_000_000),
            maintenanceFractionPpm: try fields.integer("maintenanceFractionPpm", omitted: 0, within: 0...1_000_000),
            openInterestLowerCap: try fields.integer("openInterestLowerCap", omitted: 0, within: caps),
            openInterestUpperCap: try fields.integer("openInterestUpperCap", omitted: 0, within: caps))
        guard tier.openInterestLowerCap <= tier.openInterestUpperCap else {
            throw fields.wrong("openInterestLowerCap", "the lower cap is above the upper one")
        }
        // A cap that nothing is compared with would be ignored in silence.
        if tier.scalesWithOpenInterest { _ = try fields.needed("openInterest") }
        return tier
    }

    private static let initialMargin = CaseRule(name: "initialMargin") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: tierKeys + ["notional"])
        let (tier, notional) = (try tier(fields), try fields.whole("notional"))
        guard notional >= 0 else { throw fields.wrong("notional", "\(notional) is negative") }
        let openInterest = try fields.whole("openInterest", omitted: 0)
        return try UnreadableCase.refused { () throws(MethodFault) in
            .table([
                "initialMargin": .whole(try tier.initialMargin(ofNotional: notional, openInterest: openInterest)),
                "maintenanceMargin": .whole(try tier.maintenanceMargin(ofNotional: notional)),
            ])
        }
    }

    private static let maintenanceRate = CaseRule(name: "maintenanceRate") { value, path throws(UnreadableCase) in
        let tier = try tier(try CaseFields(value, at: path, keys: tierKeys))
        return .table(["maintenanceMarginPpm": .whole(Int128(tier.maintenanceMarginPpm))])
    }

    private static let position = CaseRule(name: "position") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: positionKeys)
        let risk = try risk(fields, quantums: try fields.whole("quantums"))
        return .table([
            "notional": .whole(risk.netCollateral), "initialMargin": .whole(risk.initialMargin),
            "maintenanceMargin": .whole(risk.maintenanceMargin),
        ])
    }

    private static func risk(_ fields: CaseFields, quantums: Int128) throws(UnreadableCase) -> DydxRisk {
        let market = DydxMarket(
            tier: "", atomicResolution: try fields.integer("atomicResolution", within: -20...20),
            priceExponent: try fields.integer("priceExponent", within: -20...20))
        let (tier, price) = (try tier(fields), try fields.whole("price"))
        let openInterest = try fields.whole("openInterest", omitted: 0)
        return try UnreadableCase.refused { () throws(MethodFault) in
            try DydxRisk(quantums: quantums, price: price, market: market, tier: tier, openInterest: openInterest)
        }
    }

    private static let funding = CaseRule(name: "funding") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["index", "entryIndex", "quantums"])
        let (index, entry) = (try fields.whole("index"), try fields.whole("entryIndex"))
        let quantums = try fields.whole("quantums")
        return try UnreadableCase.refused { () throws(MethodFault) in
            .table([
                "settlementPpm": .whole(
                    try DydxFunding.settlement(index: index, entryIndex: entry, quantums: quantums))
            ])
        }
    }

    /// An account with one position: what it is liquidated at.
    private static let liquidation = CaseRule(name: "liquidation") { value, path throws(UnreadableCase) in
        let own = ["quoteBalance", "remainingQuantums", "bankruptcyAdjustmentPpm", "spreadToMaintenancePpm"]
        let fields = try CaseFields(value, at: path, keys: positionKeys + own)
        let quantums = try fields.whole("quantums")
        let position = try risk(fields, quantums: quantums)
        let remaining = try risk(fields, quantums: try fields.whole("remainingQuantums", omitted: 0))
        let balance = DydxRisk(netCollateral: try fields.whole("quoteBalance"))
        let adjustment = try fields.integer("bankruptcyAdjustmentPpm", omitted: 1_000_000, within: 0...1_000_000_000)
        let spread = try fields.integer("spreadToMaintenancePpm", omitted: 100_000, within: 0...1_000_000_000)
        let resolution = try fields.integer("atomicResolution", within: -20...20)
        return try UnreadableCase.refused { () throws(MethodFault) in
            let account = try position.adding(balance)
            let liquidation = DydxLiquidation(account: account, quantums: quantums, position: position)
            let price = try liquidation.fillablePrice(
                bankruptcyAdjustmentPpm: adjustment, spreadToMaintenancePpm: spread)
            return .table([
                "netCollateral": .whole(account.netCollateral), "maintenanceMargin": .whole(account.maintenanceMargin),
                "isLiquidatable": .flag(account.isLiquidatable), "fillablePrice": perCoin(price, resolution),
                "bankruptcyQuote": .whole(try liquidation.bankruptcyQuote(remaining: remaining)),
            ])
        }
    }

    /// Quote quantums of one coin: whole if the price is.
    private static func perCoin(_ price: DydxLiquidation.Price, _ resolution: Int) -> CaseFigures {
        var (quote, base) = (price.quoteQuantums, price.baseQuantums)
        var (a, b) = (quote.magnitude, base.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        if let divisor = Int128(exactly: max(a, 1)) { (quote, base) = (quote / divisor, base / divisor) }
        var power: Int128 = 1
        for _ in 0..<abs(resolution) { power *= 10 }
        let (upper, lower) = resolution < 0 ? (power, Int128(1)) : (1, power)
        let (numerator, overflows) = quote.multipliedReportingOverflow(by: upper)
        let (denominator, overflowsToo) = base.multipliedReportingOverflow(by: lower)
        guard !overflows, !overflowsToo, numerator % denominator == 0 else {
            return .number(Double(quote) * Double(upper) / (Double(base) * Double(lower)))
        }
        return .whole(numerator / denominator)
    }

    private static let riskOrder = CaseRule(name: "riskOrder") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["first", "second"])
        func risk(_ key: String) throws(UnreadableCase) -> DydxRisk {
            let own = try fields.object(key, keys: ["netCollateral", "maintenanceMargin"])
            return DydxRisk(
                netCollateral: try own.whole("netCollateral"), maintenanceMargin: try own.whole("maintenanceMargin"))
        }
        let (first, second) = (try risk("first"), try risk("second"))
        return .table([
            "firstIsRiskier": .flag(first.isRiskier(than: second)),
            "secondIsRiskier": .flag(second.isRiskier(than: first)),
        ])
    }
}
