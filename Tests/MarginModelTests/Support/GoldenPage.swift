import Foundation

@testable import MarginModel

/// A book of docs/margin-model.md §15 as it is printed: a case, and a table of its parts.
struct GoldenPage {
    let name: String
    let question: MarginCase
    /// Dollars by part, initial and maintenance.
    let parts: [String: (initial: Double, maintenance: Double)]

    static func books() throws -> [GoldenPage] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let page = try String(contentsOf: root.appending(path: "docs/margin-model.md"), encoding: .utf8)
        let section = page.components(separatedBy: ". Golden books\n").last ?? ""
        return try section.components(separatedBy: "\n### ").dropFirst().map { try GoldenPage($0) }
    }

    private init(_ text: String) throws {
        let lines = text.components(separatedBy: "\n")
        name = lines[0]
        let json = text.components(separatedBy: "```json").dropFirst().first?.components(separatedBy: "```").first ?? ""
        question = try JSONDecoder().decode(PrintedCase.self, from: Data(json.utf8)).question
        var parts: [String: (initial: Double, maintenance: Double)] = [:]
        for line in lines {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, let initial = Double(cells[1]), let maintenance = Double(cells[2]) else { continue }
            parts[cells[0]] = (initial, maintenance)
        }
        self.parts = parts
    }
}

/// What of the case format the golden books use.
private struct PrintedCase: Decodable {
    let market: [String: Market]
    let account: Account

    struct Market: Decodable {
        struct Perpetual: Decodable {
            let price: Double
            let fundingRate: Double?
        }
        struct Expiry: Decodable {
            let secondsToExpiry: Double
            let forward: Double
        }
        let spot: Double
        let spotConfidence: Double?
        let slowPrice: Double?
        let depth: Double?
        let perpetual: Perpetual
        let expiries: [Expiry]?
    }

    struct Account: Decodable {
        struct Collateral: Decodable {
            let asset: String
            let underlying: String?
            let amount: Double
            let price: Double?
        }
        struct Perpetual: Decodable {
            let underlying: String
            let settlement: String?
            let settlementAsset: String?
            let size: Double
            let entryPrice: Double
        }
        struct Option: Decodable {
            let underlying: String
            let secondsToExpiry: Double
            let strike: Double
            let type: String
            let impliedVolatility: Double
            let size: Double
        }
        struct Order: Decodable {
            let instrument: [String: String]
            let size: Double
            let price: Double
        }
        let cash: Double?
        let collateral: [Collateral]?
        let perpetuals: [Perpetual]?
        let options: [Option]?
        let orders: [Order]?
    }

    var question: MarginCase {
        var member = MarginCase.Member()
        member.cash = account.cash ?? 0
        member.collateral = (account.collateral ?? []).map {
            MarginCase.Collateral(asset: $0.asset, underlying: $0.underlying, amount: $0.amount, price: $0.price ?? 0)
        }
        member.marked = (account.perpetuals ?? []).map {
            MarginCase.Marked(
                underlying: $0.underlying, isInverse: $0.settlement == "inverse", settlementAsset: $0.settlementAsset,
                size: $0.size, entryPrice: $0.entryPrice)
        }
        member.options = (account.options ?? []).map {
            MarginCase.Option(
                underlying: $0.underlying, isCall: $0.type == "call", secondsToExpiry: $0.secondsToExpiry,
                strike: $0.strike, impliedVolatility: $0.impliedVolatility, size: $0.size)
        }
        member.orders = (account.orders ?? []).map {
            MarginCase.Order(
                leg: .marked(
                    MarginCase.Marked(
                        underlying: $0.instrument["perpetual"] ?? "", size: $0.size, entryPrice: $0.price)),
                price: $0.price)
        }
        return MarginCase(underlyings: market.map { $0.value.underlying(named: $0.key) }, members: [member])
    }
}

extension PrintedCase.Market {
    fileprivate func underlying(named symbol: String) -> MarginCase.Underlying {
        var underlying = MarginCase.Underlying(
            symbol: symbol, spot: spot, perpetual: perpetual.price,
            expiries: (expiries ?? []).map {
                MarginCase.Expiry(secondsToExpiry: $0.secondsToExpiry, forward: $0.forward)
            })
        underlying.spotConfidence = spotConfidence ?? 1
        underlying.slowPrice = slowPrice
        underlying.depth = depth
        underlying.fundingRate = perpetual.fundingRate ?? 0
        return underlying
    }
}
