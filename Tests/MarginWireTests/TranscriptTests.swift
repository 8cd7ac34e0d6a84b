import MarginWire
import Testing

/// Lines of JSON and of frames.
@Suite struct TranscriptTests {
    @Test func `a session's lines survive both ways`() throws {
        var mirror = Sample.mirror()
        var written = WireTranscript()
        var read = WireTranscript()
        for batch in [Sample.listings, Sample.instruments, Sample.indexPrice, Sample.trades(2)] {
            let line = String(decoding: try mirror.encode(batch), as: UTF8.self)

            let frame = try written.frame(ofJSON: line)

            #expect(try read.json(ofFrame: frame) == line)
        }
    }

    @Test func `what is no pair of hexadecimal digits is named by place`() {
        var transcript = WireTranscript()

        #expect(throws: WireError.notHexadecimal(offset: 2)) { try transcript.json(ofFrame: "16zz") }
        #expect(throws: WireError.notHexadecimal(offset: 3)) { try transcript.json(ofFrame: "160") }
    }
}
