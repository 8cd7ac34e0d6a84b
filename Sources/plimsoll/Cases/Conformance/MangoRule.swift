import MarginMethods
import MarginWire

/// Mango's account health, a published rule that is no margin method: it knows no options and no pools.
enum MangoRule {
    static let method = "mango-health"
    static var rules: [CaseRule] { [health] }

    private static let positive = 1e-12...1e12
    private static let weight = 0.0...1e3

    /// Initial health, and what each token and each spot market adds to it.
    private static let health = CaseRule(name: "health") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["tokens", "spotOrders", "perpetuals"])
        var names: [String] = []
        var tokens: [MangoToken] = []
        _ = try fields.needed("tokens")
        for given in try fields.objects("tokens", keys: tokenKeys) {
            let name = try given.text("name")
            guard !names.contains(name) else { throw given.wrong("name", "there are two tokens \(name)") }
            names.append(name)
            tokens.append(try token(given))
        }
        var markets: [String] = []
        var orders: [MangoSpotOrders] = []
        for given in try fields.objects("spotOrders", keys: orderKeys) {
            let name = try given.text("name")
            guard !markets.contains(name) else { throw given.wrong("name", "there are two markets \(name)") }
            markets.append(name)
            orders.append(try spotOrders(given, of: names))
        }
        let perpetuals = try fields.objects("perpetuals", keys: perpetualKeys)
        var positions: [MangoPerpetual] = []
        for given in perpetuals { positions.append(try perpetual(given, of: names)) }
        let health = MangoHealth(tokens: tokens, spotOrders: orders, perpetuals: positions)
        func parts(_ names: [String], _ contributions: [Double]) -> CaseFigures {
            .list(zip(names, contributions).map { .table(["name": .word($0), "contribution": .number($1)]) })
        }
        return .table([
            "initialHealth": .number(health.initial), "tokens": parts(names, health.tokenContributions),
            "spotOrders": parts(markets, health.orderContributions),
            "perpetuals": .list(positions.map { .table(["unsettled": .number($0.unsettled)]) }),
        ])
    }

    private static let tokenKeys = [
        "name", "balance", "price", "stablePrice", "assetWeight", "liabilityWeight", "deposits", "potentialDeposits",
        "depositScaleStart", "borrows", "borrowScaleStart",
    ]

    private static func token(_ fields: CaseFields) throws(UnreadableCase) -> MangoToken {
        var token = MangoToken(
            balance: try fields.number("balance", omitted: 0), prices: try prices(fields),
            assetWeight: try fields.number("assetWeight", within: weight),
            liabilityWeight: try fields.number("liabilityWeight", within: weight))
        let potential = try fields.number("potentialDeposits", omitted: 0)
        token.deposits = try fields.number("deposits", omitted: 0) + potential
        token.borrows = try fields.number("borrows", omitted: 0)
        token.depositScaleStart = try positive("depositScaleStart", fields) ?? .infinity
        token.borrowScaleStart = try positive("borrowScaleStart", fields) ?? .infinity
        return token
    }

    private static let orderKeys = [
        "name", "base", "quote", "reservedBase", "reservedQuote", "lowestAsk", "highestBid",
    ]

    private static func spotOrders(
        _ fields: CaseFields, of names: [String]
    ) throws(UnreadableCase) -> MangoSpotOrders {
        MangoSpotOrders(
            base: try place("base", fields, among: names), quote: try place("quote", fields, among: names),
            reservedBase: try fields.number("reservedBase", within: 0...1e18),
            reservedQuote: try fields.number("reservedQuote", within: 0...1e18),
            lowestAsk: try positive("lowestAsk", fields), highestBid: try positive("highestBid", fields))
    }

    private static let perpetualKeys = [
        "settledIn", "price", "stablePrice", "lotSize", "lots", "quote", "bidLots", "askLots", "assetWeight",
        "liabilityWeight", "gainWeight",
    ]

    private static func perpetual(_ fields: CaseFields, of names: [String]) throws(UnreadableCase) -> MangoPerpetual {
        let lot = try positive("lotSize", fields) ?? 1
        func orders(_ key: String) throws(UnreadableCase) -> Double {
            fields.value(key) == nil ? 0 : try fields.number(key, within: 0...1e18) * lot
        }
        return MangoPerpetual(
            settledIn: try place("settledIn", fields, among: names), prices: try prices(fields),
            size: try fields.number("lots") * lot, quote: try fields.number("quote", omitted: 0),
            bids: try orders("bidLots"), asks: try orders("askLots"),
            assetWeight: try fields.number("assetWeight", within: weight),
            liabilityWeight: try fields.number("liabilityWeight", within: weight),
            gainWeight: try fields.number("gainWeight", within: weight))
    }

    private static func prices(_ fields: CaseFields) throws(UnreadableCase) -> MangoPrices {
        MangoPrices(
            oracle: try fields.number("price", within: positive), stable: try positive("stablePrice", fields))
    }

    private static func positive(_ key: String, _ fields: CaseFields) throws(UnreadableCase) -> Double? {
        fields.value(key) == nil ? nil : try fields.number(key, within: positive)
    }

    private static func place(
        _ key: String, _ fields: CaseFields, among names: [String]
    ) throws(UnreadableCase) -> Int {
        let name = try fields.text(key)
        guard let place = names.firstIndex(of: name) else { throw fields.wrong(key, "there is no token \(name)") }
        return place
    }
}
