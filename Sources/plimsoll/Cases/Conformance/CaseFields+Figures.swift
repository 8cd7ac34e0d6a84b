import MarginMethods
import MarginWire

extension JSONValue {
    /// A whole number, exactly as written.
    func whole(at path: JSONPath) throws(UnreadableCase) -> Int128 {
        let text: String
        switch content {
        case .number(let digits), .text(let digits): text = digits
        default: throw wrong(path, "expected a whole number")
        }
        guard let number = Int128(text) else { throw wrong(path, "\(text) is not a whole number of 128 bits") }
        return number
    }
}

extension CaseFields {
    func whole(_ key: String) throws(UnreadableCase) -> Int128 { try needed(key).whole(at: path(of: key)) }

    func whole(_ key: String, omitted: Int128) throws(UnreadableCase) -> Int128 {
        guard let value = value(key) else { return omitted }
        return try value.whole(at: path(of: key))
    }

    /// A whole number within bounds.
    func integer(
        _ key: String, omitted: Int? = nil, within range: ClosedRange<Int>
    ) throws(UnreadableCase) -> Int {
        if value(key) == nil, let omitted { return omitted }
        let number = try whole(key)
        guard let small = Int(exactly: number), range.contains(small) else {
            throw wrong(key, "\(number) is not within \(range.lowerBound)...\(range.upperBound)")
        }
        return small
    }

    /// A number within bounds.
    func number(_ key: String, within range: ClosedRange<Double>) throws(UnreadableCase) -> Double {
        let number = try number(key)
        guard range.contains(number) else {
            throw wrong(key, "\(number) is not within \(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }

    /// The object of a key.
    func object(_ key: String, keys: [String]) throws(UnreadableCase) -> CaseFields {
        try CaseFields(try needed(key), at: path(of: key), keys: keys)
    }

    /// A table of a method's own names, as in its parameters; nil if it is omitted.
    func tree(_ key: String) throws(UnreadableCase) -> ParameterTree? {
        guard let value = value(key) else { return nil }
        return try ParameterTree(value, at: path(of: key))
    }
}

extension UnreadableCase {
    /// A method's refusal of a case that could be read: nothing in the text is to blame.
    static func refused<Value>(_ answer: () throws(MethodFault) -> Value) throws(UnreadableCase) -> Value {
        do { return try answer() } catch { throw UnreadableCase(explanation: "\(error)") }
    }

    /// Whether the case could be read and was refused.
    var isRefusal: Bool { offset == nil && path.steps.isEmpty }
}
