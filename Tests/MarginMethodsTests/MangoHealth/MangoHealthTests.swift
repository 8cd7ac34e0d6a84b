import MarginMethods
import Testing

/// Worked by hand, where the stable price is not the oracle's: the published cases (Tests/conformance) have one price.
@Suite struct MangoHealthTests {
    private static let prices = MangoPrices(oracle: 5, stable: 4)

    private static func token(_ balance: Double) -> MangoToken {
        MangoToken(balance: balance, prices: prices, assetWeight: 0.5, liabilityWeight: 1.5)
    }

    private static let dollars = MangoToken(
        balance: 0, prices: MangoPrices(oracle: 1), assetWeight: 0.8, liabilityWeight: 1.2)

    @Test func `the lower price is of what is owned and the higher of what is owed, whichever is the stable one`() {
        // 10·0.5·4 and −10·1.5·5.
        #expect(MangoHealth(tokens: [Self.token(10)]).initial == 20)
        #expect(MangoHealth(tokens: [Self.token(-10)]).initial == -75)
        #expect(MangoPrices(oracle: 4, stable: 5) == Self.prices)
    }

    @Test func `deposits and borrows scale at the higher price`() {
        var token = Self.token(10)
        (token.deposits, token.depositScaleStart) = (100, 250)
        // The weight is 0.5·250/500.
        #expect(MangoHealth(tokens: [token]).initial == 10)

        token.balance = -10
        (token.borrows, token.borrowScaleStart) = (60, 200)
        // The weight is 1.5·300/200.
        #expect(MangoHealth(tokens: [token]).initial == -112.5)
    }

    @Test func `bids are paid at the higher price and asks bring the lower`() {
        var position = MangoPerpetual(
            settledIn: 0, prices: Self.prices, size: 10, quote: 0, bids: 2, asks: 3, assetWeight: 0.8,
            liabilityWeight: 1.2, gainWeight: 0.95)
        // Bids: 12·0.8·4 − 2·5 = 28.4, of which 0.95 count; asks: 7·0.8·4 + 3·4 = 34.4.
        #expect(position.unsettled.isNanoClose(to: 26.98))

        // Bids: −2·1.2·5 − 2·5 = −22; asks: −7·1.2·5 + 3·4 = −30.
        position.size = -4
        #expect(position.unsettled.isNanoClose(to: -30))
        #expect(MangoHealth(tokens: [Self.dollars], perpetuals: [position]).initial.isNanoClose(to: -36))
    }

    @Test func `reserved amounts are exchanged at the less favourable price of each token`() {
        func health(_ base: Double, _ quote: Double) -> MangoHealth {
            let orders = MangoSpotOrders(base: 1, quote: 0, reservedBase: base, reservedQuote: quote)
            return MangoHealth(tokens: [Self.dollars, Self.token(0)], spotOrders: [orders])
        }
        // 10 dollars buy 2 at 5, which count 2·0.5·4; they are 10·0.8 themselves.
        #expect(health(0, 10).initial.isNanoClose(to: 4))
        // 3 bring 12 dollars at 4, which count 9.6; they are 3·0.5·4 themselves.
        #expect(health(3, 0).initial.isNanoClose(to: 6))
        #expect(health(0, 0).orderContributions == [0])
    }
}
