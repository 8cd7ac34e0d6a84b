/// Every margin method by name: what a pool, a case or a command can choose beside the default model.
public enum MethodRegistry {
    /// One line a method, in the order of the alphabet.
    public static let methods: [any MarginMethod.Type] = [
        DeribitPortfolio.self,
        DerivePortfolio.self,
        DeriveStandard.self,
        DydxPerpetual.self,
        ExpectedShortfall.self,
        OkxRange.self,
        SpanMargin.self,
    ]

    /// In order.
    public static var names: [String] { methods.map { $0.name } }

    /// The method of that name; nil if there is none.
    public static func method(named name: String) -> (any MarginMethod.Type)? {
        methods.first { $0.name == name }
    }
}
