import MarginDomain
import MarginWire
import Testing

/// What is wrong with a text is named, with the key and the byte.
@Suite struct JSONRefusalTests {
    private func refusal(_ text: String) -> WireError? {
        var mirror = Sample.mirror()
        do {
            _ = try mirror.decode(Array(text.utf8).wireBytes)
            return nil
        } catch {
            return error
        }
    }

    /// A query of one pool, whose number begins at byte 30.
    private func query(_ value: String) -> String {
        #"{"message":"PoolQuery","pool":\#(value)}"#
    }

    @Test func `syntax errors name their byte`() {
        #expect(refusal("") == .json(.unexpectedEnd, offset: 0))
        #expect(refusal("{") == .json(.unexpectedEnd, offset: 1))
        #expect(refusal(#"{"a" 1}"#) == .json(.unexpectedByte(UInt8(ascii: "1")), offset: 5))
        #expect(refusal(#"{"a":1,}"#) == .json(.unexpectedByte(UInt8(ascii: "}")), offset: 7))
        #expect(refusal("[1 2]") == .json(.unexpectedByte(UInt8(ascii: "2")), offset: 3))
        #expect(refusal("nul") == .json(.unexpectedEnd, offset: 3))
        #expect(refusal("{} x") == .json(.trailingText, offset: 3))
        #expect(refusal("'a'") == .json(.unexpectedByte(UInt8(ascii: "'")), offset: 0))
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity"])
    func `numbers that are not finite are named as such`(number: String) {
        #expect(refusal(query(number)) == .json(.notFinite, offset: 30))
    }

    @Test(arguments: ["01", "-01", "-", "1.", "-.5", "1e", "1e+"])
    func `malformed numbers are refused`(number: String) {
        #expect(refusal(query(number)) == .json(.malformedNumber, offset: 30))
    }

    @Test func `what cannot begin or go on a number is refused`() {
        #expect(refusal(query("+1")) == .json(.unexpectedByte(UInt8(ascii: "+")), offset: 30))
        #expect(refusal(query(".5")) == .json(.unexpectedByte(UInt8(ascii: ".")), offset: 30))
        #expect(refusal(query("0x10")) == .json(.unexpectedByte(UInt8(ascii: "x")), offset: 31))
    }

    @Test func `an id with an exponent, a fraction or too many digits is refused`() {
        #expect(refusal(query("1e999")) == .unfitNumber(.notPlain, key: "pool", offset: 30))
        #expect(refusal(query("1.5")) == .unfitNumber(.notPlain, key: "pool", offset: 30))
        #expect(refusal(query("\"+5\"")) == .unfitNumber(.notPlain, key: "pool", offset: 30))
        #expect(refusal(query("18446744073709551616")) == .unfitNumber(.tooLarge, key: "pool", offset: 30))
        #expect(refusal(query("-1")) == .unfitNumber(.tooLarge, key: "pool", offset: 30))
        #expect(refusal(query("true")) == .wrongKind(key: "pool", offset: 30))
    }

    @Test func `keys are exactly those of the message`() {
        #expect(refusal(#"{"message":"PoolQuery"}"#) == .missingKey("pool", offset: 0))
        #expect(refusal(#"{"message":"PoolQuery","pool":1,"pol":2}"#) == .unknownKey("pol", offset: 38))
        #expect(refusal(#"{"message":"PoolQuery","pool":1,"pool":2}"#) == .duplicateKey("pool", offset: 32))
        #expect(refusal(#"{"pool":1}"#) == .missingKey("message", offset: 0))
        #expect(refusal(#"{"message":"Pool","pool":1}"#) == .unknownName(key: "message", name: "Pool", offset: 11))
        #expect(refusal("[]") == .wrongKind(key: "message", offset: 0))
    }

    @Test func `an escaped key is the same key`() {
        #expect(refusal(#"{"message":"PoolQuery","pool":1,"p\u006fol":2}"#) == .duplicateKey("pool", offset: 32))
    }

    @Test func `strings are checked`() {
        #expect(refusal(#"{"message":"\x"}"#) == .json(.malformedEscape, offset: 12))
        #expect(refusal(#"{"message":"\ud800"}"#) == .json(.malformedEscape, offset: 12))
        #expect(refusal("{\"message\":\"\u{1}\"}") == .json(.controlCharacter, offset: 12))
        var mirror = JSONMirror()
        let broken = Array(#"{"message":""#.utf8) + [0xc3, 0x28] + Array(#""}"#.utf8)
        #expect(throws: WireError.json(.notUTF8, offset: 11)) { try mirror.decode(broken.wireBytes) }
    }

    @Test func `depth, members and elements have limits`() {
        #expect(refusal(String(repeating: "[", count: 9)) == .json(.tooDeep, offset: 8))
        let members = (0..<65).map { "\"k\($0)\":0" }.joined(separator: ",")
        guard case .json(.tooManyMembers, _) = refusal("{\(members)}") else {
            Issue.record("65 members are accepted")
            return
        }
        let elements = Array(repeating: "0", count: 4097).joined(separator: ",")
        #expect(refusal("[\(elements)]") == .json(.tooManyElements, offset: 1 + 4096 * 2))
    }

    @Test func `a text beyond the limit is refused before it is read`() {
        let count = EngineLimits.frameBytesMax + 1
        #expect(refusal(String(repeating: " ", count: count)) == .frameTooLong(found: count))
    }

    @Test func `a decimal finer than its unit is refused, not rounded`() {
        let beginning =
            #"{"message":"MarkPrice","source":1,"epoch":1,"firstSequence":1,"#
            + #""sendingTime":"2025-01-01T00:00:00Z","entries":[{"instrument":7,"price":"#
        let price = beginning + #""60000.501","publishTime":"2025-01-01T00:00:00Z"}]}"#
        #expect(refusal(price) == .unfitNumber(.tooManyDigits, key: "price", offset: beginning.utf8.count))
    }

    @Test func `times are checked`() {
        let beginning = #"{"message":"Clock","source":1,"epoch":1,"firstSequence":1,"sendingTime":"#
        let clock = beginning + #""2025-02-29T00:00:00Z","entries":[]}"#
        #expect(refusal(clock) == .unfitTime(key: "sendingTime", offset: beginning.utf8.count))
    }

    @Test func `a signal's kind must be its message's`() throws {
        var forge = FrameForge(seed: 5, entryCount: 0)
        let frame = forge.frame(of: .cured)
        var mirror = JSONMirror()
        let text = String(decoding: try mirror.encode(try SBEDecoder.decode(frame.wireBytes)), as: UTF8.self)

        let place = WirePlace(template: 102, field: "kind", offset: 0)
        let changed = text.replacing(#""message":"Cured""#, with: #""message":"MarginCall""#)
        #expect(refusal(changed) == .kindContradictsTemplate(place))
    }
}
