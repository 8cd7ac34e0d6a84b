import ArgumentParser
import Foundation
import MarginModel

/// The volatility that a price means.
struct ImpliedVolatilityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "implied-volatility",
        abstract: "The Black-76 volatility that the price of an option means.",
        discussion: """
            Every price from the intrinsic value up to, not including, the bound (forward of a call, strike of a put) has
            one; others are named: badNumber, belowIntrinsic, notBelowBound. Years have 365 days. A price in coin is
            multiplied by the forward, a price in dollars by e^(rate x years).

            A file has a header with the columns type (call or put), forward, strike, price, and years or both time and
            expiry (ISO 8601); currency (dollars or coin) and rate may be there. Its lines come back with two columns
            more, impliedVolatility and fault, one of them empty. The command ends with 1 if a price has no volatility.

            The method follows P. Jaeckel, Let's Be Rational, Wilmott 75 (2015); worst relative error 1.1e-15 over 74,000
            generated prices against 60 digits: docs/pricing.md, section 4.

            EXAMPLES
              plimsoll implied-volatility --type call --forward 60000 --strike 65000 --years 0.25 --price 2500
              plimsoll implied-volatility --type put --forward 60000 --strike 55000 --years 0.1 --price 0.0231 --coin
              plimsoll implied-volatility quotes.csv       a file of quotes; - for standard input
            """)

    @Argument(help: "A file of quotes; - for standard input.") var file: String?
    @Option(help: "call or put.") var type: String?
    @Option(help: "The forward of the expiry, dollars.") var forward: String?
    @Option(help: "The strike, dollars.") var strike: String?
    @Option(help: "Time to expiry in years of 365 days.") var years: String?
    @Option(help: "The price of one unit.") var price: String?
    @Option(help: "Discount rate of a price in dollars, continuously compounded.") var rate: String?
    @Flag(help: "The price is in coin.") var coin = false

    func validate() throws {
        let terms = [type, forward, strike, years, price]
        if file != nil, terms.contains(where: { $0 != nil }) || rate != nil || coin {
            throw ValidationError("either a file or one quote")
        }
        if file == nil, terms.contains(where: { $0 == nil }) {
            throw ValidationError("one quote needs --type, --forward, --strike, --years and --price")
        }
    }

    func run() throws {
        do {
            guard let file else { return try answerOne() }
            let text =
                file == "-"
                ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
                : try String(contentsOfFile: file, encoding: .utf8)
            try answer(try QuoteFile(text))
        } catch let error as UnreadableQuotes {
            complain("\(file.map { "\($0): " } ?? "")\(error)")
            throw ExitStatus.wrongInput
        } catch let error as CocoaError {
            complain("\(file ?? ""): cannot be read: \(error.localizedDescription)")
            throw ExitStatus.wrongInput
        }
    }

    private func answerOne() throws {
        var values = ["type": type, "forward": forward, "strike": strike, "years": years, "price": price, "rate": rate]
            .compactMapValues { $0 }
        if coin { values["currency"] = "coin" }
        let quote = try QuoteTerms(values: values).quote()
        do { print(try quote.impliedVolatility) } catch {
            complain("\(error.name): \(error)")
            throw ExitStatus.checkFailed
        }
    }

    private func answer(_ quotes: QuoteFile) throws {
        print("\(quotes.header),impliedVolatility,fault")
        var isWhole = true
        for line in quotes.lines {
            do throws(ImpliedVolatilityFault) { print("\(line.text),\(try line.quote.impliedVolatility),") } catch {
                isWhole = false
                print("\(line.text),,\(error.name)")
            }
        }
        if !isWhole { throw ExitStatus.checkFailed }
    }
}

extension ImpliedVolatilityFault {
    /// For scripts.
    fileprivate var name: String {
        switch self {
        case .badNumber: "badNumber"
        case .belowIntrinsic: "belowIntrinsic"
        case .notBelowBound: "notBelowBound"
        }
    }
}
