import Testing

@testable import MarginLog

@Suite struct ChecksumTests {
    @Test func `the checksum of the digits is the published check value`() {
        let digits = Array("123456789".utf8)

        #expect(CRC32C.checksum(digits.span.bytes) == 0xE306_9283)
        #expect(CRC32C.portableChecksum(digits.span.bytes) == 0xE306_9283)
    }

    /// RFC 3720, appendix B.4.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ([UInt8](0..<32), 0x46DD_794E),
        ] as [([UInt8], UInt32)])
    func `the checksum agrees with the values that iSCSI publishes`(bytes: [UInt8], expected: UInt32) {
        #expect(CRC32C.checksum(bytes.span.bytes) == expected)
    }

    @Test func `the instruction and the table agree at every length and alignment`() {
        var generator = SeededGenerator(seed: 1)
        let bytes = (0..<600).map { _ in UInt8.random(in: 0...255, using: &generator) }

        for start in 0..<9 {
            for end in start...(start + 300) {
                let range = bytes.span.bytes.extracting(start..<end)
                #expect(CRC32C.checksum(range) == CRC32C.portableChecksum(range))
            }
        }
    }

    @Test func `a checksum may be taken in pieces`() {
        let bytes = [UInt8](0..<100)

        for cut in 0...100 {
            let head = CRC32C.checksum(bytes.span.bytes.extracting(0..<cut))
            let whole = CRC32C.checksum(bytes.span.bytes.extracting(cut..<100), continuing: head)
            #expect(whole == CRC32C.checksum(bytes.span.bytes))
        }
    }

    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)])
    func `the hash of a text is the published one`(text: String, expected: UInt64) {
        #expect(XXHash64.hash(of: Array(text.utf8).span.bytes) == expected)
    }

    /// Byte i is 7 i + 3; the values are those of the reference implementation.
    @Test(
        arguments: [
            (1, 0x1F25_C8D0_BC1F_4BB6), (3, 0x31D2_363F_52E5_64C9), (4, 0x9BB6_4B7D_66EE_9FDA),
            (7, 0x9A7B_1499_59CE_60D8), (8, 0xDAB9_9D95_C6F9_0092), (9, 0x170B_B6BF_975B_4C02),
            (12, 0xD52E_4078_33AF_5133), (31, 0xA2AA_5F33_CC4A_6119), (32, 0x23C3_C17E_F790_FD97),
            (33, 0x50A7_CFC7_BA58_8784), (63, 0x5E3E_54B4_31C7_493C), (64, 0x0EB6_4B3E_F6EE_B01F),
            (65, 0xA383_B724_B2BD_12F1), (100, 0xA61F_8D4C_170F_E531), (255, 0x39AE_55A2_9989_206F),
            (4160, 0x0CD6_1956_ACAA_1A86),
        ] as [(Int, UInt64)])
    func `the hash agrees with the reference at lengths around its block sizes`(length: Int, expected: UInt64) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }

        #expect(XXHash64.hash(of: bytes.span.bytes) == expected)
    }
}
