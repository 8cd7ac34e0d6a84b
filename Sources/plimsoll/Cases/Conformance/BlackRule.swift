import Foundation
import MarginDomain
import MarginModel
import MarginWire

/// Values, sensitivities and implied volatilities of options by the kernels of the engine, after Black (1976) and, from a
/// spot price, Black and Scholes (1973) and Merton (1973).
///
/// No margin method: what all of them reprice with, for published tables of option values.
enum BlackRule {
    static let method = "black"
    static var rules: [CaseRule] { [option, impliedVolatility] }

    private static let option = CaseRule(name: "option") { value, path throws(UnreadableCase) in
        let keys = ["type", "strike", "volatility", "years", "spot", "forward", "rate", "yield", "discount"]
        return try BlackOption(try CaseFields(value, at: path, keys: keys)).figures
    }

    private static let impliedVolatility = CaseRule(name: "impliedVolatility") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(
            value, at: path,
            keys: ["type", "strike", "years", "spot", "forward", "rate", "yield", "discount", "price"])
        let option = try BlackOption(fields, volatility: 0)
        let price = try fields.number("price")
        let quote = OptionQuote(
            isCall: option.isCall, forward: option.forward, strike: option.strike, years: option.years,
            price: price / option.discount)
        do { return .table(["volatility": .number(try quote.impliedVolatility)]) } catch {
            throw UnreadableCase(explanation: "\(error)")
        }
    }
}

/// An option as tables of values give it: on a forward with a rate or discount factor, or on a spot price with rate and
/// yield.
struct BlackOption {
    var isCall: Bool
    var strike: Double
    var volatility: Double
    var years: Double
    /// The forward itself where the table has no spot price.
    var spot: Double
    var forward: Double
    /// Continuously compounded.
    var rate: Double
    /// Whether sensitivities hold the spot price: else they hold the forward.
    var hasSpot: Bool

    var discount: Double { exp(-rate * years) }

    private static let positive = 1e-300...1e300

    /// - Parameter volatility: nil = as given.
    init(_ fields: CaseFields, volatility: Double? = nil) throws(UnreadableCase) {
        isCall = try fields.isFirst(of: ("call", "put"), "type")
        strike = try fields.number("strike", within: Self.positive)
        if let volatility {
            self.volatility = volatility
        } else {
            self.volatility = try fields.number("volatility", within: 0...1e3)
        }
        years = try fields.number("years", within: 1e-9...1e3)
        if fields.value("discount") != nil {
            guard fields.value("rate") == nil else { throw fields.wrong("discount", "give a rate or a discount") }
            rate = -log(try fields.number("discount", within: 1e-9...1e9)) / years
        } else {
            rate = try fields.number("rate", omitted: 0)
        }
        hasSpot = fields.value("spot") != nil
        guard hasSpot || fields.value("yield") == nil else { throw fields.wrong("yield", "only with a spot price") }
        if fields.value("forward") != nil {
            guard fields.value("yield") == nil else { throw fields.wrong("yield", "a forward is given") }
            forward = try fields.number("forward", within: Self.positive)
            spot = hasSpot ? try fields.number("spot", within: Self.positive) : forward
        } else {
            spot = try fields.number("spot", within: Self.positive)
            forward = spot * exp((rate - (try fields.number("yield", omitted: 0))) * years)
        }
        guard forward.isFinite, forward > 0, discount.isFinite, discount > 0 else {
            throw fields.wrong("years", "the forward or the discount is not finite")
        }
    }

    init(
        isCall: Bool, strike: Double, volatility: Double, years: Double, spot: Double, rate: Double
    ) {
        (self.isCall, self.strike, self.volatility, self.years) = (isCall, strike, volatility, years)
        (self.spot, self.rate, hasSpot) = (spot, rate, true)
        forward = spot * exp(rate * years)
    }

    /// Per unit of everything: vega of 1.00 volatility, theta of a year, rho of 1.00 of the rate.
    var figures: CaseFigures {
        var strip = OptionStrip(settlement: .linear, capacity: 1)
        strip.append(
            OptionStrip.Option(
                type: isCall ? .call : .put, strike: strike, volatility: volatility, spot: spot, forward: forward,
                years: years, rate: rate))
        strip.revalue()
        let unit = strip[0]
        // The engine's theta and rho hold the forward, F = S·exp((rate − yield)·years), which moves with both.
        let carry = hasSpot ? log(forward / spot) / years : 0
        let exposure = spot * unit.delta
        let theta = unit.theta * 365 - carry * exposure
        let rho = unit.rho * 100 + (hasSpot ? years * exposure : 0)
        let vega = unit.vega * 100
        return .table([
            "value": .number(unit.value), "delta": .number(unit.delta), "gamma": .number(unit.gamma),
            "vega": .number(vega), "theta": .number(theta), "rho": .number(rho),
            "vegaPerPoint": .number(unit.vega), "thetaPerDay": .number(theta / 365),
            "rhoPerPercent": .number(rho / 100),
            "yieldRho": .number(hasSpot ? -years * exposure : 0), "elasticity": .number(exposure / unit.value),
            "forwardDelta": .number(exposure / forward),
            "forwardGamma": .number(unit.gamma * (spot / forward) * (spot / forward)),
            "vanna": .number(unit.vanna * 100), "volga": .number(unit.volga * 10_000),
        ])
    }
}
