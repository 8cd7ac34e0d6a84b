import MarginMethods
import MarginWire

/// A rule of a method whose figures are published by themselves: the whole margin of an account, or a step of it.
///
/// A case of a conformance file names its rule and gives its inputs. docs/conformance.md lists what each takes and gives.
struct CaseRule: Sendable {
    let name: String
    /// The rule's figures, from the value under `given`.
    let figures: @Sendable (JSONValue, JSONPath) throws(UnreadableCase) -> CaseFigures

    /// What a case's rule is when it names none.
    static let margin = "margin"

    /// All rules of a method, ready to answer.
    ///
    /// - Parameters:
    ///   - risk: a file of parameters instead of the published ones.
    /// - Throws: ``UnreadableCase`` if there is no such method or no parameters of it, ``ConfigurationFaults`` for its file.
    static func all(of method: String, risk: String?) throws -> [CaseRule] {
        if let rules = fixed[method] {
            guard risk == nil else { throw UnreadableCase(explanation: "\(method) has no parameters") }
            return rules
        }
        let model = try CaseModel.published(method, risk: risk)
        return [margin(under: model)] + own(of: model)
    }

    /// Every method that has rules.
    static var methods: [String] { CaseModel.names + fixed.keys.sorted() }

    /// What is no margin method and has no parameters of its own.
    private static let fixed = [BlackRule.method: BlackRule.rules, MangoRule.method: MangoRule.rules]

    private static func own(of model: CaseModel) -> [CaseRule] {
        guard case .method(let parameters) = model else { return [] }
        switch parameters.method {
        case is DerivePortfolio, is DeriveStandard: return [auction]
        case is DeribitPortfolio: return [deribitMatrix(under: parameters)]
        case is DydxPerpetual: return DydxRule.rules
        case is OkxRange: return SliceRule.rules
        case is SpanMargin: return SpanRule.rules
        case is ExpectedShortfall: return [tail]
        default: return []
        }
    }
}

extension CaseModel {
    /// A model under the parameters that its cases are published with: a method's own, without any file.
    static func published(_ name: String, risk: String?) throws -> CaseModel {
        guard risk == nil, let type = MethodRegistry.method(named: name) else { return try load(name, risk: risk) }
        return .method(try MethodParameters(MethodFile(version: 1, parameters: .empty), of: type))
    }
}
