import MarginDomain
import MarginModel
import Testing

/// Cases in dollars and units against live books of the same positions.
@Suite struct MarginCaseTests {
    static let symbols = ["BTC": AssetID(2), "ETH": AssetID(3), "SOL": AssetID(4)]

    /// The book of `GoldenBookTests`, three underlyings with options and coin, in units.
    static var threeUnderlyings: MarginCase {
        var member = MarginCase.Member(id: "A")
        member.cash = 40_000
        member.collateral = [MarginCase.Collateral(asset: "BTC", underlying: "BTC", amount: 0.25, price: 60_000)]
        member.marked = [
            MarginCase.Marked(underlying: "BTC", size: 0.5, entryPrice: 60_030),
            MarginCase.Marked(underlying: "ETH", size: -15, entryPrice: 2501),
            MarginCase.Marked(underlying: "SOL", size: 120, entryPrice: 150.5),
        ]
        member.options = [
            MarginCase.Option(
                underlying: "BTC", isCall: true, secondsToExpiry: 20 * 86_400, strike: 64_000, impliedVolatility: 0.55,
                size: -1),
            MarginCase.Option(
                underlying: "ETH", isCall: false, secondsToExpiry: 20 * 86_400, strike: 2300, impliedVolatility: 0.7,
                size: -5),
        ]
        return MarginCase(
            name: "three",
            underlyings: [
                MarginCase.Underlying(
                    symbol: "ETH", spot: 2500, perpetual: 2501,
                    expiries: [MarginCase.Expiry(secondsToExpiry: 20 * 86_400, forward: 2512)]),
                MarginCase.Underlying(
                    symbol: "BTC", spot: 60_000, perpetual: 60_030,
                    expiries: [MarginCase.Expiry(secondsToExpiry: 20 * 86_400, forward: 60_400)]),
                MarginCase.Underlying(symbol: "SOL", spot: 150, perpetual: 150.5),
            ], members: [member])
    }

    /// The live book's equity 63,484.3587 less the perpetuals' cost, which the case has as entry prices.
    @Test func `a case agrees with the live book of the same positions`() throws {
        let answer = try Self.threeUnderlyings.answer(under: ModelWorld.parameters(), symbols: Self.symbols)

        let marks: Double = 0.5 * 60_030 - 15 * 2501 + 120 * 150.5
        #expect(abs(answer.equity - (63_484.3587 - marks)) <= 5e-4)
        #expect(abs(answer.initialMargin - 12_530.724699) <= 1e-3)
        #expect(abs(answer.maintenanceMargin - 10_128.017307) <= 1e-3)
        #expect(answer.bindings.map(\.underlying) == ["BTC", "ETH", "SOL"])
        #expect(answer.bindings.map(\.index) == [1, 41, 0])
        #expect(abs(answer.components.reduce(0) { $0 + $1.initial } - answer.initialMargin) <= 1e-8)
        #expect(abs(answer.components.reduce(0) { $0 + $1.maintenance } - answer.maintenanceMargin) <= 1e-8)
        #expect(answer.initialBalance == answer.equity - answer.initialMargin)
        #expect(answer.members.isEmpty)
    }

