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
            orders.append(try MarginCase.Order(order, of: self, in: market))
        }
    }
}

extension MarginCase.Collateral {
    static let keys = [
        "asset", "underlying", "amount", "price", "confidence", "riskCancelling", "maintenanceHaircut",
        "initialHaircut",
    ]

    /// Coin of an underlying moves with it, at the spot price unless it has its own; anything else has a price.
    init(_ fields: CaseFields, in market: [MarginCase.Underlying]) throws(UnreadableCase) {
        let underlying = fields.value("underlying") == nil ? nil : try fields.underlying(in: market)
        let row = try fields.flag("riskCancelling", omitted: true) ? underlying : nil
        let price: Double
        if let row { price = try fields.number("price", omitted: row.spot) } else { price = try fields.number("price") }
        self.init(
            asset: try fields.text("asset"), underlying: row?.symbol, amount: try fields.number("amount"),
            price: price, maintenanceHaircut: try fields.givenNumber("maintenanceHaircut"),
            initialHaircut: try fields.number("initialHaircut", omitted: 0))
        confidence = try fields.number("confidence", omitted: 1)
    }
}

extension CaseFields {
    /// The market of the underlying that an object names.
    func underlying(
        in market: [MarginCase.Underlying], named key: String = "underlying"
    ) throws(UnreadableCase) -> MarginCase.Underlying {
        let symbol = try text(key)
        guard let underlying = market.first(where: { $0.symbol == symbol }) else {
            throw wrong(key, "\(symbol) is not in the market")
        }
        return underlying
    }
}
