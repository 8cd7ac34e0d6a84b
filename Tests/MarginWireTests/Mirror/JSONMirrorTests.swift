import MarginDomain
import MarginWire
import Testing

/// How messages look in JSON, and what is accepted for them.
@Suite struct JSONMirrorTests {
    @Test func `an index price reads as people write it`() throws {
        var mirror = Sample.mirror()

        let text = String(decoding: try mirror.encode(Sample.indexPrice), as: UTF8.self)

        #expect(
            text == #"{"message":"IndexPrice","source":3,"epoch":1,"firstSequence":17,"#
                + #""sendingTime":"2025-10-10T21:13:05.123456789Z","entries":[{"underlying":1,"price":"60000.5","#
                + #""confidence":"0.95","publishTime":"2025-10-10T21:13:05Z"}]}"#)
    }

    @Test func `a trade's price, quantity and fees have three different exponents`() throws {
        var mirror = Sample.mirror()

        let text = String(decoding: try mirror.encode(Sample.trades(1)), as: UTF8.self)

        #expect(text.contains(#""price":"60000.5","quantity":"0.25""#))
        #expect(text.contains(#""buyerMode":"cross""#))
        #expect(text.contains(#""buyerFee":"1.5""#))
        #expect(text.contains(#""sellerFee":"-0.25""#))
    }

    @Test func `a mirror learns exponents from the listings that pass through it`() throws {
        let writer = Sample.mirror()
        var reader = JSONMirror()
        for batch in [Sample.listings, Sample.instruments, Sample.trades(3)] {
            var mirror = writer
            let text = try mirror.encode(batch)
            #expect(try reader.decodeBatch(text.wireBytes) == batch)
        }
    }

    @Test func `a decimal of something unlisted names the field and the id`() {
        var mirror = JSONMirror()

        #expect(throws: WireError.unknownScale(key: "price", owner: .asset(AssetID(1)))) {
            try mirror.encode(Sample.indexPrice)
        }
        #expect(throws: WireError.unknownScale(key: "price", owner: .instrument(InstrumentID(7)))) {
            try mirror.encode(Sample.trades(1))
        }
    }

    @Test func `zero needs no exponent`() throws {
        let step = Step(
            kind: .depositCash, asset: AssetID(2), instrument: .none, account: AccountID(11), quantity: .zero,
            price: .zero, amount: Money(2_500_000), marginReleased: Value(2_500_000))
        let answer = Answer.curesAnswer(
            CuresAnswer(record: RecordNumber(1), pool: PoolID(1), shortfall: Value(2_500_000), steps: [step]))
        var mirror = Sample.mirror()

        let text = try mirror.encode(answer)

        #expect(String(decoding: text, as: UTF8.self).contains(#""quantity":"0","price":"0","amount":"2.5""#))
        #expect(try mirror.decode(text.wireBytes) == .answer(answer))
    }

    @Test func `a map's prices have the exponent of its underlying`() throws {
        let map = LiquidationMap(
            streamNo: StreamNumber(1), epoch: Epoch(1), record: RecordNumber(9), eventTime: .zero,
            underlying: AssetID(1),
            levels: [MapLevel(price: Price(580_000), notional: Value(1_000_000), pools: 4)])

        let text = String(decoding: try Sample.mirror().encode(OutboundMessage.liquidationMap(map)), as: UTF8.self)

        #expect(text.hasSuffix(#""underlying":1,"levels":[{"price":"58000","notional":"1","pools":4}]}"#))
    }

    @Test func `ids beyond 2^53 are strings, and both forms are read`() throws {
        let pool = PoolID(1 << 63 | 5)
        var mirror = JSONMirror()

        let text = try mirror.encode(WireMessage.query(.poolQuery(PoolQuery(pool: pool))))

        #expect(String(decoding: text, as: UTF8.self) == #"{"message":"PoolQuery","pool":"9223372036854775813"}"#)
        let number = Array(#"{"pool":9223372036854775813,"message":"PoolQuery"}"#.utf8)
        #expect(try mirror.decodeQuery(number.wireBytes) == .poolQuery(PoolQuery(pool: pool)))
        let small = Array(#"{"message":"PoolQuery","pool":"5"}"#.utf8)
        #expect(try mirror.decodeQuery(small.wireBytes) == .poolQuery(PoolQuery(pool: PoolID(5))))
    }

    @Test func `a decimal may be a plainly written number`() throws {
        var mirror = Sample.mirror()
        let text = Array(
            #"""
            {"message": "CollateralPrice", "source": 1, "epoch": 1, "firstSequence": 1,
             "sendingTime": "2025-01-01T00:00:00Z",
             "entries": [{"asset": 2, "price": 0.9998, "confidence": 1, "publishTime": "2025-01-01T00:00:00Z"}]}
            """#.utf8)

        let batch = try mirror.decodeBatch(text.wireBytes)

        guard case .collateralPrice(let prices) = batch.events else { preconditionFailure("a price decodes as one") }
        #expect(prices[0].price == Price(9998))
        #expect(prices[0].confidence == Ratio(Ratio.scale))
    }
}
