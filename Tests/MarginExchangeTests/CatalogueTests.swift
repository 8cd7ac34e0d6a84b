import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct CatalogueTests {
    private func catalogue(_ underlyings: [UnderlyingTerms] = UnderlyingTerms.known) throws -> Catalogue {
        try Catalogue(SyntheticMarket(MarketScenario(underlyings: underlyings), seed: 1))
    }

    @Test func `the large underlyings have about three hundred instruments, the small ones a hundred`() throws {
        let counts = Dictionary(grouping: try catalogue().instruments) { $0.instrument.underlying }.mapValues(\.count)

        #expect(counts[AssetID(3)] == 294)
        #expect(counts[AssetID(4)] == 294)
        #expect(counts[AssetID(5)] == 104)
    }

    @Test func `ids and names are distinct`() throws {
        let instruments = try catalogue().instruments

        #expect(Set(instruments.map(\.id)).count == instruments.count)
        #expect(Set(instruments.map(\.listing.symbol)).count == instruments.count)
    }

    @Test func `names are those of the trade`() throws {
        let names = Set(try catalogue().instruments.map { "\($0.listing.symbol)" })

        #expect(names.contains("BTC-PERP"))
        #expect(names.contains("BTC-PERPETUAL"))
        #expect(names.contains { $0.hasPrefix("BTC-3MAR26-") && $0.hasSuffix("-C") })
    }

    @Test func `strikes lie on both sides of spot`() throws {
        for listed in Dictionary(grouping: try catalogue().instruments, by: \.instrument.underlying) {
            let strikes = listed.value.map(\.strike).filter { $0 > 0 }
            let spot = try #require(UnderlyingTerms.known.first { $0.asset == listed.key }).spot
            #expect(strikes.contains { $0 < spot } && strikes.contains { $0 > spot })
        }
    }

    @Test func `the first expiry leaves two hours, all are at eight`() {
        let late = Timestamp(Timestamp.exampleStart.nanoseconds - 2 * 3600 * Duration64.perSecond)
        for start in [Timestamp.exampleStart, late] {
            let expiries = ExpiryCalendar.expiries(from: start, days: [0, 1, 30])
            #expect(expiries.allSatisfy { $0.nanoseconds / Duration64.perSecond % 86_400 == 8 * 3600 })
            #expect((expiries[0] - start).inSeconds >= 2 * 3600)
            #expect((expiries[0] - start).inSeconds < 26 * 3600)
        }
    }

    @Test(arguments: [
        (0, "1JAN70"), (951_782_400, "29FEB00"), (1_772_438_400, "2MAR26"), (4_107_542_400, "1MAR00"),
    ]) func `dates are those of the calendar`(seconds: Int64, name: String) {
        #expect(ExpiryCalendar.name(of: Timestamp(seconds * Duration64.perSecond)) == name)
    }
}
