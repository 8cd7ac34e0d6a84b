import MarginMethods
import MarginModel
import MarginWire

/// One test of `StandardManager/test-cases.json`: `{ "Scenario", "Result" }`, integers in units of 1e-18.
///
/// The scenario is in parallel lists, one element an option, with the forward of each option's expiry beside it. The
/// publisher's working stands beside the inputs, in keys that are left alone; what the method uses must be there.
extension PublishedCase {
    init(standard test: JSONValue, name: String) throws(UnreadableCase) {
        let fields = try CaseFields(test, at: JSONPath(), keys: ["Scenario", "Result"])
        let result = try fields.freely("Result")
        let scenario = try fields.freely("Scenario")
        var account = MarginCase.Member()
        account.cash = try Self.cash(scenario, result)
        var markets: [MarginCase.Underlying] = []
        for coin in StandardCoin.all {
            markets.append(try coin.market(scenario))
            account.marked += try coin.perpetuals(scenario)
            account.collateral += try coin.collateral(scenario)
        }
        account.options = try StandardOptions(scenario).read(into: &markets)
        self.init(
            name: name,
            question: MarginCase(
                name: name, underlyings: markets, stablecoinPrice: try scenario.units("USDCValue"), members: [account]),
            initialBalance: try result.units("realIM"), maintenanceBalance: try result.units("realMM"))
    }

    /// One test writes its cash in dollars; every test repeats it in its result, in units of 1e-18.
    private static func cash(_ scenario: CaseFields, _ result: CaseFields) throws(UnreadableCase) -> Double {
        let written = try scenario.number("Cash")
        let units = written / CaseFields.unitsPerOne
        guard result.value("Cash") != nil else { return units }
        let repeated = try result.units("Cash")
        func isRepeated(_ cash: Double) -> Bool { abs(cash - repeated) <= 1e-9 * max(1, abs(repeated)) }
        if isRepeated(units) { return units }
        guard isRepeated(written) else { throw scenario.wrong("Cash", "the result says \(repeated) instead") }
        return written
    }
}

/// Ether or bitcoin in the keys of a scenario.
struct StandardCoin {
    let symbol: String
    /// In the lists that have one element a coin.
    let place: Int

    static let all = [StandardCoin(symbol: "ETH", place: 0), StandardCoin(symbol: "BTC", place: 1)]

    /// Without expiries.
    func market(_ scenario: CaseFields) throws(UnreadableCase) -> MarginCase.Underlying {
        var market = MarginCase.Underlying(
            symbol: symbol, spot: try scenario.units("\(symbol)SpotPrice"), perpetual: try perpetualPrice(scenario))
        let key = "SpotPerpConfidences"
        let path = scenario.path(of: key)
        let pairs = try scenario.needed(key).elements(at: path)
        guard pairs.count == Self.all.count else { throw scenario.wrong(key, "expected a pair for each coin") }
        let pairPath = path.appending(.element(place))
        let pair = try pairs[place].elements(at: pairPath)
        guard pair.count == 2 else { throw pairs[place].wrong(pairPath, "expected those of spot and perpetual") }
        market.spotConfidence = try pair[0].share(at: pairPath.appending(.element(0)))
        market.perpetualConfidence = try pair[1].share(at: pairPath.appending(.element(1)))
        return market
    }

    private func perpetualPrice(_ scenario: CaseFields) throws(UnreadableCase) -> Double {
        let prices = try scenario.unitsList("PerpPrice")
        guard prices.count == Self.all.count else { throw scenario.wrong("PerpPrice", "expected one for each coin") }
        return prices[place]
    }

    func perpetuals(_ scenario: CaseFields) throws(UnreadableCase) -> [MarginCase.Marked] {
        let size = try scenario.units("Perps_\(symbol)")
        guard size != 0 else { return [] }
        let index = try scenario.units("\(symbol)GlobalFundingIndex")
        // Without an index of its own, an account is at the market's.
        let ownKey = "Account\(symbol)FundingIndex"
        let own = scenario.value(ownKey) == nil ? index : try scenario.units(ownKey)
        return [
            MarginCase.Marked(
                underlying: symbol, size: size, entryPrice: try scenario.units("LastEntry\(symbol)"),
                unsettledFunding: -size * (index - own))
        ]
    }

    func collateral(_ scenario: CaseFields) throws(UnreadableCase) -> [MarginCase.Collateral] {
        let key = "w\(symbol)"
        guard scenario.value(key) != nil else { return [] }
        let amount = try scenario.units(key)
        guard amount != 0 else { return [] }
        return [
            MarginCase.Collateral(
                asset: symbol, underlying: symbol, amount: amount, price: try scenario.units("\(symbol)SpotPrice"))
        ]
    }
}

extension CaseFields {
    /// What the whole numbers of the layout count in.
    static let unitsPerOne = 1e18

    func units(_ key: String) throws(UnreadableCase) -> Double { try number(key) / Self.unitsPerOne }

    func unitsList(_ key: String) throws(UnreadableCase) -> [Double] {
        try numbers(key).map { $0 / Self.unitsPerOne }
    }

    func numbers(_ key: String) throws(UnreadableCase) -> [Double] {
        try list(key) { value, path throws(UnreadableCase) in try value.number(at: path) }
    }

    /// Confidences of a list.
    func shares(_ key: String) throws(UnreadableCase) -> [Double] {
        try list(key) { value, path throws(UnreadableCase) in try value.share(at: path) }
    }

    func truths(_ key: String) throws(UnreadableCase) -> [Bool] {
        try list(key) { value, path throws(UnreadableCase) in try value.truth(at: path) }
    }

    func texts(_ key: String) throws(UnreadableCase) -> [String] {
        try list(key) { value, path throws(UnreadableCase) in try value.text(at: path) }
    }

    private func list<Element>(
        _ key: String, _ read: (JSONValue, JSONPath) throws(UnreadableCase) -> Element
    ) throws(UnreadableCase) -> [Element] {
        var list: [Element] = []
        for (place, element) in try needed(key).elements(at: path(of: key)).enumerated() {
            list.append(try read(element, path(of: key).appending(.element(place))))
        }
        return list
    }
}

extension JSONValue {
    /// A confidence, which some versions of the file write in ones and others in units of 1e-18.
    func share(at path: JSONPath) throws(UnreadableCase) -> Double {
        let number = try number(at: path)
        return number <= 1 ? number : number / CaseFields.unitsPerOne
    }
}
