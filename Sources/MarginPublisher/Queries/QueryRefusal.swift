import MarginDomain
import MarginWire

/// A question that gets an error for an answer.
struct QueryRefusal: Error, Equatable {
    let asker: Asker
    let error: QueryError

    init(_ asker: Asker, _ error: QueryError) {
        self.asker = asker
        self.error = error
    }

    init(_ asker: Asker, _ fault: QueryFault, field: String, _ explanation: String) {
        self.init(asker, QueryError(fault, field: field, explanation))
    }
}

extension QueryError {
    /// Longest explanation on the wire.
    private static let explanationBytesMax = 160

    /// With texts that fit the wire whatever they were made from.
    init(_ fault: QueryFault, field: String, _ explanation: String) {
        let plain = explanation.utf8.filter { (0x20...0x7e).contains($0) }.prefix(Self.explanationBytesMax)
        self.init(
            fault: fault, field: Symbol(String(field.prefix(Symbol.byteCount))) ?? .empty,
            explanation: String(decoding: plain, as: UTF8.self))
    }

    /// For a body that is no query.
    init(_ error: WireError) { self.init(.malformed, field: error.field, "\(error)") }
}

extension WireError {
    /// The field at fault, as the schema calls it; `body` where it is the whole.
    var field: String {
        switch self {
        case .wrongBlockLength(let place, _, _), .countExceedsFrame(let place, _), .groupTooLarge(let place, _),
            .valueOutOfRange(let place, _), .textNotPlain(let place), .kindContradictsTemplate(let place):
            place.field
        case .missingKey(let key, _), .unknownKey(let key, _), .duplicateKey(let key, _), .unknownName(let key, _, _),
            .wrongKind(let key, _), .unfitNumber(_, let key, _), .unfitTime(let key, _), .unknownScale(let key, _):
            key
        case .unknownTemplate, .wrongRole: "message"
        default: "body"
        }
    }
}
