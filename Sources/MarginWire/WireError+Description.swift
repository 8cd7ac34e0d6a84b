import MarginDomain

extension WireError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .frameTooShort(let needed, let found): "the frame has \(found) bytes where \(needed) are needed"
        case .frameTooLong(let found): "the frame has \(found) bytes, more than \(EngineLimits.frameBytesMax)"
        case .unknownSchema(let schema): "schema \(schema) is not known"
        case .unknownVersion(let version): "version \(version) of the schema is not known"
        case .unknownTemplate(let template): "no message has the template id \(template)"
        case .wrongRole(let template): "message \(template) may not stand here"
        case .wrongBlockLength(let place, let found, let expected):
            "\(place): a block of \(found) bytes where the schema has \(expected)"
        case .countExceedsFrame(let place, let count): "\(place): \(count) entries do not fit the frame"
        case .groupTooLarge(let place, let count):
            "\(place): \(count) entries, more than \(EngineLimits.groupEntriesMax)"
        case .valueOutOfRange(let place, let value): "\(place): \(value) stands for nothing"
        case .textNotPlain(let place): "\(place): the text is too long, not printable ASCII, or goes on after its end"
        case .kindContradictsTemplate(let place): "\(place): the kind belongs to another message"
        case .trailingBytes(let template, let offset, let count):
            "message \(template) ends at byte \(offset), but \(count) bytes follow"
        case .json(let fault, let offset): "byte \(offset): \(fault)"
        case .missingKey(let key, let offset): "byte \(offset): the object lacks the key \"\(key)\""
        case .unknownKey(let key, let offset): "byte \(offset): the key \"\(key)\" is not known here"
        case .duplicateKey(let key, let offset): "byte \(offset): the key \"\(key)\" stands twice"
        case .unknownName(let key, let name, let offset): "byte \(offset): \"\(name)\" is no \(key)"
        case .wrongKind(let key, let offset): "byte \(offset): the value of \"\(key)\" is of the wrong kind"
        case .unfitNumber(let fault, let key, let offset): "byte \(offset): the value of \"\(key)\" \(fault)"
        case .unfitTime(let key, let offset):
            "byte \(offset): the value of \"\(key)\" is no time such as 2025-10-10T21:13:05.123456789Z"
        case .unknownScale(let key, let owner): "\"\(key)\" needs an exponent that \(owner) has not announced"
        case .notHexadecimal(let offset): "byte \(offset): not pairs of hexadecimal digits"
        }
    }
}

extension WirePlace: CustomStringConvertible {
    public var description: String { "message \(template), \(field) at byte \(offset)" }
}
