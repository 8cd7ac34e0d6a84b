import MarginDomain
import MarginWire
import Testing

/// Frames read where they were received.
@Suite struct FlyweightTests {
    @Test func `a batch is read in place`() throws {
        let frame = try Sample.frame(Sample.trades(64))

        let opened = try BatchFrame<TradeFlyweight>(frame.wireBytes)

        #expect(opened.header.firstSequence == SequenceNumber(17))
        #expect(opened.entries.count == 64)
        #expect(opened.entries[63].trade == TradeID(64))
        #expect(opened.entries[63].sellerMode == .isolated)
        #expect(opened.entries[63].sellerFee == Money(-250_000))
    }

    @Test func `a message with groups is read in place`() throws {
        var forge = FrameForge(seed: 8, entryCount: 2)
        let frame = forge.frame(of: .poolState)

        let opened = try PoolStateFrame(frame.wireBytes)
        let answer = try SBEDecoder.decodeAnswer(frame.wireBytes)

        guard case .poolState(let state) = answer else { preconditionFailure("a pool's state decodes as one") }
        #expect(opened.root.pool == state.pool)
        #expect(opened.components.count == 2)
        #expect(opened.components[1].initial == state.components[1].initial)
    }

    @Test func `an index price has the bytes that the schema says`() throws {
        let frame = try Sample.frame(Sample.indexPrice)

        // Written by an encoder that shares no code with this one, scripts/plimsoll_wire.py.
        let header: [UInt8] = [0x16, 0, 0x14, 0, 0xad, 7, 1, 0]
        let batch: [UInt8] = [
            3, 0, 1, 0, 0, 0, 0x11, 0, 0, 0, 0, 0, 0, 0, 0x15, 0x57, 0x83, 0x9d, 0x9f, 0x3d, 0x6d, 0x18,
        ]
        let group: [UInt8] = [0x1c, 0, 1, 0]
        let entry: [UInt8] = [
            1, 0, 0, 0, 0xc5, 0x27, 9, 0, 0, 0, 0, 0,
            0x80, 0xd9, 0x9f, 0x38, 0, 0, 0, 0, 0, 0x8a, 0x27, 0x96, 0x9f, 0x3d, 0x6d, 0x18,
        ]
        #expect(frame == header + batch + group + entry)
    }

    @Test func `an encoder's buffer is reused`() throws {
        var encoder = SBEEncoder()
        try encoder.encode(Sample.trades(64))
        let long = encoder.frame.count

        try encoder.encode(Sample.indexPrice)

        #expect(encoder.frame.count < long)
        #expect(try SBEDecoder.decodeBatch(encoder.frame.wireBytes) == Sample.indexPrice)
    }
}
