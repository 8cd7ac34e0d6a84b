import MarginModel
import MarginWire

extension MarginCase.Member {
    /// An `account`, whose underlyings are those of a market.
    init(
        _ value: JSONValue, id: String, at path: JSONPath, in market: [MarginCase.Underlying]
    ) throws(UnreadableCase) {
        let fields = try CaseFields(
            value, at: path, keys: ["cash", "collateral", "perpetuals", "futures", "options", "orders"])
        self.init(id: id)
        cash = try fields.number("cash", omitted: 0)
        for held in try fields.objects("collateral", keys: MarginCase.Collateral.keys) {
            collateral.append(try MarginCase.Collateral(held, in: market))
        }
        for position in try fields.objects("perpetuals", keys: MarginCase.Marked.perpetualKeys) {
            marked.append(try MarginCase.Marked(perpetual: position, in: market))
        }
        for position in try fields.objects("futures", keys: MarginCase.Marked.futureKeys) {
            marked.append(try MarginCase.Marked(future: position, in: market))
        }
        for position in try fields.objects("options", keys: MarginCase.Option.keys) {
            options.append(try MarginCase.Option(position, in: market))
        }
        if let orders = fields.value("orders"), try !orders.elements(at: fields.path(of: "orders")).isEmpty {
            throw fields.wrong("orders", "open orders are not supported yet by the model plimsoll; leave them out")
        }
    }
}

extension MarginCase.Collateral {
    static let keys = [
        "asset", "underlying", "amount", "price", "confidence", "riskCancelling", "maintenanceHaircut",
        "initialHaircut",
    ]

    /// Coin of an underlying is a row at its spot price; anything else has a price and a haircut.
    init(_ fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        try fields.refuseConfidences("confidence")
        let underlying = fields.value("underlying") == nil ? nil : try fields.underlying(in: market)
        let asset = try fields.text("asset")
        let amount = try fields.number("amount")
        guard try fields.flag("riskCancelling", omitted: true), let underlying else {
            self.init(
                asset: asset, amount: amount, price: try fields.number("price"),
                maintenanceHaircut: try fields.givenNumber("maintenanceHaircut"),
                initialHaircut: try fields.number("initialHaircut", omitted: 0))
            return
        }
        guard try fields.number("price", omitted: underlying.spot) == underlying.spot else {
            throw fields.wrong("price", "coin of \(underlying.symbol) has its spot price; leave it out")
        }
        for key in ["maintenanceHaircut", "initialHaircut"] where try fields.number(key, omitted: 0) != 0 {
            throw fields.wrong(key, "coin that moves with its underlying has no haircut; leave it out")
        }
        self.init(asset: asset, underlying: underlying.symbol, amount: amount, price: underlying.spot)
    }
}

extension MarginCase.Marked {
    static let perpetualKeys = ["underlying", "settlement", "settlementAsset", "size", "entryPrice", "unsettledFunding"]
    static let futureKeys = ["underlying", "settlement", "settlementAsset", "secondsToExpiry", "size", "entryPrice", "mark"]

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
        // Profit in the numeraire is the default; naming it says the same.
        var coin = try fields.givenText("settlementAsset")
        if coin == CaseFields.numeraire { coin = nil }
        if let coin, isInverse || market.contains(where: { $0.symbol == coin }) {
            throw fields.wrong(
                "settlementAsset", "\(coin) cannot be what \(isInverse ? "an inverse" : "a linear") contract settles in")
        }
        self.init(
            underlying: underlying.symbol, isInverse: isInverse, settlementAsset: coin,
            size: try fields.number("size"), entryPrice: try fields.number("entryPrice"))
    }
}

extension MarginCase.Option {
    static let keys = [
        "underlying", "settlement", "secondsToExpiry", "strike", "type", "impliedVolatility", "size",
    ]

    init(_ fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        let underlying = try fields.underlying(in: market)
        let seconds = try fields.number("secondsToExpiry")
        guard underlying.expiries.contains(where: { $0.secondsToExpiry == seconds }) else {
            throw fields.wrong("secondsToExpiry", "the market of \(underlying.symbol) has no such expiry")
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

    fileprivate func underlying(in market: [MarginCase.Underlying]) throws(UnreadableCase) -> MarginCase.Underlying {
        let symbol = try text("underlying")
        guard let underlying = market.first(where: { $0.symbol == symbol }) else {
            throw wrong("underlying", "\(symbol) is not in the market")
        }
        return underlying
    }

    fileprivate func isInverse() throws(UnreadableCase) -> Bool {
        try isFirst(of: ("inverse", "linear"), "settlement", omitted: false)
    }
}
