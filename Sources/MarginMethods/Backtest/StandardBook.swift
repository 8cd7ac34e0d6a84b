internal import CMarginKernels
public import MarginModel

/// A portfolio that is struck anew at every close, so that margins of different days can be compared.
///
/// Spot is 1 on every day, interest is nothing and forwards equal spot: sizes of coin are shares of notional, and
/// margins of options are shares of the price of one coin.
public struct StandardBook: Equatable, Sendable {
    public let name: String
    public let legs: [Leg]

    public init(_ name: String, _ legs: [Leg]) {
        self.name = name
        self.legs = legs
    }

    /// What a book holds.
    public enum Leg: Equatable, Sendable {
        /// A linear perpetual.
        case perpetual(String, size: Double)
        /// An option struck at a multiple of spot, at the volatility of the day for every strike.
        case option(String, Black76.Right, days: Double, strike: Double, size: Double)
        /// The perpetual that makes the book's delta zero at the close.
        case hedge(String)

        public var underlying: String {
            switch self {
            case .perpetual(let name, _), .option(let name, _, _, _, _), .hedge(let name): name
            }
        }
    }

    /// Ascending.
    public var underlyings: [String] { Set(legs.map(\.underlying)).sorted() }

    public var isLinear: Bool {
        legs.allSatisfy { leg in
            if case .perpetual = leg { true } else { false }
        }
    }

    /// The book as a margin question at the close of a date.
    ///
    /// - Throws: no volatility on that date.
    public func question(on day: Int, _ data: BacktestData) throws(MethodFault) -> MarginCase {
        var member = MarginCase.Member(id: name)
        var delta: [String: Double] = [:]
        var tenors: [String: Set<Double>] = [:]
        for leg in legs {
            switch leg {
            case .perpetual(let symbol, let size):
                member.marked.append(MarginCase.Marked(underlying: symbol, size: size, entryPrice: 1))
                delta[symbol, default: 0] += size
            case .option(let symbol, let right, let days, let strike, let size):
                let seconds = days * MarginCase.Expiry.secondsPerDay
                let volatility = try level(of: symbol, on: day, data)
                member.options.append(
                    MarginCase.Option(
                        underlying: symbol, isCall: right == .call, secondsToExpiry: seconds, strike: strike,
                        impliedVolatility: volatility, size: size))
                delta[symbol, default: 0] += size * Self.delta(right, strike, volatility, Black76.years(seconds))
                tenors[symbol, default: []].insert(seconds)
            case .hedge(let symbol):
                let size = -(delta[symbol] ?? 0)
                member.marked.append(MarginCase.Marked(underlying: symbol, size: size, entryPrice: 1))
                delta[symbol] = 0
            }
        }
        return MarginCase(
            name: name,
            underlyings: underlyings.map { symbol in
                MarginCase.Underlying(
                    symbol: symbol, spot: 1, perpetual: 1,
                    expiries: (tenors[symbol] ?? []).sorted().map {
                        MarginCase.Expiry(secondsToExpiry: $0, forward: 1)
                    })
            }, members: [member])
    }

    private func level(of symbol: String, on day: Int, _ data: BacktestData) throws(MethodFault) -> Double {
        guard let level = data.volatility(of: symbol, on: day) else {
            throw .missing("the volatility of \(symbol) on \(data.history.dates[day])")
        }
        return level
    }

    /// `±N(±d₁)` at a forward of 1.
    static func delta(_ right: Black76.Right, _ strike: Double, _ volatility: Double, _ years: Double) -> Double {
        let deviation = volatility * years.squareRoot()
        let upper = -mk_logarithm(strike) / deviation + deviation / 2
        return right.sign * mk_normal(right.sign * upper)
    }
}
