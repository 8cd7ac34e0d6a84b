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
        for order in try fields.objects("orders", keys: MarginCase.Order.keys) {
            orders.append(try MarginCase.Order(order, beside: self, in: market))
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
        let confidence = try fields.confidence("confidence")
        let underlying = fields.value("underlying") == nil ? nil : try fields.underlying(in: market)
        let asset = try fields.text("asset")
        let amount = try fields.number("amount")
        guard try fields.flag("riskCancelling", omitted: true), let underlying else {
            self.init(
                asset: asset, amount: amount, price: try fields.number("price"),
                maintenanceHaircut: try fields.givenNumber("maintenanceHaircut"),
                initialHaircut: try fields.number("initialHaircut", omitted: 0))
            self.confidence = confidence
            return
        }
        guard try fields.number("price", omitted: underlying.spot) == underlying.spot else {
            throw fields.wrong("price", "coin of \(underlying.symbol) has its spot price; leave it out")
        }
        for key in ["maintenanceHaircut", "initialHaircut"] where try fields.number(key, omitted: 0) != 0 {
            throw fields.wrong(key, "coin that moves with its underlying has no haircut; leave it out")
        }
        self.init(asset: asset, underlying: underlying.symbol, amount: amount, price: underlying.spot)
        self.confidence = confidence
    }
}

extension CaseFields {
    /// The market of the underlying that an object names.
    func underlying(in market: [MarginCase.Underlying]) throws(UnreadableCase) -> MarginCase.Underlying {
        let symbol = try text("underlying")
        guard let underlying = market.first(where: { $0.symbol == symbol }) else {
            throw wrong("underlying", "\(symbol) is not in the market")
        }
        return underlying
    }
}
