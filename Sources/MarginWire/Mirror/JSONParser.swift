import MarginDomain

/// Takes a JSON text (RFC 8259) apart, strictly: no duplicate keys, no trailing text, nothing beyond the limits.
struct JSONParser: ~Escapable {
    let bytes: RawSpan
    var place = 0
    /// To the value that is being read; after a fault, to the one that it is in.
    private(set) var path: [JSONPath.Step] = []
    private var depth = 0
    private let limits: JSONLimits

    /// The one value of a message's text.
    static func parse(_ bytes: RawSpan) throws(WireError) -> JSONValue {
        guard bytes.byteCount <= EngineLimits.frameBytesMax else { throw .frameTooLong(found: bytes.byteCount) }
        var parser = JSONParser(bytes, within: .message)
        return try parser.whole()
    }

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, within limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The one value of the whole text.
    mutating func whole() throws(WireError) -> JSONValue {
        guard bytes.byteCount <= limits.bytesMax else { throw .json(.tooLong, offset: limits.bytesMax) }
        let value = try value()
        skipSpace()
        guard place == bytes.byteCount else { throw .json(.trailingText, offset: place) }
        return value
    }

    /// The byte at the place; nil at the end.
    var next: UInt8? { place < bytes.byteCount ? bytes.integer(at: place, as: UInt8.self) : nil }

    private mutating func value() throws(WireError) -> JSONValue {
        skipSpace()
        guard let first = next else { throw unexpected() }
        let start = place
        let content: JSONValue.Content =
            switch first {
            case ASCII.openBrace: .object(try object())
            case ASCII.openBracket: .array(try array())
            case ASCII.quote: .text(try string())
            case ASCII.minus, ASCII.digits: .number(try number())
            case ASCII.lowerT: try word("true", .flag(true))
            case ASCII.lowerF: try word("false", .flag(false))
            case ASCII.lowerN: try word("null", .null)
            case ASCII.upperN, ASCII.upperI: throw .json(.notFinite, offset: place)
            default: throw unexpected()
            }
        return JSONValue(offset: start, content: content)
    }

    private mutating func object() throws(WireError) -> [JSONMember] {
        try enter()
        var members: [JSONMember] = []
        var isFirst = true
        while try goesOn(before: ASCII.closeBrace, &isFirst) {
            let start = place
            guard next == ASCII.quote else { throw unexpected() }
            let key = try string()
            guard !members.contains(where: { $0.key == key }) else { throw .duplicateKey(key, offset: start) }
            guard members.count < limits.membersMax else { throw .json(.tooManyMembers, offset: start) }
            skipSpace()
            guard next == ASCII.colon else { throw unexpected() }
            place += 1
            path.append(.key(key))
            members.append(JSONMember(key: key, value: try value()))
            path.removeLast()
        }
        return members
    }

    private mutating func array() throws(WireError) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        var isFirst = true
        while try goesOn(before: ASCII.closeBracket, &isFirst) {
            guard elements.count < limits.elementsMax else { throw .json(.tooManyElements, offset: place) }
            path.append(.element(elements.count))
            elements.append(try value())
            path.removeLast()
        }
        return elements
    }

    private mutating func enter() throws(WireError) {
        guard depth < limits.depthMax else { throw .json(.tooDeep, offset: place) }
        depth += 1
        place += 1
    }

    /// Whether a container has one more element; takes the comma before it, or the container's end.
    private mutating func goesOn(before end: UInt8, _ isFirst: inout Bool) throws(WireError) -> Bool {
        skipSpace()
        if next == end {
            place += 1
            depth -= 1
            return false
        }
        if !isFirst {
            guard next == ASCII.comma else { throw unexpected() }
            place += 1
            skipSpace()
        }
        isFirst = false
        return true
    }

    private mutating func word(_ word: StaticString, _ content: JSONValue.Content) throws(WireError)
        -> JSONValue.Content
    {
        for character in word.description.utf8 {
            guard next == character else { throw unexpected() }
            place += 1
        }
        return content
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
    }

    /// What is wrong at the place.
    func unexpected() -> WireError {
        guard let byte = next else { return .json(.unexpectedEnd, offset: place) }
        return .json(.unexpectedByte(byte), offset: place)
    }
}