    @Test func `sizes and prices of any magnitude keep their digits`() throws {
        for scale in [1e-7, 1, 1e4] {
            var question = Self.threeUnderlyings
            for place in question.underlyings.indices {
                question.underlyings[place].spot *= scale
                question.underlyings[place].perpetual = question.underlyings[place].perpetual.map { $0 * scale }
                for expiry in question.underlyings[place].expiries.indices {
                    question.underlyings[place].expiries[expiry].forward *= scale
                }
            }
            for place in question.members[0].options.indices { question.members[0].options[place].strike *= scale }
            for place in question.members[0].marked.indices { question.members[0].marked[place].entryPrice *= scale }
            question.members[0].cash *= scale

            let answer = try question.answer(under: ModelWorld.parameters(), symbols: Self.symbols)
            let plain = try Self.threeUnderlyings.answer(under: ModelWorld.parameters(), symbols: Self.symbols)

            #expect(
                abs(answer.initialMargin / scale - plain.initialMargin) <= 1e-9 * plain.initialMargin + 1e-8 / scale)
            #expect(abs(answer.equity / scale - plain.equity) <= 1e-9 * plain.equity)
        }
    }

    /// 10,000 inverse dollars long from 50,000, marked at 60,000 with spot 60,000: 10,000·(1/50,000 − 1/60,000) BTC.
    @Test func `an inverse contract profits in coin, and its entry coin moves with spot`() throws {
        var member = MarginCase.Member()
        member.marked = [MarginCase.Marked(underlying: "BTC", isInverse: true, size: 10_000, entryPrice: 50_000)]
        let question = MarginCase(
            underlyings: [MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_000)], members: [member])

        let answer = try question.answer(under: ModelWorld.parameters(), symbols: Self.symbols)

        #expect(abs(answer.equity - 2000) <= 1e-9)
        #expect(abs(answer.markToMarket - 2000) <= 1e-9)
        // The entry coin, 0.2 BTC = 12,000 dollars, loses 16 %.
        #expect(answer.bindings.map(\.spotMove) == [-0.16])
        #expect(abs(answer.bindings[0].loss - 1920) <= 1e-6)
    }

    @Test func `a pool's members share its requirement`() throws {
        var left = MarginCase.Member(id: "L")
        left.marked = [MarginCase.Marked(underlying: "BTC", size: 1, entryPrice: 60_000)]
        var right = MarginCase.Member(id: "R")
        right.marked = [MarginCase.Marked(underlying: "BTC", size: -0.6, entryPrice: 60_000)]
        let question = MarginCase(
            underlyings: [MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_000)],
            members: [left, right])

        let answer = try question.answer(under: ModelWorld.parameters(), symbols: Self.symbols)

        #expect(answer.members.map(\.id) == ["L", "R"])
        #expect(abs(answer.members.reduce(0) { $0 + $1.share.initial } - answer.initialMargin) <= 1e-9)
        #expect(abs(answer.members[0].standAlone.initial - 9960) <= 1e-6)
        #expect(answer.members.allSatisfy { $0.share.initial <= $0.standAlone.initial + 1e-9 })
    }

    @Test func `profit in a stablecoin is charged with its balance`() throws {
        var member = MarginCase.Member()
        member.marked = [MarginCase.Marked(underlying: "BTC", settlementAsset: "USDC", size: 1, entryPrice: 59_000)]
        member.collateral = [MarginCase.Collateral(asset: "USDC", amount: 500, price: 0.98)]
        let question = MarginCase(
            underlyings: [MarginCase.Underlying(symbol: "BTC", spot: 60_000, perpetual: 60_000)], members: [member])

        let answer = try question.answer(under: ModelWorld.parameters(), symbols: Self.symbols)

        #expect(abs(answer.equity - 1500 * 0.98) <= 1e-9)
        let charge = answer.components.first { $0.component == .stablecoin }
        #expect(abs((charge?.initial ?? 0) - 0.05 * 1500 * 0.98) <= 1e-6)
    }

    @Test func `what a case lacks is named`() {
        func fault(_ change: (inout MarginCase) -> Void) -> CaseFault? {
            var question = Self.threeUnderlyings
            change(&question)
            do {
                _ = try question.answer(under: ModelWorld.parameters(), symbols: Self.symbols)
                return nil
            } catch { return error }
        }

        #expect(fault { $0.underlyings.remove(at: 2) } == .unknownUnderlying("SOL"))
        #expect(fault { $0.underlyings[0].symbol = "DOGE" } == .noParameters("DOGE"))
        #expect(fault { $0.underlyings[2].perpetual = nil } == .noMark(underlying: "SOL"))
        #expect(fault { $0.members[0].options[0].secondsToExpiry = 5 } == .unknownExpiry(underlying: "BTC", seconds: 5))
        #expect(fault { $0.underlyings[0].spot = .nan } == .badNumber("ETH spot"))
        #expect(fault { $0.members = [] } == .noMembers)
    }
}
