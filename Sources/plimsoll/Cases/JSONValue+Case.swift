import MarginWire

/// What a case's values may be; the path only serves complaints.
extension JSONValue {
    /// A JSON number, or a string of the same characters.
    func number(at path: JSONPath) throws(UnreadableCase) -> Double {
        let text: String
        switch content {
        case .number(let digits), .text(let digits): text = digits
        default: throw wrong(path, "expected a number")
        }
        guard text.utf8.allSatisfy(Self.decimalCharacters.contains), let number = Double(text) else {
            throw wrong(path, "\"\(text)\" is not a finite decimal number")
        }
        guard number.isFinite else { throw wrong(path, "\(text) is too large") }
        return number
    }

    func text(at path: JSONPath) throws(UnreadableCase) -> String {
        guard case .text(let text) = content else { throw wrong(path, "expected a string") }
        return text
    }

    func flag(at path: JSONPath) throws(UnreadableCase) -> Bool {
        guard case .flag(let flag) = content else { throw wrong(path, "expected true or false") }
        return flag
    }

    func elements(at path: JSONPath) throws(UnreadableCase) -> [JSONValue] {
        guard case .array(let elements) = content else { throw wrong(path, "expected a list") }
        return elements
    }

    func members(at path: JSONPath) throws(UnreadableCase) -> [JSONMember] {
        guard case .object(let members) = content else { throw wrong(path, "expected an object") }
        return members
    }

    func wrong(_ path: JSONPath, _ explanation: String) -> UnreadableCase {
        UnreadableCase(path: path, offset: offset, explanation: explanation)
    }

    /// Keeps out the other spellings that `Double` reads: hexadecimal, NaN and infinity.
    private static let decimalCharacters = Set("+-.0123456789Ee".utf8)
}
