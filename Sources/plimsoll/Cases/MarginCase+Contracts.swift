import MarginModel
import MarginWire

extension MarginCase.Marked {
    private static let keys = ["underlying", "settlement", "settlementAsset", "size", "entryPrice"]
    static let perpetualKeys = keys + ["unsettledFunding"]
    static let futureKeys = keys + ["secondsToExpiry", "mark"]

    init(perpetual fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        let underlying = try fields.underlying(in: market)
        guard underlying.perpetual != nil else {
            throw fields.wrong("underlying", "the market of \(underlying.symbol) has no perpetual")
        }
        try self.init(fields, of: underlying, in: market)
        unsettledFunding = try fields.number("unsettledFunding", omitted: 0)
    }

    init(future fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        try self.init(fields, of: try fields.underlying(in: market), in: market)
        secondsToExpiry = try fields.number("secondsToExpiry")
        mark = try fields.number("mark")
    }

    private init(
        _ fields: CaseFields, of underlying: MarginCase.Underlying, in market: [MarginCase.Underlying]
    ) throws(UnreadableCase) {
        let isInverse = try fields.isInverse()
        // The numeraire for linear contracts and the underlying for inverse ones: naming it says nothing new.
        var coin = try fields.givenText("settlementAsset")
        if coin == (isInverse ? underlying.symbol : CaseFields.numeraire) { coin = nil }
        if let coin, isInverse || market.contains(where: { $0.symbol == coin }) {
            let kind = isInverse ? "an inverse" : "a linear"
            throw fields.wrong("settlementAsset", "\(coin) cannot be what \(kind) contract settles in")
        }
        self.init(
            underlying: underlying.symbol, isInverse: isInverse, settlementAsset: coin,
            size: try fields.number("size"), entryPrice: try fields.number("entryPrice"))
    }
}

extension MarginCase.Option {
    static let keys = [
        "underlying", "settlement", "settlementAsset", "secondsToExpiry", "strike", "type", "impliedVolatility", "size",
    ]

    init(_ fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        let underlying = try fields.underlying(in: market)
        let seconds = try fields.number("secondsToExpiry")
        guard underlying.expiries.contains(where: { $0.secondsToExpiry == seconds }) else {
            throw fields.wrong("secondsToExpiry", "the market of \(underlying.symbol) has no such expiry")
        }
        guard try fields.givenText("settlementAsset") ?? CaseFields.numeraire == CaseFields.numeraire else {
            throw fields.wrong(
                "settlementAsset", "options that pay a stablecoin are not supported yet")
        }
        self.init(
            underlying: underlying.symbol, isInverse: try fields.isInverse(),
            isCall: try fields.isFirst(of: ("call", "put"), "type"), secondsToExpiry: seconds,
            strike: try fields.number("strike"), impliedVolatility: try fields.number("impliedVolatility"),
            size: try fields.number("size"))
    }
}

extension CaseFields {
    /// What requirements are in.
    static let numeraire = "USD"

    func isInverse() throws(UnreadableCase) -> Bool {
        try isFirst(of: ("inverse", "linear"), "settlement", omitted: false)
    }
}
