internal import MarginModel

/// All that the members of a case hold together, each position beside its market: what the venues' methods revalue.
struct Account {
    /// What everything is valued in.
    static let numeraire = "USD"

    let question: MarginCase
    let cash: Double
    let collateral: [MarginCase.Collateral]
    private(set) var marked: [MarkedPosition] = []
    private(set) var options: [OptionPosition] = []
    private(set) var orders: [AccountOrder] = []

    /// - Throws: what is missing from the market, is no usable number, or is a mutual pool.
    init(_ question: MarginCase) throws(MethodFault) {
        try question.checkNumbers()
        guard question.agreement == .oneOwner else { throw .unsupported("mutual pools") }
        self.question = question
        let whole = question.whole
        cash = whole.cash
        collateral = whole.collateral
        for held in collateral { if let symbol = held.underlying { _ = try question.market(of: symbol) } }
        for terms in whole.marked where terms.size != 0 || terms.unsettledFunding != 0 {
            marked.append(try MarkedPosition(terms, in: question))
        }
        for terms in whole.options where terms.size != 0 { options.append(try OptionPosition(terms, in: question)) }
        for order in whole.orders {
            switch order.leg {
            case .marked(let terms): orders.append(.marked(try MarkedPosition(terms, in: question)))
            case .option(let terms): orders.append(.option(try OptionPosition(terms, in: question)))
            }
        }
    }

    /// Symbols of underlyings with a position or a coin balance, in order.
    var underlyings: [String] {
        var names = Set(marked.map(\.terms.underlying))
        names.formUnion(options.map(\.terms.underlying))
        names.formUnion(collateral.compactMap(\.underlying))
        return names.sorted()
    }
}

/// An order that may fill, as the position it would add.
enum AccountOrder {
    case marked(MarkedPosition)
    case option(OptionPosition)
}
