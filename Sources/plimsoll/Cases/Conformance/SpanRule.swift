import MarginMethods
import MarginWire

/// Rules of SPAN on risk arrays, as clearing houses and textbooks publish their examples.
enum SpanRule {
    static var rules: [CaseRule] { [scenarios, requirement] }

    /// What one unit that is settled daily loses in the sixteen scenarios.
    private static let scenarios = CaseRule(name: "scenarios") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["priceScanRange", "extremeMultiple", "extremeCover"])
        let range = try fields.number("priceScanRange")
        let scenarios = try scenarios(fields)
        return .table([
            "losses": .numbers(scenarios.map { -$0.cover * $0.priceMove * range }),
            "gains": .numbers(scenarios.map { $0.cover * $0.priceMove * range }),
        ])
    }

    private static func scenarios(_ fields: CaseFields) throws(UnreadableCase) -> [SpanScenario] {
        SpanScenario.all(
            extremeMultiple: try fields.number("extremeMultiple", omitted: 2),
            extremeCover: try fields.number("extremeCover", omitted: 0.35))
    }

    /// The requirement of commodities whose positions come with their risk arrays.
    private static let requirement = CaseRule(name: "requirement") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["commodities", "commoditySpreads", "ratio"])
        _ = try fields.needed("commodities")
        var tree: [String: ParameterTree] = [:]
        if let spreads = try fields.tree("commoditySpreads") { tree["commoditySpreads"] = spreads }
        let own = try fields.objects("commodities", keys: ["name", "spot", "terms", "positions"])
        var terms: [String: ParameterTree] = [:]
        for commodity in own {
            let name = try commodity.text("name")
            guard terms[name] == nil else { throw commodity.wrong("name", "\(name) stands twice") }
            terms[name] = try commodity.tree("terms") ?? .empty
        }
        tree["commodities"] = .table(terms)
        let method: SpanMargin
        do { method = try SpanMargin().overridden(by: .table(tree)) } catch {
            throw fields.wrong("commodities", "\(error)")
        }
        var risks: [SpanCommodityRisk] = []
        for commodity in own {
            let name = try commodity.text("name")
            guard let terms = method.commodities[name] else { throw commodity.wrong("name", "no terms") }
            risks.append(
                SpanCommodityRisk(
                    name, try positions(commodity), terms, spot: try commodity.number("spot", omitted: 1)))
        }
        let requirement = SpanRequirement(risks, spreads: method.commoditySpreads)
        return .table([
            "total": .number(requirement.total(ratio: try fields.number("ratio", omitted: 1))),
            "risk": .number(requirement.risk), "netOptionValue": .number(requirement.netOptionValue),
            "commodities": .list(requirement.commodities.map(figures)),
        ])
    }

    private static func figures(_ risk: SpanCommodityRisk) -> CaseFigures {
        .table([
            "name": .word(risk.commodity), "losses": .numbers(risk.losses), "gains": .numbers(risk.losses.map { -$0 }),
            "scan": .number(risk.scan), "scenario": risk.scenario.map { .whole(Int128($0)) } ?? .nothing,
            "netDelta": .number(risk.netDelta), "timeSpreadCharge": .number(risk.timeSpreadCharge),
            "spreadCredit": .number(risk.spreadCredit), "shortOptionMinimum": .number(risk.shortOptionMinimum),
            "netOptionValue": .number(risk.netOptionValue), "risk": .number(risk.risk),
        ])
    }

    private static func positions(_ commodity: CaseFields) throws(UnreadableCase) -> [SpanPosition] {
        var positions: [SpanPosition] = []
        let keys = ["size", "losses", "gains", "priceScanRange", "delta", "days", "optionValue", "type"]
        for fields in try commodity.objects("positions", keys: keys) {
            let losses: [Double]
            let given = ["losses", "gains", "priceScanRange"].filter { fields.value($0) != nil }
            guard given.count == 1 else { throw fields.wrong("losses", "give losses, gains or a priceScanRange") }
            if let range = try fields.givenNumber("priceScanRange") {
                losses = SpanScenario.all(extremeMultiple: 2, extremeCover: 0.35).map {
                    -$0.cover * $0.priceMove * range
                }
            } else if fields.value("gains") != nil {
                losses = try fields.numbers("gains").map { -$0 }
            } else {
                losses = try fields.numbers("losses")
            }
            guard losses.count == SpanScenario.count else {
                throw fields.wrong("losses", "\(losses.count) scenarios, not \(SpanScenario.count)")
            }
            var isCall = true
            if fields.value("type") != nil { isCall = try fields.isFirst(of: ("call", "put"), "type") }
            positions.append(
                SpanPosition(
                    quantity: try fields.number("size"),
                    array: SpanRiskArray(losses: losses, delta: try fields.number("delta", omitted: 1)),
                    days: try fields.number("days", omitted: 0), optionValue: try fields.givenNumber("optionValue"),
                    isCall: isCall))
        }
        return positions
    }
}
