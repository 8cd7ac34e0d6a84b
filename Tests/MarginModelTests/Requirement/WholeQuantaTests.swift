import MarginDomain
import Testing

@testable import MarginModel

/// The crossing from the model's numbers to the ledger's.
@Suite struct WholeQuantaTests {
    @Test(arguments: [
        (0.0, 0 as Int64), (-3, -3), (0x1p62, 1 << 62), (0x1p63, .max), (1e300, .max), (.infinity, .max),
        (-0x1p63, .min), (-0x1p63 - 2048, .min), (-1e300, .min), (-.infinity, .min),
    ])
    func `quanta beyond 64 bits are the largest that there are, on both sides`(quanta: Double, expected: Int64) {
        #expect(Value(quanta: quanta) == Value(expected))
    }
}
