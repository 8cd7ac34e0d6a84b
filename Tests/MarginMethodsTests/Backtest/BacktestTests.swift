import Foundation
import MarginDomain
import MarginMethods
import MarginModel
import Testing

/// Margins of every day, and the losses that followed.
@Suite struct BacktestTests {
    static func backtest(holdingDays: Int = 1, _ books: [StandardBook] = BacktestWorld.books) throws -> Backtest {
        var inputs = SeededInputs(seed: 21)
        let data = try BacktestWorld.data(&inputs)
        return Backtest(data, books, from: data.history.dates[160], holdingDays: holdingDays)
    }

    @Test func `margin days end where the loss is still known`() throws {
        #expect(try Self.backtest().days == 160..<299)
        #expect(try Self.backtest(holdingDays: 2).days == 160..<298)
    }

    @Test func `a linear book loses what its coins lose`() throws {
        for holdingDays in [1, 2] {
            let backtest = try Self.backtest(holdingDays: holdingDays)
            let history = backtest.data.history
            func move(_ coin: String, _ day: Int) -> Double {
                let series = history.series(.spot(coin)) ?? FactorHistory.Series(first: 0, returns: [])
                return (day + 1...day + holdingDays).map { series.returns[$0 - series.first] }.reduce(0, +)
            }

            let losses = try backtest.losses()

            for (place, day) in backtest.days.enumerated() {
                #expect(abs(losses[0][place] - (1 - exp(move("BTC", day)))) <= 1e-14)
                #expect(abs(losses[1][place] - (exp(move("SOL", day)) - 1)) <= 1e-14)
                #expect(abs(losses[2][place] - 0.5 * (exp(move("ETH", day)) - exp(move("BTC", day)))) <= 1e-14)
            }
        }
    }

    /// An option is a day older, at a volatility that moved; the 90-day one by (30/90)^0.53 of the 30-day one's.
    @Test func `an option book is valued again with less time and a moved volatility`() throws {
        let calendar = StandardBook(
            "calendar",
            [
                .option("BTC", .call, days: 90, strike: 1, size: 1),
                .option("BTC", .put, days: 30, strike: 0.9, size: -2),
            ])
        let backtest = try Self.backtest([calendar])
        let history = backtest.data.history
        let spot = try #require(history.series(.spot("BTC"))).returns
        let volatility = try #require(history.series(.volatility("BTC", days: 30))).returns

        let losses = try backtest.losses()[0]

        for (place, day) in backtest.days.enumerated() {
            func value(_ forward: Double, _ move: Double, _ passed: Double) -> Double {
                NaiveShortfall.black(
                    isCall: true, forward, 1, 0.6 * exp(move * pow(1.0 / 3, 0.53)), (90 - passed) / 365)
                    - 2 * NaiveShortfall.black(isCall: false, forward, 0.9, 0.6 * exp(move), (30 - passed) / 365)
            }
            let loss = value(1, 0, 0) - value(exp(spot[day + 1]), volatility[day + 1], 1)
            #expect(abs(losses[place] - loss) <= 1e-13)
        }
    }

    @Test func `a hedged book has no delta`() throws {
        let backtest = try Self.backtest(StandardBook.options("BTC"))
        for book in backtest.books where book.name.contains("neutral") {
            let question = try book.question(on: 200, backtest.data)
            let member = question.members[0]
            let years = 30.0 / 365
            let options = member.options.reduce(0.0) { sum, option in
                sum + option.size * (StandardDelta.call(0.6, years) - (option.isCall ? 0 : 1))
            }
            #expect(member.options.count == 2)
            #expect(abs(member.marked.reduce(options) { $0 + $1.size }) <= 1e-14)
        }
    }

    /// The short way, by sums of coins and a running worst window, against the method from scratch on that day's history.
    @Test func `every day's margin is what the method would have answered on that day`() throws {
        var filtered = ShortfallParameters()
        (filtered.filter.scaling, filtered.filter.limit, filtered.stress.weight) = (.full, 0, 0)
        var stressed = ShortfallParameters()
        stressed.stress.days = 60
        var plain = ShortfallParameters()
        (plain.statistic, plain.filter.scaling, plain.lookBackDays) = (.valueAtRisk, .none, 120)
        for (number, parameters) in [filtered, stressed, plain].enumerated() {
            for holdingDays in [1, 2] {
                let backtest = try Self.backtest(holdingDays: holdingDays)

                let margins = try backtest.margins(.historical(parameters, confidence: 0.95))

                var held = parameters
                held.holdingDays = holdingDays
                for day in stride(from: 160, to: 298, by: 23) {
                    let method = ExpectedShortfall(held, history: backtest.data.history.through(day + 1))
                    for (book, own) in backtest.books.enumerated() {
                        let vectors = try method.losses(of: try own.question(on: day, backtest.data))
                        let amount = try method.requirement(vectors, confidence: 0.95).amount
                        #expect(abs(margins[book][day - 160] - amount) <= 1e-14, "\(number) \(own.name) \(day)")
                    }
                }
            }
        }
    }

