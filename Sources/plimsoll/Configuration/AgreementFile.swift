import Foundation
import MarginDomain
import MarginMethods
import MarginModel
import Yams

/// A term sheet as read from `config/agreements/*.yaml`: how the members of a pool combine, and what margins it.
struct AgreementFile: Equatable, Sendable {
    var name: String
    var agreement: MarginCase.Agreement
    /// The margin method of its pools as the sheet names it; empty where it names none: the default model.
    var model: Symbol
    /// Of the signed text, in lower-case hexadecimal; empty among affiliates.
    var termsDigest: String

    /// - Throws: ``ConfigurationFaults`` naming file, line and key of every mistake.
    static func load(_ path: String) throws -> AgreementFile {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw ConfigurationFaults(faults: [
                ConfigurationFault(file: path, key: "", explanation: "cannot be read: \(error.localizedDescription)")
            ])
        }
        var reader = AgreementReader(file: path)
        return try reader.read(text)
    }
}

/// Walks a term sheet, collecting every fault on the way.
private struct AgreementReader {
    let file: String
    private var values: [String: Node] = [:]
    private var faults: [ConfigurationFault] = []

    init(file: String) { self.file = file }

    private static let commonKeys: Set<String> = ["name", "kind", "model"]
    private static let mutualKeys: Set<String> = [
        "affiliates", "termsDigest", "betaMax", "contributionShare", "pledgeMultiple", "ringFenceUtilisation",
        "ringFenceTail", "coverTwoAbove", "rampHours", "exitNoticeHours", "contributionHoldHours",
    ]
    /// Longer times are a mistake.
    private static let hoursMax: Int32 = 8784

    mutating func read(_ text: String) throws -> AgreementFile {
        collect(text)
        let name = values["name"]?.string ?? ""
        if name.isEmpty { fault("name", "give the agreement a name") }
        let agreement: MarginCase.Agreement
        switch values["kind"]?.string {
        case "oneOwner":
            for key in values.keys.sorted() where Self.mutualKeys.contains(key) {
                fault(key, "one owner's accounts are netted and have no such term")
            }
            agreement = .oneOwner
        case "mutual": agreement = mutual().map { .mutual($0) } ?? .oneOwner
        default:
            fault("kind", "expected oneOwner or mutual")
            agreement = .oneOwner
        }
        let model = model()
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return AgreementFile(
            name: name, agreement: agreement, model: model, termsDigest: values["termsDigest"]?.string ?? "")
    }

    /// What an engine would refuse of a model, said before anybody signs: docs/event-rules.md §2, `PoolAgreement`.
    private mutating func model() -> Symbol {
        guard let node = values["model"] else { return .empty }
        let name = node.scalar?.string ?? ""
        let isPublished = MethodRegistry.method(named: name) != nil
        guard let model = Symbol(name), isPublished || model == .defaultModel else {
            let names = ["\(Symbol.defaultModel)"] + MethodRegistry.names
            fault("model", "there is no margin method \"\(name)\" for pools: expected \(names.joined(separator: ", "))")
            return .empty
        }
        if isPublished, values["kind"]?.string == "mutual" {
            fault("model", "mutual pools have the default model, not \(name)")
        }
        return model
    }

    private mutating func collect(_ text: String) {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { return fault("", "\(error)") }
        guard let mapping = node?.mapping else { return fault("", "expected a mapping") }
        for (key, value) in mapping {
            let name = key.string ?? "?"
            if Self.commonKeys.contains(name) || Self.mutualKeys.contains(name) {
                values[name] = value
            } else {
                faults.append(
                    ConfigurationFault(file: file, line: key.mark?.line, key: name, explanation: "unknown key"))
            }
        }
    }

    private mutating func mutual() -> MutualTerms? {
        let affiliates = flag("affiliates")
        checkDigest(affiliates)
        let betaMax = ratio("betaMax")
        let share = ratio("contributionShare") ?? MutualTerms.contributionShare
        let multiple = ratio("pledgeMultiple") ?? MutualTerms.pledgeMultiple
        let utilisation = ratio("ringFenceUtilisation") ?? MutualTerms.ringFenceUtilisation
        let tail = ratio("ringFenceTail") ?? MutualTerms.ringFenceTail
        let coverTwoAbove = whole("coverTwoAbove", omitted: MutualTerms.coverTwoAbove)
        let ramp = hours("rampHours", omitted: MutualTerms.ramp)
        let notice = hours("exitNoticeHours", omitted: MutualTerms.exitNotice)
        let hold = hours("contributionHoldHours", omitted: MutualTerms.contributionHold)
        do {
            return try MutualTerms(
                betaMax: betaMax, affiliates: affiliates, contributionShare: share, pledgeMultiple: multiple,
                ringFenceUtilisation: utilisation, ringFenceTail: tail, coverTwoAbove: Int(coverTwoAbove), ramp: ramp,
                exitNotice: notice, contributionHold: hold)
        } catch {
            fault(error.key, "\(error)")
            return nil
        }
    }

    private mutating func checkDigest(_ affiliates: Bool) {
        let digest = values["termsDigest"]?.string ?? ""
        if digest.isEmpty, !affiliates { fault("termsDigest", "\(MutualTermsFault.unsigned)") }
        if !digest.isEmpty, digest.count != 64 || !digest.allSatisfy({ "0123456789abcdef".contains($0) }) {
            fault("termsDigest", "expected the SHA-256 of the signed text: 64 lower-case hexadecimal digits")
        }
    }

    private mutating func flag(_ key: String) -> Bool {
        guard let node = values[key] else { return false }
        if node.bool == nil { fault(key, "expected true or false") }
        return node.bool ?? false
    }

    private mutating func ratio(_ key: String) -> Ratio? {
        guard let node = values[key] else { return nil }
        guard let ratio = node.scalar.flatMap({ RiskFileReader.billionths($0.string) }) else {
            fault(key, "expected a number with at most nine decimals")
            return nil
        }
        return ratio
    }

    private mutating func whole(_ key: String, omitted: Int) -> Int32 {
        guard let node = values[key] else { return Int32(omitted) }
        guard let number = node.int.flatMap({ Int32(exactly: $0) }) else {
            fault(key, "expected a whole number")
            return Int32(omitted)
        }
        return number
    }

    private mutating func hours(_ key: String, omitted: Duration64) -> Duration64 {
        guard values[key] != nil else { return omitted }
        let hours = whole(key, omitted: 0)
        if hours > Self.hoursMax { fault(key, "more than \(Self.hoursMax) hours") }
        return .seconds(min(hours, Self.hoursMax) * 3600)
    }

    private mutating func fault(_ key: String, _ explanation: String) {
        faults.append(
            ConfigurationFault(file: file, line: values[key]?.mark?.line, key: key, explanation: explanation))
    }
}

extension MutualTermsFault {
    /// The key of a term sheet that is to blame.
    fileprivate var key: String {
        switch self {
        case .outOfRange(let term, _): term.rawValue
        case .negativeTime(let term): "\(term.rawValue)Hours"
        case .coverTwoAbove: "coverTwoAbove"
        case .notMutual: "kind"
        case .unsigned: "termsDigest"
        }
    }
}
