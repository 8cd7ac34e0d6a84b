/// What a margin method wants to know of a live pool beside its holdings and their market.
public struct QuestionFacts: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What waits in the market, for methods that have a rule for it.
    public static let orders = QuestionFacts(rawValue: 1)
    /// What all that are long have of the perpetuals, for methods whose margin grows with it.
    public static let openInterest = QuestionFacts(rawValue: 2)
}
