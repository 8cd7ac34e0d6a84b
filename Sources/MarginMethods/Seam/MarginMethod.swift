public import MarginModel

/// A published way of computing margin from a whole account: what a pool names when it does not use the default model.
///
/// A method is a value, its parameters. It is pure: the same question gives the same answer to the bit.
public protocol MarginMethod: Sendable {
    /// The name in configuration, cases and answers, such as `derive-portfolio`.
    static var name: String { get }

    /// What a live pool's question says beside holdings and market; what it does not say the method never refuses.
    static var facts: QuestionFacts { get }

    /// - Parameter parameters: the method's own names, as in `config/risk/`; what is missing keeps its default.
    /// - Throws: the first name that does not exist, or value that is out of range.
    init(_ parameters: ParameterTree) throws(MethodFault)

    /// The parameters with other values for those that a tree names.
    func overridden(by parameters: ParameterTree) throws(MethodFault) -> Self

    /// Answers in dollars.
    ///
    /// - Throws: what in the question the method cannot use, by name. Never answers with a number that is not finite.
    func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer

    /// What is behind an answer, for whoever asks why.
    func detail(of question: MarginCase) throws(MethodFault) -> MethodDetail
}

extension MarginMethod {
    /// Nothing: most methods have no rule for orders, and none for open interest.
    public static var facts: QuestionFacts { [] }
}
