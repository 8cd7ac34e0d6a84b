import MarginMethods
import MarginModel
import MarginWire

/// A margin model with its parameters, ready for cases: the default model or one of the methods.
enum CaseModel {
    case plimsoll(CaseParameters)
    case method(MethodParameters)

    /// The name of the default model.
    static let standardName = "plimsoll"

    /// Every name that `--model` may have.
    static var names: [String] { [standardName] + MethodRegistry.names }

    /// - Parameters:
    ///   - name: one of ``names``.
    ///   - risk: its parameter file; nil = the model's own in `config/risk`.
    ///   - history: daily closes, for the method that simulates the past.
    /// - Throws: ``UnreadableCase`` if there is no such model, ``ConfigurationFaults`` for its file.
    static func load(_ name: String, risk: String?, history: String? = nil) throws -> CaseModel {
        let risk = risk ?? "config/risk/\(name).yaml"
        guard name != standardName else {
            do { return .plimsoll(try CaseParameters(try RiskFile.load(risk))) } catch let error as UnreadableCase {
                throw refusal(risk, error.explanation)
            }
        }
        guard let type = MethodRegistry.method(named: name) else {
            throw UnreadableCase(
                explanation: "--model \(name): there is no such model; there is \(names.joined(separator: ", "))")
        }
        let file = try MethodFile.load(risk, of: name)
        var parameters: MethodParameters
        do throws(MethodFault) { parameters = try MethodParameters(file, of: type) } catch {
            throw refusal(risk, "\(error)")
        }
        if let shortfall = parameters.method as? ExpectedShortfall {
            let grid = try CaseParameters(try RiskFile.load("config/risk/\(standardName).yaml"))
            parameters.method = shortfall.given(
                history: try history.map { try ClosesFile($0).history() } ?? shortfall.history,
                grid: DefaultGrid(grid.set, symbols: grid.symbols))
        }
        return .method(parameters)
    }

    private static func refusal(_ file: String, _ explanation: String) -> ConfigurationFaults {
        ConfigurationFaults(faults: [ConfigurationFault(file: file, key: "", explanation: explanation)])
    }

    /// Answers a case.
    ///
    /// - Parameter depth: whether the answer has what is behind it; the default model has nothing more to say.
    /// - Throws: what in it cannot be read or used, by key or name.
    func reply(
        to value: JSONValue, at path: JSONPath = JSONPath(), _ depth: CaseReply.Depth = .components
    ) throws(UnreadableCase) -> CaseReply {
        let fields = try CaseFields(value, at: path, keys: MarginCase.keys)
        let question = try MarginCase(fields)
        var reply: CaseReply
        switch self {
        case .plimsoll(let shared):
            try UnusedInputs.refuse(in: value, of: question, at: path)
            reply = try Self.reply(to: question, fields, shared)
        case .method(let shared): reply = try Self.reply(to: question, fields, shared, depth)
        }
        reply.settlements = question.settlementPrices.map { CaseReply.Settlement($0.asset, $0.price, reply) }
        return reply
    }

    private static func reply(
        to question: MarginCase, _ fields: CaseFields, _ shared: CaseParameters
    ) throws(UnreadableCase) -> CaseReply {
        var parameters = shared
        if let own = fields.value("parameters") {
            parameters = try shared.overridden(by: try RiskFile(overrides: own, at: fields.path(of: "parameters")))
        }
        do {
            let answer = try question.answer(under: parameters.set, symbols: parameters.symbols)
            return CaseReply(answer, model: standardName, parametersVersion: parameters.version)
        } catch { throw UnreadableCase(explanation: "\(error)") }
    }

    private static func reply(
        to question: MarginCase, _ fields: CaseFields, _ shared: MethodParameters, _ depth: CaseReply.Depth
    ) throws(UnreadableCase) -> CaseReply {
        var parameters = shared
        if let own = fields.value("parameters") {
            parameters = try shared.overridden(by: own, at: fields.path(of: "parameters"))
        }
        let name = type(of: parameters.method).name
        guard question.agreement == .oneOwner else {
            throw fields.wrong("pool", "mutual pools are not supported by the method \(name)")
        }
        do throws(MethodFault) {
            let answer = try parameters.method.answer(question)
            var reply = CaseReply(answer, name: question.name, model: name, parametersVersion: parameters.version)
            reply.greeks = question.greeks.map(CaseReply.Greeks.init)
            if depth == .detail {
                reply.detail = CaseReply.Detail(try parameters.method.detail(of: question), answer)
            }
            return reply
        } catch { throw UnreadableCase(explanation: "\(error)") }
    }
}
