import MarginConsole
import MarginDomain
import Testing

@Suite struct SignalTextTests {
    @Test func `a signal is one line`() throws {
        let text = SignalText(try exampleNames())

        #expect(
            text.line(exampleSignal())
                == "#17 09:00:21.400 pool 10042  restricted → margin call  by a price  equity 1,200.00  MM 1,100.00"
                + "  (91.7 %)  short 50.00")
    }

    @Test func `a renewed plan says so`() throws {
        let line = SignalText(try exampleNames()).line(exampleSignal(kind: .liquidationUpdate))

        #expect(line.contains("margin call, plan renewed"))
    }

    @Test func `a slice names account, size, instrument and worst price`() throws {
        let slice = Step(
            kind: .slice, asset: AssetID(0), instrument: InstrumentID(7), account: AccountID(10_042),
            quantity: Quantity(-250), price: Price(588_005), amount: .zero, marginReleased: dollars(60))

        #expect(
            SignalText(try exampleNames()).steps(exampleSignal(steps: [slice]))
                == ["account 10042: trade -0.25 BTC-PERP at at least 58800.5, restores 60.00"])
    }

    @Test func `a slice of the whole pool names no account`() throws {
        let slice = Step(
            kind: .slice, asset: AssetID(0), instrument: InstrumentID(7), account: AccountID(0), quantity: Quantity(5),
            price: .zero, amount: .zero, marginReleased: .zero)

        #expect(SignalText(try exampleNames()).step(slice) == "trade +0.005 BTC-PERP, restores 0.00")
    }

    @Test func `what is not listed shows by number`() {
        let deposit = Step(
            kind: .depositCash, asset: AssetID(1), instrument: .none, account: AccountID(5), quantity: .zero,
            price: .zero, amount: Money(50_000_000), marginReleased: dollars(50))

        #expect(SignalText(Nomenclature()).step(deposit) == "deposit 50000000 units asset 1, restores 50.00")
    }
}
