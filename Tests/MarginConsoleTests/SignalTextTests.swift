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

    @Test func `a signal of a pool without margin names the place and the cure`() throws {
        var signal = exampleSignal(kind: .quarantined)
        signal.state = .quarantined
        signal.reason = .noMark
        signal.reasonInstrument = InstrumentID(7)

        let line = SignalText(try exampleNames()).line(signal)

        #expect(line.contains("  no mark of BTC-PERP; publish MarkPrice"))
        #expect(!line.contains("equity"))
    }

    @Test func `every reason has a sentence of its own, with the asset where it may have one`() throws {
        let names = try exampleNames()
        let sentences = NoMarginReason.allCases.compactMap { reason in
            NoMargin(
                reason, asset: AssetID(3), instrument: InstrumentID(7), expiry: Timestamp(1_800_000_000_000_000_000)
            )
            .sentence(naming: names.name, names.name)
        }

        #expect(Set(sentences).count == NoMarginReason.allCases.count - 1)
        #expect(sentences.contains("no forward of BTC for expiry 1800000000; publish ForwardPoint"))
        #expect(
            sentences.contains(
                "its method has no rule for something in it (BTC); close that, or change the agreement"))
        let long = String(repeating: "X", count: 32)
        for reason in NoMarginReason.allCases {
            let sentence = NoMargin(reason, asset: AssetID(3), expiry: Timestamp(.max))
                .sentence(naming: { _ in long }, { _ in long })
            #expect((sentence?.utf8.count ?? 0) <= 160, "an error's sentence has room for no more")
        }
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
