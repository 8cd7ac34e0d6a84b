import MarginModel
import MarginWire

/// The parallel lists of a test of `StandardManager/test-cases.json`: one element an option.
struct StandardOptions {
    private let scenario: CaseFields
    private let symbols: [String]
    private let seconds: [Double]
    private let strikes: [Double]
    private let areCalls: [Bool]
    private let sizes: [Double]
    private let volatilities: [Double]
    private let volatilityConfidences: [Double]
    private let feedSeconds: [Double]
    private let forwards: [Double]
    private let forwardConfidences: [Double]

    /// In the last hour the settlement price takes the place of the forward.
    private static let settlementSeconds = 3600.0

    /// - Throws: the first list that is not as long as the others.
    init(_ scenario: CaseFields) throws(UnreadableCase) {
        self.scenario = scenario
        symbols = try scenario.texts("OptionUnderlying")
        let count = symbols.count
        func whole<Element>(_ list: [Element], _ key: String) throws(UnreadableCase) -> [Element] {
            guard list.count == count else {
                throw scenario.wrong(key, "\(list.count) elements beside \(count) of OptionUnderlying")
            }
            return list
        }
        seconds = try whole(try scenario.numbers("OptionExpiries"), "OptionExpiries")
        strikes = try whole(try scenario.unitsList("OptionStrikes"), "OptionStrikes")
        areCalls = try whole(try scenario.truths("OptionIsCall"), "OptionIsCall")
        sizes = try whole(try scenario.unitsList("OptionAmounts"), "OptionAmounts")
        volatilities = try whole(try scenario.unitsList("OptionVols"), "OptionVols")
        volatilityConfidences = try whole(try scenario.shares("OptionVolConfidences"), "OptionVolConfidences")
        feedSeconds = try whole(try scenario.numbers("FeedExpiries"), "FeedExpiries")
        forwards = try whole(try scenario.unitsList("Forwards"), "Forwards")
        forwardConfidences = try whole(try scenario.shares("ForwardConfidences"), "ForwardConfidences")
    }

    /// The options, whose expiries it adds to their markets.
    func read(into markets: inout [MarginCase.Underlying]) throws(UnreadableCase) -> [MarginCase.Option] {
        var options: [MarginCase.Option] = []
        for place in symbols.indices {
            guard let market = markets.firstIndex(where: { $0.symbol == symbols[place] }) else {
                throw wrong("OptionUnderlying", place, "\"\(symbols[place])\" is neither ETH nor BTC")
            }
            try addExpiry(place, to: &markets[market])
            options.append(
                MarginCase.Option(
                    underlying: symbols[place], isCall: areCalls[place], secondsToExpiry: seconds[place],
                    strike: strikes[place], impliedVolatility: volatilities[place], size: sizes[place]))
        }
        return options
    }

    private func addExpiry(_ place: Int, to market: inout MarginCase.Underlying) throws(UnreadableCase) {
        guard feedSeconds[place] == seconds[place] else {
            throw wrong("FeedExpiries", place, "the option beside it expires in \(seconds[place]) s")
        }
        let forward =
            seconds[place] < Self.settlementSeconds
            ? try scenario.units("SettlementPrice\(market.symbol)") : forwards[place]
        guard let known = market.expiries.firstIndex(where: { $0.secondsToExpiry == seconds[place] }) else {
            var expiry = MarginCase.Expiry(secondsToExpiry: seconds[place], forward: forward)
            expiry.forwardConfidence = forwardConfidences[place]
            expiry.volatilityConfidence = volatilityConfidences[place]
            market.expiries.append(expiry)
            return
        }
        guard abs(market.expiries[known].forward - forward) <= 1e-9 * forward else {
            throw wrong("Forwards", place, "the same expiry has another forward before")
        }
        // The least sure of the feeds counts.
        market.expiries[known].forwardConfidence = min(
            market.expiries[known].forwardConfidence, forwardConfidences[place])
        market.expiries[known].volatilityConfidence = min(
            market.expiries[known].volatilityConfidence, volatilityConfidences[place])
    }

    private func wrong(_ key: String, _ place: Int, _ explanation: String) -> UnreadableCase {
        UnreadableCase(
            path: scenario.path(of: key).appending(.element(place)), offset: scenario.value(key)?.offset,
            explanation: explanation)
    }
}
