import MarginDomain
import MarginWire

/// Writes messages in either encoding, reusing its buffer.
struct MessageWriter {
    private var encoder = SBEEncoder()
    /// With the exponents known when the turn began.
    var mirror: JSONMirror

    init(mirror: JSONMirror) { self.mirror = mirror }

    mutating func bytes(of answer: Answer, _ encoding: QueryEncoding) throws(WireError) -> [UInt8] {
        switch encoding {
        case .sbe:
            try encoder.encode(answer)
            return encoder.frame
        case .json: return try mirror.encode(answer)
        }
    }

    /// The answer to a question whose own answer cannot be written.
    mutating func bytes(of error: WireError, _ encoding: QueryEncoding) -> [UInt8] {
        let answer = Answer.queryError(QueryError(.notAvailable, field: error.field, "\(error)"))
        do throws(WireError) {
            return try bytes(of: answer, encoding)
        } catch {
            preconditionFailure("An error's texts are made to fit the wire: \(error)")
        }
    }
}
