import MarginDomain
import MarginWire
import Testing

/// What holds for every message of the schema, shown on forged frames.
@Suite struct FrameRoundTripTests {
    @Test(arguments: MessageKind.allCases)
    func `decoding and encoding again gives the same bytes`(kind: MessageKind) throws {
        for seed in 0..<20 as Range<UInt64> {
            var forge = FrameForge(seed: seed, entryCount: UInt16(seed % 4))
            let frame = forge.frame(of: kind)

            let message = try SBEDecoder.decode(frame.wireBytes)
            var encoder = SBEEncoder()
            try encoder.encode(message)

            #expect(message.kind == kind)
            #expect(encoder.frame == frame, "seed \(seed)")
        }
    }

    @Test(arguments: MessageKind.allCases)
    func `every truncation of a frame is refused`(kind: MessageKind) {
        var forge = FrameForge(seed: 1, entryCount: 2)
        let frame = forge.frame(of: kind)

        for length in frame.indices {
            #expect(throws: WireError.self) { try SBEDecoder.decode(Array(frame[..<length]).wireBytes) }
        }
    }

    @Test(arguments: MessageKind.allCases)
    func `a byte after the end is refused`(kind: MessageKind) {
        var forge = FrameForge(seed: 2)
        let frame = forge.frame(of: kind)

        let error = WireError.trailingBytes(template: kind.rawValue, offset: frame.count, count: 1)
        #expect(throws: error) { try SBEDecoder.decode((frame + [0]).wireBytes) }
    }

    @Test(arguments: MessageKind.allCases)
    func `flipped bits are refused or make another canonical frame`(kind: MessageKind) throws {
        var random = SeededGenerator(seed: UInt64(kind.rawValue))
        var forge = FrameForge(seed: 3)
        let whole = forge.frame(of: kind)
        var encoder = SBEEncoder()

        for round in 0..<300 {
            var frame = whole
            for _ in 0...(round % 3) {
                frame.flipBit(&random)
            }
            do {
                try encoder.encode(try SBEDecoder.decode(frame.wireBytes))
                #expect(encoder.frame == frame, "round \(round)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func `random bytes after a valid header never crash`() {
        var random = SeededGenerator(seed: 4)
        for kind in MessageKind.allCases {
            for _ in 0..<50 {
                var frame = random.bytes(Int.random(in: 8...300, using: &random))
                frame.write(kind.rawValue, at: 2)
                frame.write(SchemaEdition.id, at: 4)
                frame.write(SchemaEdition.version, at: 6)
                do {
                    _ = try SBEDecoder.decode(frame.wireBytes)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
