import Testing
import ZeroMQ

@Suite struct CurveKeyTests {
    // The test vectors of ZeroMQ RFC 32 and of libzmq's manual page on encryption.
    private let hello: [UInt8] = [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]
    private let serverPublic = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
    private let serverSecret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

    @Test func `the published vectors hold`() throws {
        let secretKey = try #require(CurveSecretKey(z85: serverSecret))

        #expect(Z85.encode(hello) == "HelloWorld")
        #expect(Z85.decode("HelloWorld") == hello)
        #expect(try CurveKeyPair(secretKey: secretKey).publicKey.z85 == serverPublic)
    }

    @Test func `any four bytes survive the text form`() {
        for seed in UInt32(0)..<2000 {
            let value = seed &* 2_654_435_761
            let bytes = [
                UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
                UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value),
            ]
            #expect(Z85.encode(bytes).flatMap(Z85.decode) == bytes)
        }
        #expect(Z85.encode([255, 255, 255, 255]).flatMap(Z85.decode) == [255, 255, 255, 255])
    }

    @Test(arguments: ["Hell", "Hell ", "Hell\"", "#####", "%nSc1", "Héllo"])
    func `text that is no key material is refused`(text: String) {
        #expect(Z85.decode(text) == nil)
    }

    @Test func `bytes that do not fill groups have no text form`() {
        #expect(Z85.encode([1, 2, 3]) == nil)
        #expect(CurvePublicKey(bytes: [1, 2, 3, 4]) == nil)
        #expect(CurveSecretKey(z85: "HelloWorld") == nil)
    }

    @Test func `generated pairs differ and derive their public key`() throws {
        let (first, second) = (try CurveKeyPair.generate(), try CurveKeyPair.generate())

        #expect(first.publicKey != second.publicKey)
        #expect(try CurveKeyPair(secretKey: first.secretKey).publicKey == first.publicKey)
    }

    @Test func `a secret key is never printed`() throws {
        let secretKey = try #require(CurveSecretKey(z85: serverSecret))
        var dumped = ""
        dump(try CurveKeyPair(secretKey: secretKey), to: &dumped)

        for text in ["\(secretKey)", String(reflecting: secretKey), dumped] {
            #expect(!text.contains(serverSecret.prefix(8)))
        }
    }
}