    @Test func `a margin knows nothing of the days after it`() throws {
        var inputs = SeededInputs(seed: 22)
        let long = try BacktestWorld.data(&inputs)
        let short = BacktestData(long.history.through(250))
        let rule = BacktestModel.initialShortfall.rule
        let from = long.history.dates[200]

        let all = try Backtest(long, BacktestWorld.books, from: from).margins(rule)
        let known = try Backtest(short, BacktestWorld.books, from: from).margins(rule)

        for (whole, part) in zip(all, known) { #expect(Array(whole.prefix(part.count)) == part) }
        #expect(known[0].count == 49)
    }

    @Test func `shares, the largest and the default model are what they say`() throws {
        let grid = DefaultGrid(try ShortfallGrid.parameters(), symbols: ShortfallGrid.symbols)
        let backtest = try Self.backtest()
        let shortfall = try backtest.margins(BacktestModel.initialShortfall.rule)
        let model = try backtest.margins(.defaultModel(grid))

        let larger = try backtest.margins(
            .largest([BacktestModel.initialShortfall.rule, .share(0.4, .defaultModel(grid))]))

        // 16 %, basis 0.5 %, fee 0.1 %.
        #expect(model[0].allSatisfy { abs($0 - 0.166) <= 1e-6 })
        for book in larger.indices {
            for day in larger[book].indices {
                #expect(larger[book][day] == max(shortfall[book][day], 0.4 * model[book][day]))
            }
        }
    }

    @Test func `a pool is its members' legs, and the study compares it with their sum`() throws {
        let members = [BacktestWorld.books[0], BacktestWorld.books[1]]
        let pool = StandardBook("pool", [.perpetual("BTC", size: 1), .perpetual("SOL", size: -1)])
        #expect(PoolStudy.netted("pool", members) == pool)
        let study = PoolStudy(
            "two", pool: MarginPath(margins: [4, 5], losses: [6, 9]),
            members: [
                MarginPath(margins: [4, 4], losses: [1, 10]), MarginPath(margins: [4, 4], losses: [5, -1]),
            ])

        #expect(study.ratio == 0.5625 && study.ratioRange == 0.5...0.625)
        // Pool 4 and 5 against 6 and 9; the sum 8 and 8; half of each 6 and 6.5.
        #expect(study.exceeded == 1 && study.exceededBySum == 0.5 && study.exceededByBlend == 0.5)
        #expect(study.shortDays == 2 && study.wouldHaveCovered == 1)
        #expect(study.shortfallAlone == 7.0 / 8 && study.shortfallPool == 6.0 / 8 && study.shortfallBlend == 2.5 / 8)
    }

    @Test func `a crash is compared with the fifteen days before it`() throws {
        let backtest = try Self.backtest()
        let dates = backtest.data.history.dates
        let window = CrashWindow(name: "crash", from: dates[180], to: dates[189])
        // Margin 10 until the third day of the window, then 14; losses of 21 on its last day and the day after.
        let path = MarginPath(
            margins: backtest.days.map { $0 < 182 ? 10 : 14 },
            losses: backtest.days.map { $0 == 189 || $0 == 190 ? 21 : 0 })

        let outcome = try #require(window.outcome([path], of: backtest))
        let early = CrashWindow(name: "early", from: dates[170], to: dates[189])

        #expect(outcome.exceedances == 1 && outcome.worstShortfall == 0.5)
        #expect(abs(outcome.rise - 0.4) <= 1e-15)
        #expect(early.outcome([path], of: backtest) == nil)
    }

    /// A fall of 10 % and a rise of 5 % on the way of a day that closed 1 % lower.
    @Test func `a close hides what happened on the way`() throws {
        let backtest = try Self.backtest()
        let dates = backtest.data.history.dates
        let extremes = IntradayExtremes(
            dates: [dates[100], dates[200], dates[201]], lows: ["BTC": [0.5, 0.9, 1.0], "SOL": [0.5, 0.9, 1.0]],
            highs: ["BTC": [2, 1.05, 1.01], "SOL": [2, 1.05, 1.2]])
        let margins = backtest.books.map { _ in backtest.days.map { Double($0) } }
        let losses = backtest.books.map { _ in backtest.days.map { -Double($0) } }

        let paths = backtest.worstOnTheWay(extremes, margins: margins, losses: losses)

        // The day before the backtest began and the pair are left out; margins are of the close before.
        #expect(paths.count == 2)
        #expect(paths[0].atClose == MarginPath(margins: [199, 200], losses: [-199, -200]))
        #expect(paths[0].onTheWay.margins == [199, 200])
        for (own, expected) in zip(paths[0].onTheWay.losses, [0.1, 0.0]) { #expect(abs(own - expected) <= 1e-15) }
        for (own, expected) in zip(paths[1].onTheWay.losses, [0.05, 0.2]) { #expect(abs(own - expected) <= 1e-15) }
    }
}
