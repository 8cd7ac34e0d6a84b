import MarginDomain
import MarginWire
import Testing

/// What holds for every message in JSON, shown on forged frames.
@Suite struct MirrorRoundTripTests {
    @Test(arguments: MessageKind.allCases)
    func `a message survives the mirror`(kind: MessageKind) throws {
        for seed in 0..<10 as Range<UInt64> {
            var forge = FrameForge(seed: seed, entryCount: UInt16(seed % 3))
            let frame = forge.frame(of: kind)
            let message = try SBEDecoder.decode(frame.wireBytes)

            var mirror = JSONMirror(scales: try scales(for: message, seed: seed))
            let text = try mirror.encode(message)

            #expect(try mirror.decode(text.wireBytes) == message, "seed \(seed)")
        }
    }

    @Test(arguments: MessageKind.allCases)
    func `every truncation of a text is refused`(kind: MessageKind) throws {
        var forge = FrameForge(seed: 1, entryCount: 1)
        let frame = forge.frame(of: kind)
        let message = try SBEDecoder.decode(frame.wireBytes)
        var mirror = JSONMirror(scales: try scales(for: message, seed: 1))
        let text = try mirror.encode(message)

        for length in text.indices {
            #expect(throws: WireError.self) { try mirror.decode(Array(text[..<length]).wireBytes) }
        }
    }

    @Test func `flipped bits of a text never crash`() throws {
        var random = SeededGenerator(seed: 6)
        var mirror = Sample.mirror()
        let whole = try mirror.encode(Sample.trades(2))

        for _ in 0..<5_000 {
            var text = whole
            text.flipBit(&random)
            do {
                let batch = try mirror.decodeBatch(text.wireBytes)
                #expect(batch.events.kind == .trade)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    /// Lists whatever a message's decimals turn out to need.
    private func scales(for message: WireMessage, seed: UInt64) throws -> Scales {
        var random = SeededGenerator(seed: seed)
        var scales = Scales()
        while let owner = missingOwner(message, scales) {
            switch owner {
            case .asset(let asset):
                var listing = Sample.bitcoin
                listing.asset = asset
                listing.moneyExponent = exponent(&random)
                listing.priceExponent = exponent(&random)
                scales.learn(listing)
            case .instrument(let instrument):
                var listing = Sample.perpetual
                listing.instrument = instrument
                listing.priceExponent = exponent(&random)
                listing.quantityExponent = exponent(&random)
                scales.learn(listing)
            case .schema: preconditionFailure("the schema's own exponents are always known")
            }
        }
        return scales
    }

    private func exponent(_ random: inout SeededGenerator) -> Exponent {
        Exponent(Int8.random(in: Exponent.range, using: &random))
    }

    private func missingOwner(_ message: WireMessage, _ scales: Scales) -> ScaleOwner? {
        var mirror = JSONMirror(scales: scales)
        do {
            _ = try mirror.encode(message)
        } catch .unknownScale(_, let owner) {
            return owner
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }
}
