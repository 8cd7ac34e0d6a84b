import MarginModel
import MarginWire

extension MarginCase.Order {
    static let keys = ["instrument", "size", "price"]
    /// What each kind of instrument is told by, the kind itself first.
    private static let instrumentKeys = [
        ["perpetual", "settlement"], ["future", "settlement", "secondsToExpiry"],
        ["option", "settlement", "secondsToExpiry", "strike", "type", "impliedVolatility"],
    ]

    /// An order of an account; what an instrument's mark or volatility is, a position in it says.
    init(_ fields: CaseFields, of account: MarginCase.Member, in market: [MarginCase.Underlying]) throws(UnreadableCase)
    {
        let path = fields.path(of: "instrument")
        let named = try fields.needed("instrument").members(at: path).map(\.key)
        guard let keys = Self.instrumentKeys.first(where: { named.contains($0[0]) }) else {
            throw fields.wrong("instrument", "expected a perpetual, future or option")
        }
        let kind = keys[0]
        let instrument = try CaseFields(try fields.needed("instrument"), at: path, keys: keys)
        let underlying = try instrument.underlying(in: market, named: kind)
        let size = try fields.number("size")
        let price = try fields.number("price")
        let leg: Leg =
            switch kind {
            case "perpetual": .marked(try Self.perpetual(instrument, underlying, size: size, price: price))
            case "future": .marked(try Self.future(instrument, underlying, size: size, price: price, account))
            default: .option(try Self.option(instrument, underlying, size: size, account))
            }
        self.init(leg: leg, price: price)
    }

    private static func perpetual(
        _ fields: CaseFields, _ underlying: MarginCase.Underlying, size: Double, price: Double
    ) throws(UnreadableCase) -> MarginCase.Marked {
        guard underlying.perpetual != nil else {
            throw fields.wrong("perpetual", "the market of \(underlying.symbol) has no perpetual")
        }
        return MarginCase.Marked(
            underlying: underlying.symbol, isInverse: try fields.isInverse(), size: size, entryPrice: price)
    }

    private static func future(
        _ fields: CaseFields, _ underlying: MarginCase.Underlying, size: Double, price: Double,
        _ account: MarginCase.Member
    ) throws(UnreadableCase) -> MarginCase.Marked {
        let seconds = try fields.number("secondsToExpiry")
        let isInverse = try fields.isInverse()
        let held = account.marked.first {
            $0.underlying == underlying.symbol && $0.secondsToExpiry == seconds && $0.isInverse == isInverse
        }
        guard let mark = held?.mark else {
            throw fields.wrong("future", "no mark: add a position in it, of size 0 if there is none")
        }
        return MarginCase.Marked(
            underlying: underlying.symbol, isInverse: isInverse, secondsToExpiry: seconds, size: size,
            entryPrice: price, mark: mark)
    }

    private static func option(
        _ fields: CaseFields, _ underlying: MarginCase.Underlying, size: Double, _ account: MarginCase.Member
    ) throws(UnreadableCase) -> MarginCase.Option {
        let seconds = try fields.number("secondsToExpiry")
        guard underlying.expiries.contains(where: { $0.secondsToExpiry == seconds }) else {
            throw fields.wrong("secondsToExpiry", "the market of \(underlying.symbol) has no such expiry")
        }
        let strike = try fields.number("strike")
        // Call and put of a strike have one volatility.
        let held = account.options.first {
            $0.underlying == underlying.symbol && $0.secondsToExpiry == seconds && $0.strike == strike
        }
        guard let volatility = try fields.givenNumber("impliedVolatility") ?? held?.impliedVolatility else {
            throw fields.wrong("option", "no volatility: add a position in it, of size 0 if there is none")
        }
        return MarginCase.Option(
            underlying: underlying.symbol, isInverse: try fields.isInverse(),
            isCall: try fields.isFirst(of: ("call", "put"), "type"), secondsToExpiry: seconds, strike: strike,
            impliedVolatility: volatility, size: size)
    }
}
