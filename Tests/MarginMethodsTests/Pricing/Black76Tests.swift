import MarginMethods
import Testing

@Suite struct Black76Tests {
    @Test func `a published future option has its published value`() {
        // F = K = 100, r = 0.02, half a year, volatility 0.2: py_vollib, references test-vectors 4.
        let discount = Black76.discount(rate: 0.02, years: 0.5)
        let value = Black76.value(.call, forward: 100, strike: 100, volatility: 0.2, years: 0.5, discount: discount)

        #expect(abs(value - 5.5811067246) < 1e-10)
    }

    @Test func `a published bitcoin option has its published value`() {
        // Undiscounted, recomputed by hand in references test-vectors 7.
        let value = Black76.value(
            .call, forward: 95_776.67392708939, strike: 100_000, volatility: 0.453803924321583,
            years: Black76.years(794_852))

        #expect(abs(value - 1190.912538577606) < 1e-9)
    }

    @Test(arguments: [0.001, 0.5, 3.0, 400])
    func `call less put is the discounted forward less strike`(volatility: Double) {
        for strike in [1.0, 60, 100, 170, 9_000] {
            let call = Black76.value(
                .call, forward: 100, strike: strike, volatility: volatility, years: 0.7, discount: 0.9)
            let put = Black76.value(
                .put, forward: 100, strike: strike, volatility: volatility, years: 0.7, discount: 0.9)

            #expect(abs(call - put - 0.9 * (100 - strike)) < 1e-12 * max(100, strike))
        }
    }

    @Test func `without time or volatility exercise is all that counts`() {
        #expect(Black76.value(.call, forward: 110, strike: 100, volatility: 0.5, years: 0, discount: 0.9) == 9)
        #expect(Black76.value(.put, forward: 110, strike: 100, volatility: 0, years: 1, discount: 0.9) == 0)
        #expect(Black76.value(.put, forward: 90, strike: 100, volatility: 1e-13, years: 1) == 10)
    }

    @Test func `a forward of nothing leaves a put its strike`() {
        #expect(Black76.value(.put, forward: 0, strike: 100, volatility: 0.5, years: 1, discount: 0.9) == 90)
        #expect(Black76.value(.call, forward: 0, strike: 100, volatility: 0.5, years: 1) == 0)
    }

    @Test func `years count from now on`() {
        #expect(Black76.years(31_536_000) == 1)
        #expect(Black76.years(-5) == 0)
    }
}
