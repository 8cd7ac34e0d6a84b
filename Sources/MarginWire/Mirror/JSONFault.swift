/// Why a text is not the JSON of a message.
public enum JSONFault: Equatable, Sendable {
    /// This byte cannot stand here.
    case unexpectedByte(UInt8)
    /// The text ends too early.
    case unexpectedEnd
    /// Something follows the one value.
    case trailingText
    /// NaN or Infinity, which are no JSON and no amount of anything.
    case notFinite
    /// A number that breaks the grammar: a leading zero or plus, a bare point.
    case malformedNumber
    /// An escape that is unknown, or half of a surrogate pair.
    case malformedEscape
    /// A control character in a string.
    case controlCharacter
    /// Bytes that are not UTF-8.
    case notUTF8
    /// More than ``JSONLimits/bytesMax`` bytes.
    case tooLong
    /// More than ``JSONLimits/depthMax`` containers within each other.
    case tooDeep
    /// More than ``JSONLimits/membersMax`` keys in one object.
    case tooManyMembers
    /// More than ``JSONLimits/elementsMax`` elements in one array.
    case tooManyElements
}

extension JSONFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedByte(let byte): "the byte 0x\(String(byte, radix: 16)) cannot stand here"
        case .unexpectedEnd: "the text ends too early"
        case .trailingText: "something follows the end"
        case .notFinite: "a number that is not finite"
        case .malformedNumber: "a malformed number"
        case .malformedEscape: "a malformed escape"
        case .controlCharacter: "a control character in a string"
        case .notUTF8: "a string that is not UTF-8"
        case .tooLong: "the text goes on beyond what is read"
        case .tooDeep: "containers nested too deep"
        case .tooManyMembers: "too many keys in one object"
        case .tooManyElements: "too many elements in one array"
        }
    }
}
