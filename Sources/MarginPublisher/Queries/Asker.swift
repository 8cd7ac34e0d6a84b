import MarginDomain

/// Who waits for an answer, and how it must look: everything that goes back unchanged.
struct Asker: Equatable {
    /// The name under which the ROUTER finds the connection.
    let identity: [UInt8]
    /// Whether an empty frame stood before the request, as REQ sockets put it.
    let hasDelimiter: Bool
    /// The asker's own name for the question.
    let request: [UInt8]
    let encoding: QueryEncoding

    /// Longest name of a question.
    static let requestBytesMax = 64
}

/// How a question is written, and therefore its answers.
enum QueryEncoding: Equatable { case sbe, json }

/// A question as it arrives: `identity | [empty] | request | body`.
struct QueryEnvelope: Equatable {
    let asker: Asker
    let body: [UInt8]

    /// From the frames of a message.
    ///
    /// - Throws: to whom to say what is wrong with them.
    init(frames: [[UInt8]]) throws(QueryRefusal) {
        let identity = frames.first ?? []
        let hasDelimiter = frames.count > 1 && frames[1].isEmpty
        let rest = frames.dropFirst(hasDelimiter ? 2 : 1)
        let body = rest.count == 2 ? rest[rest.startIndex + 1] : []
        let encoding: QueryEncoding = rest.last?.first == UInt8(ascii: "{") ? .json : .sbe
        let request = rest.count == 2 ? rest[rest.startIndex] : []
        asker = Asker(
            identity: identity, hasDelimiter: hasDelimiter, request: Array(request.prefix(Asker.requestBytesMax)),
            encoding: encoding)
        self.body = body
        guard rest.count == 2 else {
            throw QueryRefusal(asker, .malformed, field: "frames", "A query is a request id and a body.")
        }
        guard request.count <= Asker.requestBytesMax else {
            throw QueryRefusal(asker, .malformed, field: "requestId", "A request id has at most 64 bytes.")
        }
    }
}
