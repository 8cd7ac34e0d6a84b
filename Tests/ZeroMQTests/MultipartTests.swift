import Testing
import ZeroMQ

@Suite struct MultipartTests {
    @Test func `a message of several frames is received as one`() throws {
        let (context, endpoint) = (try ZeroMQContext(), "inproc://frames")
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        try near.bind(endpoint)
        try far.connect(endpoint)
        var frames = Multipart()
        var message = Message()

        try near.send(frames: [[1, 2], [], [3]])

        #expect(try far.tryReceive(into: &frames, reusing: &message, frameCountMax: 3))
        #expect(frames.frameCount == 3)
        #expect((0..<3).map(frames.copyOfFrame) == [[1, 2], [], [3]])
        #expect(frames.frame(2).byteCount == 1)
        #expect(try far.tryReceive(into: &frames, reusing: &message, frameCountMax: 3) == false)
        #expect(frames.frameCount == 0)
    }

    @Test func `a message of too many frames is dropped whole, and the next one is intact`() throws {
        let (context, endpoint) = (try ZeroMQContext(), "inproc://too-many")
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        try near.bind(endpoint)
        try far.connect(endpoint)
        var frames = Multipart()
        var message = Message()

        try near.send(frames: [[1], [2], [3], [4]])
        try near.send(frames: [[5]])

        #expect(throws: ZeroMQError.frameLimitExceeded(limit: 2)) {
            try far.tryReceive(into: &frames, reusing: &message, frameCountMax: 2)
        }
        #expect(frames.frameCount == 0)
        #expect(try far.tryReceive(into: &frames, reusing: &message, frameCountMax: 2))
        #expect(frames.copyOfFrame(0) == [5])
    }
}
