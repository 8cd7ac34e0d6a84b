import Foundation
import MarginModel

/// What somebody says of a quote, by name, as text.
struct QuoteTerms {
    let values: [String: String]

    /// The quote in undiscounted dollars, which is how Black-76 is inverted: a price in coin times the forward, a price
    /// in dollars times `e^(rate·years)`.
    func quote() throws(UnreadableQuotes) -> OptionQuote {
        let isCall = try choice("type", ["call", "put"]) == 0
        let (forward, strike) = (try number("forward"), try number("strike"))
        let years = values["years"] == nil ? try yearsBetween() : try number("years")
        let isCoin = values["currency"] == nil ? false : try choice("currency", ["coin", "dollars"]) == 0
        let rate = values["rate"] == nil ? 0 : try number("rate")
        guard !isCoin || rate == 0 else {
            throw UnreadableQuotes(explanation: "a price in coin is not discounted: rate must be 0")
        }
        let price = try number("price") * (isCoin ? forward : exp(rate * years))
        return OptionQuote(isCall: isCall, forward: forward, strike: strike, years: years, price: price)
    }

    private func text(_ name: String) throws(UnreadableQuotes) -> String {
        guard let text = values[name], !text.isEmpty else {
            throw UnreadableQuotes(explanation: "\(name) is missing")
        }
        return text
    }

    private func number(_ name: String) throws(UnreadableQuotes) -> Double {
        let text = try text(name)
        guard let number = Double(text), number.isFinite else {
            throw UnreadableQuotes(explanation: "\(name) \"\(text)\" is not a number")
        }
        return number
    }

    private func choice(_ name: String, _ choices: [String]) throws(UnreadableQuotes) -> Int {
        let text = try text(name)
        guard let place = choices.firstIndex(of: text) else {
            throw UnreadableQuotes(explanation: "\(name) \"\(text)\" is neither \(choices.joined(separator: " nor "))")
        }
        return place
    }

    /// Years of 365 days from the quote's time to its expiry.
    private func yearsBetween() throws(UnreadableQuotes) -> Double {
        try moment("expiry").timeIntervalSince(try moment("time")) / 31_536_000
    }

    private func moment(_ name: String) throws(UnreadableQuotes) -> Date {
        let text = try text(name)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        do { return try style.parse(text) } catch {
            throw UnreadableQuotes(explanation: "\(name) \"\(text)\" is not a time such as 2026-02-05T08:00:00Z")
        }
    }
}
