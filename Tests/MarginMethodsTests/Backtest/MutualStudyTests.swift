import Foundation
import MarginDomain
import MarginMethods
import MarginModel
import Testing

/// Mutual pools of books held through history.
@Suite struct MutualStudyTests {
    /// The example of docs/margin-model.md §12: long 1, short 0.6. Alone 16.6 % and 9.96 % of the price; together the
    /// short one takes risk off, and is credited half of what it needs. Its default costs 4.98 % beyond its share, which
    /// the smaller of two contributions must cover: half of each requirement.
    @Test func `held books are asked at each day's prices, with what was locked when they were struck`() throws {
        let backtest = try BacktestTests.backtest()
        let history = backtest.data.history
        let moves = try #require(history.series(.spot("BTC"))).returns
        let books = [
            StandardBook("long", [.perpetual("BTC", size: 1)]), StandardBook("short", [.perpetual("BTC", size: -0.6)]),
        ]

        let mutual = try MutualDays(
            books, backtest.data, from: history.dates[170], terms: try MutualTerms(),
            grid: DefaultGrid(try ShortfallGrid.parameters(), symbols: ShortfallGrid.symbols))

        // Months of 28 days; the last two-day loss is that of two days before the last date.
        #expect(mutual.days.count == 300 - 170 - 2)
        for (place, day) in mutual.days.enumerated() {
            let date = 170 + place
            let struck = max(170, date / 28 * 28)
            let price = exp(moves[..<(date + 1)].dropFirst(struck + 1).reduce(0, +))
            #expect(day.isStruck == (date == struck))
            #expect(day.beta == 0.5 && day.isExact)
            for (member, size) in zip(day.members, [1, -0.6]) {
                let alone = 0.166 * abs(size) * price
                #expect(abs(member.standAlone - alone) <= 1e-7)
                #expect(abs(member.share - (size > 0 ? alone : 0.5 * alone)) <= 1e-7)
                #expect(abs(member.contribution - 0.083 * abs(size)) <= 1e-7)
                #expect(abs(member.pledge - 0.166 * abs(size)) <= 1e-7)
                #expect(member.ringFence == (member.maintenanceAlone > 0.9 * member.share ? .utilisation : nil))
                for (loss, days) in zip(member.losses, [1, 2]) {
                    let after = exp(moves[(date + 1)...].prefix(days).reduce(0, +))
                    #expect(abs(loss - size * price * (1 - after)) <= 1e-12)
                }
            }
            #expect(day.members[0].ringFence == nil && day.members[1].ringFence == .utilisation)
        }
    }

    @Test func `a history without the first date's return is named`() throws {
        let backtest = try BacktestTests.backtest()

        #expect(throws: MethodFault.missing("the return of SOL after \(backtest.data.history.dates[3])")) {
            try MutualDays(
                [BacktestWorld.books[0], BacktestWorld.books[1]], backtest.data, from: backtest.data.history.dates[3],
                terms: try MutualTerms(),
                grid: DefaultGrid(try ShortfallGrid.parameters(), symbols: ShortfallGrid.symbols))
        }
    }

    private static func member(
        alone: Double = 10, maintenance: Double = 7.2, share: Double, _ losses: Double..., fence: RingFence? = nil
    ) -> MutualDays.Member {
        MutualDays.Member(
            standAlone: alone, maintenanceAlone: maintenance, share: share, contribution: 1, pledge: 2,
            ringFence: fence, losses: losses)
    }

    /// Requirements of 10 each; contributions of 1, pledges of 2; to keep credit a member of 7.2 has 8.
    @Test func `gains pay for others only up to pledges`() throws {
        let days = [
            // The second loses 1 more than its share; the first has 15 left, of which 2 count. After two days it
            // loses 3 more: 1 is missing, but not if it has the 8 that keep its credit.
            MutualDays.Day(
                isStruck: true, beta: 0.5,
                members: [Self.member(share: 9, -6, -6), Self.member(share: 5, 6, 8, fence: .utilisation)]),
            // The second's share rose by three fifths, the first's requirement by a tenth. The first loses 13, the other
            // gains 13: 4 − 2 is missing; after two days 9 − 2.
            MutualDays.Day(
                isStruck: false, beta: 0.25, isExact: false,
                members: [
                    Self.member(alone: 11, share: 9, 13, 18, fence: .concentration), Self.member(share: 8, -13, -18),
                ]),
            // Struck anew: no rise counts.
            MutualDays.Day(
                isStruck: true, beta: 0, members: [Self.member(share: 10, 1, 1), Self.member(share: 10, -1, -1)]),
            MutualDays.Day(
                isStruck: false, beta: 0, members: [Self.member(share: 10, 1, 1), Self.member(share: 10, -1, -1)]),
        ]

        let study = MutualStudy("two", MutualDays(days, utilisation: 0.9))

        #expect(study.name == "two" && study.days == 4)
        #expect(abs(study.ratio - (0.7 + 17.0 / 21 + 1 + 1) / 4) <= 1e-15 && study.ratioRange == 0.7...1)
        #expect(abs(study.moneyRatio - (0.85 + 17.0 / 21 + 1 + 1) / 4) <= 1e-15)
        #expect(abs(study.pledgeRatio - (0.2 + 4.0 / 21 + 0.2 + 0.2) / 4) <= 1e-15)
        #expect(study.beta == 0.1875 && study.betaRange == 0...0.5 && study.inexactDays == 1)
        #expect(study.fencedForUtilisation == 0.125 && study.fencedForConcentration == 0.125)
        #expect(abs(study.shareRise - 0.6) <= 1e-15 && abs(study.standAloneRise - 0.1) <= 1e-15)
        let (one, two) = (study.horizons[0], study.horizons[1])
        #expect(one.beyondShare == 2 && one.beyondStandAlone == 1)
        #expect(one.uncovered == 1 && one.uncoveredWithMoney == 1)
        #expect(one.worstShortfall == 2.0 / 21 && one.worstShortfallAlone == 2.0 / 21)
        #expect(two.beyondShare == 2 && two.beyondStandAlone == 1)
        #expect(two.uncovered == 2 && two.uncoveredWithMoney == 1)
        #expect(two.worstShortfall == 7.0 / 21 && two.worstShortfallAlone == 7.0 / 21)
    }
}
