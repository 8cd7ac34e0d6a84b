import MarginDomain

/// Why a text is not the JSON of a message.
public enum JSONFault: Equatable, Sendable {
    /// This byte cannot stand here.
    case unexpectedByte(UInt8)
    /// The text ends too early.
    case unexpectedEnd
    /// Something follows the message's object.
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
    /// More than ``JSONLimits/depthMax`` containers within each other.
    case tooDeep
    /// More than ``JSONLimits/membersMax`` keys in one object.
    case tooManyMembers
    /// More than ``EngineLimits/groupEntriesMax`` elements in one array.
    case tooManyElements
}

/// Bounds of the JSON that a message needs; more is refused while it is read.
public enum JSONLimits {
    /// Containers within each other; a message has three.
    public static let depthMax = 8

    /// Keys of one object; the largest message has half as many.
    public static let membersMax = 64
}

extension JSONFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedByte(let byte): "the byte 0x\(String(byte, radix: 16)) cannot stand here"
        case .unexpectedEnd: "the text ends too early"
        case .trailingText: "something follows the message"
        case .notFinite: "a number that is not finite"
        case .malformedNumber: "a malformed number"
        case .malformedEscape: "a malformed escape"
        case .controlCharacter: "a control character in a string"
        case .notUTF8: "a string that is not UTF-8"
        case .tooDeep: "containers nested deeper than \(JSONLimits.depthMax)"
        case .tooManyMembers: "more than \(JSONLimits.membersMax) keys in one object"
        case .tooManyElements: "more than \(EngineLimits.groupEntriesMax) elements in one array"
        }
    }
}
