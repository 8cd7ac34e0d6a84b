public import MarginDomain
public import MarginModel

/// The default model beside a historical method: its parameters, given as data.
public struct DefaultGrid: Equatable, Sendable {
    public let parameters: ParameterSet
    /// The asset that each symbol stands for in them.
    public let symbols: [String: AssetID]

    public init(_ parameters: ParameterSet, symbols: [String: AssetID]) {
        self.parameters = parameters
        self.symbols = symbols
    }

    func answer(_ question: MarginCase) throws(MethodFault) -> CaseAnswer {
        do { return try question.answer(under: parameters, symbols: symbols) } catch {
            throw .unsupported("the default model's part: \(error)")
        }
    }
}
