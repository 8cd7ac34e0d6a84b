import MarginModel
import MarginWire

extension MarginCase.Order {
    static let keys = ["instrument", "size", "price"]
    private static let instrumentKeys = [
        "perpetual", "future", "option", "settlement", "secondsToExpiry", "mark", "strike", "type", "impliedVolatility",
    ]

    /// - Parameter member: whose order it is; a future's mark and an option's volatility may stand with a position.
    init(
        _ fields: CaseFields, beside member: MarginCase.Member, in market: [MarginCase.Underlying]
    ) throws(UnreadableCase) {
        let size = try fields.number("size")
        let price = try fields.number("price")
        let instrument = try CaseFields(
            try fields.needed("instrument"), at: fields.path(of: "instrument"), keys: Self.instrumentKeys)
        let kinds = ["perpetual", "future", "option"].filter { instrument.value($0) != nil }
        guard kinds.count == 1, let kind = kinds.first else {
            throw fields.wrong("instrument", "an order is in one perpetual, future or option")
        }
        let symbol = try instrument.text(kind)
        guard let underlying = market.first(where: { $0.symbol == symbol }) else {
            throw instrument.wrong(kind, "\(symbol) is not in the market")
        }
        let isInverse = try instrument.isInverse()
        guard kind != "option" else {
            let option = try MarginCase.Option(
                ordered: instrument, of: underlying, isInverse: isInverse, size: size, beside: member)
            self.init(leg: .option(option), price: price)
            return
        }
        var marked = MarginCase.Marked(underlying: symbol, isInverse: isInverse, size: size, entryPrice: price)
        if kind == "future" {
            let seconds = try instrument.number("secondsToExpiry")
            marked.secondsToExpiry = seconds
            let held = member.marked.first { $0.underlying == symbol && $0.secondsToExpiry == seconds }
            guard let mark = try instrument.givenNumber("mark") ?? held?.mark else {
                throw instrument.wrong("mark", "missing, and no position of the account has it")
            }
            marked.mark = mark
        } else if underlying.perpetual == nil {
            throw instrument.wrong("perpetual", "the market of \(symbol) has no perpetual")
        }
        self.init(leg: .marked(marked), price: price)
    }
}

extension MarginCase.Option {
    fileprivate init(
        ordered fields: CaseFields, of underlying: MarginCase.Underlying, isInverse: Bool, size: Double,
        beside member: MarginCase.Member
    ) throws(UnreadableCase) {
        let seconds = try fields.number("secondsToExpiry")
        let strike = try fields.number("strike")
        guard underlying.expiries.contains(where: { $0.secondsToExpiry == seconds }) else {
            throw fields.wrong("secondsToExpiry", "the market of \(underlying.symbol) has no such expiry")
        }
        let held = member.options.first {
            $0.underlying == underlying.symbol && $0.secondsToExpiry == seconds && $0.strike == strike
        }
        guard let volatility = try fields.givenNumber("impliedVolatility") ?? held?.impliedVolatility else {
            throw fields.wrong("impliedVolatility", "missing, and no position of the account has it")
        }
        self.init(
            underlying: underlying.symbol, isInverse: isInverse,
            isCall: try fields.isFirst(of: ("call", "put"), "type"), secondsToExpiry: seconds, strike: strike,
            impliedVolatility: volatility, size: size)
    }
}
