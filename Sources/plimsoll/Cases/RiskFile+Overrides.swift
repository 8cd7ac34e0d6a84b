import MarginDomain
import MarginModel
import MarginWire

/// The `parameters` of a case: a risk file's names, with or without the sections `scan`, `factors`, `addOns`,
/// `lifeCycle` and `governance`, and its sections `underlyings` and `collateral`. Only what differs from the file is there.
extension RiskFile {
    init(overrides: JSONValue, at path: JSONPath) throws(UnreadableCase) {
        self.init(version: ParameterVersion(0))
        for member in try overrides.members(at: path) {
            let path = path.appending(.key(member.key))
            switch member.key {
            case "scan", "factors", "addOns", "lifeCycle", "governance":
                shared += try Self.entries(of: member.value, .everything, at: path)
            case "underlyings":
                for terms in try member.value.members(at: path) {
                    bySymbol[terms.key, default: []] += try Self.entries(
                        of: terms.value, .underlying, at: path.appending(.key(terms.key)))
                }
            case "collateral":
                for terms in try member.value.members(at: path) {
                    let entries = try Self.entries(
                        of: terms.value, .collateral, at: path.appending(.key(terms.key)))
                    if terms.key == "default" { shared += entries } else { bySymbol[terms.key, default: []] += entries }
                }
            default: shared += try Self.entries(of: member, .everything, at: path)
            }
        }
    }

    private static func entries(
        of section: JSONValue, _ scope: ParameterKey.Scope, at path: JSONPath
    ) throws(UnreadableCase) -> [Entry] {
        var entries: [Entry] = []
        for member in try section.members(at: path) {
            entries += try self.entries(of: member, scope, at: path.appending(.key(member.key)))
        }
        return entries
    }

    private static func entries(
        of member: JSONMember, _ scope: ParameterKey.Scope, at path: JSONPath
    ) throws(UnreadableCase) -> [Entry] {
        if scope == .collateral, member.key == "tiers" { return try tiers(member.value, at: path) }
        guard let key = ParameterKey(rawValue: member.key), key.scope == scope, !key.isList || key == .tails else {
            throw member.value.wrong(path, "unknown key: the model plimsoll has no such parameter here")
        }
        guard key.isList else { return [try entry(key, 0, member.value, at: path)] }
        var entries: [Entry] = []
        for (place, value) in try member.value.elements(at: path).enumerated() {
            entries.append(try entry(key, place, value, at: path.appending(.element(place))))
        }
        return entries
    }

    /// Pairs of a bound and a haircut.
    private static func tiers(_ list: JSONValue, at path: JSONPath) throws(UnreadableCase) -> [Entry] {
        var entries: [Entry] = []
        for (place, tier) in try list.elements(at: path).enumerated() {
            let path = path.appending(.element(place))
            let pair = try tier.elements(at: path)
            guard pair.count == 2 else { throw tier.wrong(path, "a tier is [value up to, haircut]") }
            entries.append(try entry(.tierBound, place, pair[0], at: path.appending(.element(0))))
            entries.append(try entry(.tierHaircut, place, pair[1], at: path.appending(.element(1))))
        }
        return entries
    }

    /// Numbers are taken to the nearest billionth; `all` and `.inf` mean what they mean in the file.
    private static func entry(
        _ key: ParameterKey, _ place: Int, _ value: JSONValue, at path: JSONPath
    ) throws(UnreadableCase) -> Entry {
        let ratio: Ratio
        switch (key, value.content) {
        case (.window, .text("all")): ratio = Ratio(Int64(UnderlyingParameters.wholeWindow) * Ratio.scale)
        case (.tierBound, .text(".inf")): ratio = Ratio(.max)
        default:
            let number = try value.number(at: path)
            guard key.range.contains(number), abs(number) < 9e9 else {
                throw value.wrong(path, "\(number) is outside of \(key.range)")
            }
            ratio = Ratio(Int64((number * Double(Ratio.scale)).rounded()))
        }
        return Entry(key: key.rawValue, index: UInt16(clamping: place), value: ratio)
    }
}
