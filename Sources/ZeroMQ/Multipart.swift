/// A message of several frames, copied into one reused buffer; for routers and other talk, not for the tick path.
public struct Multipart {
    private var storage: [UInt8] = []
    private var ends: [Int] = []

    /// An empty message.
    public init() {}

    /// Number of frames.
    public var frameCount: Int { ends.count }

    /// The bytes of one frame, without a copy.
    @_lifetime(borrow self)
    public func frame(_ index: Int) -> RawSpan {
        storage.rawBytes.extracting(range(of: index))
    }

    /// A copy of one frame, such as a peer's identity that must outlive the message.
    public func copyOfFrame(_ index: Int) -> [UInt8] { Array(storage[range(of: index)]) }

    mutating func removeAll() {
        storage.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ frame: borrowing RawSpan) {
        frame.append(to: &storage)
        ends.append(storage.count)
    }

    private func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}

extension Socket {
    /// Receives one whole message if there is one, and returns whether there was.
    ///
    /// - Parameter frameCountMax: a message of more frames is read to its end, discarded, and reported as `frameLimitExceeded`.
    ///   libzmq hands over only complete messages, so this ends; it does not bound what libzmq itself buffered.
    public func tryReceive(into multipart: inout Multipart, reusing message: inout Message, frameCountMax: Int)
        throws(ZeroMQError) -> Bool
    {
        multipart.removeAll()
        guard try tryReceive(into: &message) else { return false }
        multipart.append(message.bytes)
        while message.hasMore {
            guard multipart.frameCount < frameCountMax else {
                multipart.removeAll()
                try discardRest(after: &message)
                throw .frameLimitExceeded(limit: frameCountMax)
            }
            try receive(into: &message)
            multipart.append(message.bytes)
        }
        return true
    }

    /// Reads and drops the frames that follow `message` in the same message; what a one-frame protocol does with a longer one.
    public func discardRest(after message: inout Message) throws(ZeroMQError) {
        while message.hasMore { try receive(into: &message) }
    }
}
