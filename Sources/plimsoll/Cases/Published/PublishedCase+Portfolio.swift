import MarginMethods
import MarginModel
import MarginWire

/// One file of `PMRM_2/portfolio_cases`: `{ "Scenario", "Parameters", "Result" }`, decimal numbers in units.
///
/// The publisher's working stands beside the inputs, in keys that are left alone; what the method uses must be there.
extension PublishedCase {
    /// The file does not say what its underlying is called.
    private static let symbol = "underlying"
    /// Settlement averages begin half an hour before expiry: `LyraForwardFeed` of derivexyz/v2-core.
    private static let settlementSeconds = 1800.0

    init(portfolio file: JSONValue, name: String) throws(UnreadableCase) {
        let fields = try CaseFields(file, at: JSONPath(), keys: ["Scenario", "Parameters", "Result"])
        let result = try fields.freely("Result")
        self.init(
            name: name, question: try Self.question(try fields.freely("Scenario"), name: name),
            parameters: try ParameterTree(
                published: try fields.needed("Parameters"), at: fields.path(of: "Parameters")),
            initialBalance: try result.number("IM"), maintenanceBalance: try result.number("MM"))
    }

    private static func question(_ scenario: CaseFields, name: String) throws(UnreadableCase) -> MarginCase {
        var market = MarginCase.Underlying(symbol: symbol, spot: try scenario.number("SpotPrice"))
        market.spotConfidence = try scenario.number("SpotConfidence")
        for feed in try scenario.freeObjects("OptionFeeds") {
            let expiry = try expiry(feed)
            guard market.expiry(in: expiry.secondsToExpiry) == nil else {
                throw feed.wrong("FeedExpiry", "an expiry stands twice")
            }
            market.expiries.append(expiry)
        }
        var account = MarginCase.Member()
        account.cash = try scenario.number("Cash")
        account.marked = try perpetuals(scenario, &market)
        for held in try scenario.freeObjects("Collaterals") { account.collateral.append(try collateral(held)) }
        for option in try scenario.freeObjects("Options") { account.options.append(try self.option(option)) }
        var question = MarginCase(
            name: name, underlyings: [market], stablecoinPrice: try scenario.number("StablePrice"), members: [account])
        question.stablecoinConfidence = try scenario.number("StableConfidence", omitted: 1)
        return question
    }

    /// A file without perpetuals says 0 for their price.
    private static func perpetuals(
        _ scenario: CaseFields, _ market: inout MarginCase.Underlying
    ) throws(UnreadableCase) -> [MarginCase.Marked] {
        let size = try scenario.number("NumPerps")
        let profit = try scenario.number("UnrealisedPerpPNL") + scenario.number("UnrealisedFunding")
        guard size != 0 || profit != 0 else { return [] }
        let price = try scenario.number("PerpPrice")
        market.perpetual = price
        market.perpetualConfidence = try scenario.number("PerpConfidence")
        // Profit is published as such, not by the price of entry.
        return [MarginCase.Marked(underlying: symbol, size: size, entryPrice: price, unsettledFunding: profit)]
    }

    private static func expiry(_ feed: CaseFields) throws(UnreadableCase) -> MarginCase.Expiry {
        let seconds = try feed.number("FeedExpiry")
        let forward = try feed.number("Forward")
        let fixed = min(1, max(0, 1 - seconds / settlementSeconds))
        var expiry = MarginCase.Expiry(
            secondsToExpiry: seconds, forward: forward, settledForward: forward * fixed,
            rate: try feed.number("Rate"))
        expiry.forwardConfidence = try feed.number("ForwardConfidence")
        expiry.rateConfidence = try feed.number("RateConfidence")
        expiry.volatilityConfidence = try feed.number("OptionVolConfidences")
        return expiry
    }

    private static func collateral(_ fields: CaseFields) throws(UnreadableCase) -> MarginCase.Collateral {
        var held = MarginCase.Collateral(
            asset: try fields.text("Name"), underlying: try fields.truth("IsRiskCancelling") ? symbol : nil,
            amount: try fields.number("Amount"), price: try fields.number("Price"),
            maintenanceHaircut: try fields.number("MMHaircut"), initialHaircut: try fields.number("IMHaircut"))
        held.confidence = try fields.number("Confidence")
        return held
    }

    private static func option(_ fields: CaseFields) throws(UnreadableCase) -> MarginCase.Option {
        MarginCase.Option(
            underlying: symbol, isCall: try fields.truth("IsCall"), secondsToExpiry: try fields.number("Expiry"),
            strike: try fields.number("Strike"), impliedVolatility: try fields.number("MarkVol"),
            size: try fields.number("Amount"))
    }
}

extension CaseFields {
    /// `true` or `false`, or 1 or 0.
    func truth(_ key: String) throws(UnreadableCase) -> Bool { try needed(key).truth(at: path(of: key)) }
}

extension JSONValue {
    /// `true` or `false`, or 1 or 0.
    func truth(at path: JSONPath) throws(UnreadableCase) -> Bool {
        if case .flag(let flag) = content { return flag }
        switch try number(at: path) {
        case 1: return true
        case 0: return false
        default: throw wrong(path, "expected true or false, or 1 or 0")
        }
    }
}
