public import MarginModel

/// A question whose answer somebody published, with the parameters under which it was computed.
///
/// Published figures are margin balances: equity less requirement, positive = healthy.
public struct PublishedCase: Equatable, Sendable {
    /// As its publisher calls it.
    public var name: String
    public var question: MarginCase
    /// Over the method's own.
    public var parameters: ParameterTree
    /// Expected initial-margin balance, in dollars.
    public var initialBalance: Double
    /// Expected maintenance-margin balance, in dollars.
    public var maintenanceBalance: Double

    public init(
        name: String, question: MarginCase, parameters: ParameterTree = .empty, initialBalance: Double,
        maintenanceBalance: Double
    ) {
        self.name = name
        self.question = question
        self.parameters = parameters
        self.initialBalance = initialBalance
        self.maintenanceBalance = maintenanceBalance
    }
}
