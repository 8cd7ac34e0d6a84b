import MarginMethods
import MarginWire

/// Rules of schedules by slices: OKX's minimum charge and stablecoin hedges, and haircuts of collateral.
enum SliceRule {
    static var rules: [CaseRule] { [minimumCharge, slices, haircuts] }

    /// `[[bound, rate], …, [rate]]`.
    private static func tiers(_ fields: CaseFields) throws(UnreadableCase) -> MarginalTiers {
        let value = try fields.needed("tiers")
        guard case .list(let list) = try ParameterTree(value, at: fields.path(of: "tiers")) else {
            throw fields.wrong("tiers", "expected a list of [bound, rate]")
        }
        do { return try MarginalTiers(list, at: "tiers", rates: 0...1000) } catch {
            throw fields.wrong("tiers", "\(error)")
        }
    }

    /// MR7: `max(requirement, scaled raw charge)`.
    private static let minimumCharge = CaseRule(name: "minimumCharge") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["tiers", "rawCharge", "requirement"])
        let charge = OkxMinimumCharge(try tiers(fields))
        let raw = try fields.number("rawCharge")
        return .table([
            "minimumCharge": .number(charge.scaled(raw)),
            "requirement": .number(charge.floored(try fields.number("requirement", omitted: 0), raw: raw)),
        ])
    }

    /// What a schedule makes of an amount, as in MR9.
    private static let slices = CaseRule(name: "slices") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["tiers", "amount"])
        return .table(["charge": .number(try tiers(fields).amount(of: try fields.number("amount")))])
    }

    /// What collateral counts for against a debt.
    private static let haircuts = CaseRule(name: "haircuts") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["collateral", "debt"])
        _ = try fields.needed("collateral")
        var credits: [CaseFigures] = []
        var credit = 0.0
        for held in try fields.objects("collateral", keys: ["name", "value", "tiers"]) {
            let counted = try tiers(held).amount(of: try held.number("value"))
            credit += counted
            credits.append(.table(["name": .word(try held.text("name")), "credit": .number(counted)]))
        }
        let debt = try fields.number("debt", omitted: 0)
        return .table([
            "collateral": .list(credits), "credit": .number(credit), "debt": .number(debt),
            "covers": .flag(credit >= debt),
        ])
    }
}
