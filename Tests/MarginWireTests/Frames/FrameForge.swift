import MarginDomain
import MarginWire

/// Makes a valid frame of any message out of random bytes, knowing nothing of the schema but what errors say.
///
/// Each refusal names what is wrong and where; the forge mends exactly that and tries again. So every message is
/// covered without a list of them, and an error that names the wrong place shows as a frame that never becomes valid.
struct FrameForge {
    private var random: SeededGenerator
    /// Entries of every group.
    private let entryCount: UInt16

    /// Above what the longest texts and unluckiest enumerations take.
    private static let attemptsMax = 10_000

    init(seed: UInt64, entryCount: UInt16 = 3) {
        random = SeededGenerator(seed: seed)
        self.entryCount = entryCount
    }

    /// A valid frame.
    mutating func frame(of kind: MessageKind) -> [UInt8] {
        var frame: [UInt8] = []
        frame.write(0, at: 0)
        frame.write(kind.rawValue, at: 2)
        frame.write(SchemaEdition.id, at: 4)
        frame.write(SchemaEdition.version, at: 6)
        var attempts = 0
        while let error = refusal(of: frame) {
            attempts += 1
            guard attempts < Self.attemptsMax, mend(&frame, error) else {
                preconditionFailure("\(kind): cannot mend \(error)")
            }
        }
        return frame
    }

    private func refusal(of frame: [UInt8]) -> WireError? {
        do {
            _ = try SBEDecoder.decode(frame.wireBytes)
            return nil
        } catch {
            return error
        }
    }

    /// Mends what an error names; false if it is nothing that random bytes explain.
    private mutating func mend(_ frame: inout [UInt8], _ error: WireError) -> Bool {
        switch error {
        case .frameTooShort(let needed, _): frame += random.bytes(needed - frame.count)
        case .wrongBlockLength(let place, _, let expected): frame.write(UInt16(expected), at: place.offset)
        case .countExceedsFrame(let place, let count) where count == Int(entryCount):
            let needed = place.offset + 4 + count * Int(frame.number(at: place.offset))
            frame += random.bytes(needed - frame.count)
        case .countExceedsFrame(let place, _), .groupTooLarge(let place, _):
            frame.write(entryCount, at: place.offset + 2)
        case .valueOutOfRange(let place, _):
            frame[place.offset] = UInt8(bitPattern: Int8.random(in: -8...8, using: &random))
        case .textNotPlain(let place): frame[place.offset] = 0
        case .kindContradictsTemplate(let place):
            frame[place.offset] = UInt8(frame.number(at: 2) - MessageKind.warning.rawValue)
        default: return false
        }
        return true
    }
}

extension [UInt8] {
    /// Changes one bit somewhere.
    mutating func flipBit(_ random: inout SeededGenerator) {
        self[Int.random(in: indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }

    /// The little-endian number of two bytes.
    func number(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

    /// Writes two bytes, little-endian, growing by them if need be.
    mutating func write(_ number: UInt16, at offset: Int) {
        while count < offset + 2 { append(0) }
        self[offset] = UInt8(truncatingIfNeeded: number)
        self[offset + 1] = UInt8(truncatingIfNeeded: number >> 8)
    }
}
