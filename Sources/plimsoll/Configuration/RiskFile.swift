import Foundation
import MarginDomain
import Yams

/// Bootstrap risk parameters as read from `config/risk/*.yaml`: named by symbol, since assets get their numbers later.
struct RiskFile: Equatable, Sendable {
    var version: ParameterVersion
    /// Values that hold for every asset.
    var shared: [Entry] = []
    /// Values of one asset, by symbol; `default` under `collateral` is for every other one.
    var bySymbol: [String: [Entry]] = [:]

    /// One value: a key of the model's parameters, its place in a list, billionths.
    struct Entry: Equatable, Sendable {
        var key: String
        var index: UInt16
        var value: Ratio
    }

    /// - Throws: ``ConfigurationFaults`` naming file, line and key.
    static func load(_ path: String) throws -> RiskFile {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw ConfigurationFaults(faults: [
                ConfigurationFault(file: path, key: "", explanation: "cannot be read: \(error.localizedDescription)")
            ])
        }
        var reader = RiskFileReader(file: path)
        return try reader.read(text)
    }
}

/// Walks the YAML of a risk file, collecting every fault on the way.
struct RiskFileReader {
    let file: String
    private var faults: [ConfigurationFault] = []
    private var result = RiskFile(version: ParameterVersion(0))

    init(file: String) { self.file = file }

    private static let sections: [String: Set<String>] = [
        "scan": [
            "tails", "tailDamping", "volUp", "volDown", "shortPower", "longPowerFlat", "longPowerSteep",
            "volatilityFloor", "kappa", "halfStepDays",
        ],
        "factors": ["maintenance", "release", "initial"],
        "addOns": [
            "skewCap", "skewWidth", "skewWidthMin", "nakedShort", "nakedShortInitialExtra", "minimumDeltaGross",
            "minimumDeltaNet", "stablecoinMaintenance", "stablecoinInitial", "liquidationFee", "confidenceThreshold",
            "confidenceMargin", "slowPricePerSecond", "slowPriceBand", "fundingCap", "liquiditySlope", "liquidityCap",
            "concentrationFree", "concentrationFloor", "concentrationSlope", "concentrationCap", "volatilityAge",
            "volatilityAgeMargin",
        ],
        "lifeCycle": ["warningFactor", "hysteresis", "callSeconds", "liquidationPriceBand"],
        "governance": ["approvals"],
        "dynamics": [
            "dynamicMultiple", "dynamicDecay", "dynamicLimit", "dynamicRise", "dynamicFall", "stressedWeight",
        ],
    ]
    private static let underlyingKeys: Set<String> = [
        "range", "window", "basisFloor", "basisPerYear", "stressedRange",
    ]
    private static let collateralKeys: Set<String> = ["tiers", "liabilityHaircut", "initialHaircut"]

    mutating func read(_ text: String) throws -> RiskFile {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw ConfigurationFaults(faults: [ConfigurationFault(file: file, key: "", explanation: "\(error)")])
        }
        for (key, value) in pairs(of: node, "") { readSection(key, value) }
        if result.version.rawValue == 0 {
            faults.append(ConfigurationFault(file: file, key: "version", explanation: "give a version from 1"))
        }
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return result
    }

    private mutating func readSection(_ key: Node, _ value: Node) {
        let name = key.string ?? "?"
        switch name {
        case "version":
            if let number = value.int.flatMap({ UInt32(exactly: $0) }) {
                result.version = ParameterVersion(number)
            } else {
                fault(value, name, "expected a whole number")
            }
        case "model":
            if value.string != "plimsoll" { fault(value, name, "the only model so far is plimsoll") }
        case "underlyings":
            for (symbol, terms) in pairs(of: value, name) {
                let path = "underlyings.\(symbol.string ?? "?")"
                result.bySymbol[symbol.string ?? "?", default: []] += readTerms(terms, path, Self.underlyingKeys)
            }
        case "collateral":
            for (symbol, terms) in pairs(of: value, name) {
                let entries = readTerms(terms, "collateral.\(symbol.string ?? "?")", Self.collateralKeys)
                if symbol.string == "default" {
                    result.shared += entries
                } else {
                    result.bySymbol[symbol.string ?? "?", default: []] += entries
                }
            }
        default:
            guard let known = Self.sections[name] else { return fault(key, name, "unknown key") }
            result.shared += readTerms(value, name, known)
        }
    }

    private mutating func readTerms(_ node: Node, _ path: String, _ known: Set<String>) -> [RiskFile.Entry] {
        var entries: [RiskFile.Entry] = []
        for (key, value) in pairs(of: node, path) {
            let name = key.string ?? "?"
            guard known.contains(name) else {
                fault(key, "\(path).\(name)", "unknown key")
                continue
            }
            if name == "tiers" {
                entries += readTiers(value, "\(path).tiers")
            } else if let items = value.sequence {
                for (index, item) in items.enumerated() {
                    entries += readValue(item, "\(path).\(name)", key: name, index: UInt16(clamping: index))
                }
            } else {
                entries += readValue(value, "\(path).\(name)", key: name, index: 0)
            }
        }
        return entries
    }

    private mutating func readTiers(_ node: Node, _ path: String) -> [RiskFile.Entry] {
        var entries: [RiskFile.Entry] = []
        for (index, tier) in (node.sequence.map(Array.init) ?? []).enumerated() {
            guard let pair = tier.sequence, pair.count == 2, let first = pair.first, let last = pair.last else {
                fault(tier, path, "a tier is [value up to, haircut]")
                continue
            }
            entries += readValue(first, path, key: "tierBound", index: UInt16(clamping: index))
            entries += readValue(last, path, key: "tierHaircut", index: UInt16(clamping: index))
        }
        return entries
    }

    private mutating func readValue(_ node: Node, _ path: String, key: String, index: UInt16) -> [RiskFile.Entry] {
        guard let text = node.scalar?.string, let value = Self.billionths(text) else {
            fault(node, path, "expected a number with at most nine decimals")
            return []
        }
        return [RiskFile.Entry(key: key, index: index, value: value)]
    }

    /// A decimal as billionths, exactly; `all` and `.inf` have their own meanings.
    static func billionths(_ text: String) -> Ratio? {
        if text == "all" { return Ratio(8 * Ratio.scale) }
        if text == ".inf" { return Ratio(.max) }
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" || $0 == "+" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int64(parts[0]), parts[0].allSatisfy(\.isNumber) else {
            return nil
        }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.count <= 9, decimals.allSatisfy(\.isNumber),
            let fraction = Int64(decimals.padding(toLength: 9, withPad: "0", startingAt: 0))
        else { return nil }
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: Ratio.scale)
        guard !overflow, scaled <= .max - fraction else { return nil }
        return Ratio(isNegative ? -(scaled + fraction) : scaled + fraction)
    }

    private mutating func pairs(of node: Node?, _ path: String) -> [(Node, Node)] {
        guard let mapping = node?.mapping else {
            faults.append(
                ConfigurationFault(file: file, line: node?.mark?.line, key: path, explanation: "expected a mapping"))
            return []
        }
        return mapping.map { ($0.key, $0.value) }
    }

    private mutating func fault(_ node: Node, _ key: String, _ explanation: String) {
        faults.append(ConfigurationFault(file: file, line: node.mark?.line, key: key, explanation: explanation))
    }
}
