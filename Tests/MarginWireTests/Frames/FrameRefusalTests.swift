import MarginDomain
import MarginWire
import Testing

/// What is wrong with a frame is named, with its place.
@Suite struct FrameRefusalTests {
    private let batch = Sample.trades(2)

    private func frame() throws -> [UInt8] { try Sample.frame(batch) }

    @Test func `a foreign schema is named`() throws {
        var frame = try frame()
        frame.write(7, at: 4)

        #expect(throws: WireError.unknownSchema(7)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a later version is named`() throws {
        var frame = try frame()
        frame.write(9, at: 6)

        #expect(throws: WireError.unknownVersion(9)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a template that no message has is named`() throws {
        var frame = try frame()
        frame.write(999, at: 2)

        #expect(throws: WireError.unknownTemplate(999)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a query is no event`() throws {
        var encoder = SBEEncoder()
        try encoder.encode(Query.poolQuery(PoolQuery(pool: PoolID(4))))

        #expect(throws: WireError.wrongRole(template: 153)) { try SBEDecoder.decodeBatch(encoder.frame.wireBytes) }
    }

    @Test func `an event message opened as another is refused`() throws {
        let frame = try frame()

        #expect(throws: WireError.wrongRole(template: 40)) {
            _ = try BatchFrame<IndexPriceFlyweight>(frame.wireBytes)
        }
    }

    @Test func `a root of another length is named`() throws {
        var frame = try frame()
        frame.write(23, at: 0)

        let place = WirePlace(template: 40, field: "root", offset: 0)
        #expect(throws: WireError.wrongBlockLength(place, found: 23, expected: 22)) {
            try SBEDecoder.decodeBatch(frame.wireBytes)
        }
    }

    @Test func `a count beyond the frame is named`() throws {
        var frame = try frame()
        frame.write(3, at: 32)

        let place = WirePlace(template: 40, field: "entries", offset: 30)
        #expect(throws: WireError.countExceedsFrame(place, count: 3)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a group beyond the limit is refused whatever the frame's length`() throws {
        var frame = try frame()
        frame.write(5000, at: 32)

        let place = WirePlace(template: 40, field: "entries", offset: 30)
        #expect(throws: WireError.groupTooLarge(place, count: 5000)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `an enumeration's unknown number is named with its entry`() throws {
        var frame = try frame()
        frame[34 + 103 + 36] = 2

        let place = WirePlace(template: 40, field: "buyerMode", offset: 34 + 103 + 36)
        #expect(throws: WireError.valueOutOfRange(place, value: 2)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a character after a symbol's end is refused`() throws {
        var frame = try Sample.frame(Sample.listings)
        let symbol = 34 + 4
        frame[symbol + 10] = UInt8(ascii: "X")

        let place = WirePlace(template: 1, field: "symbol", offset: symbol + 10)
        #expect(throws: WireError.textNotPlain(place)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a symbol beyond ASCII is refused`() throws {
        var frame = try Sample.frame(Sample.listings)
        frame[34 + 4] = 0xe9

        let place = WirePlace(template: 1, field: "symbol", offset: 34 + 4)
        #expect(throws: WireError.textNotPlain(place)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `an exponent outside the listing range is refused in both directions`() throws {
        var frame = try Sample.frame(Sample.listings)
        frame[34 + 36] = UInt8(bitPattern: -19)
        let place = WirePlace(template: 1, field: "moneyExponent", offset: 34 + 36)
        #expect(throws: WireError.valueOutOfRange(place, value: -19)) { try SBEDecoder.decodeBatch(frame.wireBytes) }

        var listing = Sample.bitcoin
        listing.moneyExponent = Exponent(10)
        let batch = EventBatch(header: Sample.header, events: .assetListed([listing]))
        #expect(throws: WireError.valueOutOfRange(place, value: 10)) { try Sample.frame(batch) }
    }

    @Test func `a signal whose kind is another message's is refused`() throws {
        var frame: [UInt8] = []
        var forge = FrameForge(seed: 5)
        frame = forge.frame(of: .marginCall)
        frame.write(MessageKind.cured.rawValue, at: 2)

        let place = WirePlace(template: 105, field: "kind", offset: 8 + 57)
        #expect(throws: WireError.kindContradictsTemplate(place)) { try SBEDecoder.decodeAnswer(frame.wireBytes) }
    }

    @Test func `a frame beyond the limit is refused before it is read`() throws {
        let frame = try frame() + Array(repeating: 0, count: EngineLimits.frameBytesMax)

        #expect(throws: WireError.frameTooLong(found: frame.count)) { try SBEDecoder.decodeBatch(frame.wireBytes) }
    }

    @Test func `a batch beyond the limits is not encoded`() {
        let place = WirePlace(template: 40, field: "entries", offset: 30)
        #expect(throws: WireError.groupTooLarge(place, count: 4097)) { try Sample.frame(Sample.trades(4097)) }
        #expect(throws: WireError.frameTooLong(found: 34 + 103 * 4096)) { try Sample.frame(Sample.trades(4096)) }
    }

    @Test func `a text that the wire cannot hold is not encoded`() {
        let refused = QueryError(fault: .malformed, field: .empty, explanation: "naïve")
        var encoder = SBEEncoder()

        let place = WirePlace(template: 170, field: "explanation", offset: 8 + 33)
        #expect(throws: WireError.textNotPlain(place)) { try encoder.encode(Answer.queryError(refused)) }
    }
}
