import MarginWire

/// The members of one object of a case, by key. A key with the value null counts as omitted.
struct CaseFields {
    let path: JSONPath
    private let object: JSONValue
    private let members: [JSONMember]
    /// Nil where any key may stand.
    private let keys: [String]?

    /// - Parameter keys: all that the format has in such an object.
    /// - Throws: the first key that is not among them.
    init(_ object: JSONValue, at path: JSONPath, keys: [String]) throws(UnreadableCase) {
        self.object = object
        self.path = path
        self.keys = keys
        members = try object.members(at: path)
        if let foreign = members.first(where: { !keys.contains($0.key) }) {
            throw foreign.value.wrong(path.appending(.key(foreign.key)), "unknown key")
        }
    }

    /// An object whose other keys do not matter, as where others publish their working beside their figures.
    init(freely object: JSONValue, at path: JSONPath) throws(UnreadableCase) {
        self.object = object
        self.path = path
        keys = nil
        members = try object.members(at: path)
    }

    /// The value of a key; nil if it is omitted.
    func value(_ key: String) -> JSONValue? {
        precondition(keys?.contains(key) ?? true, "a key that is read must be a known one")
        guard let value = members.first(where: { $0.key == key })?.value, value.content != .null else { return nil }
        return value
    }

    func path(of key: String) -> JSONPath { path.appending(.key(key)) }

    /// The complaint about a key, at its value if it has one.
    func wrong(_ key: String, _ explanation: String) -> UnreadableCase {
        (value(key) ?? object).wrong(path(of: key), explanation)
    }

    func needed(_ key: String) throws(UnreadableCase) -> JSONValue {
        guard let value = value(key) else { throw wrong(key, "missing") }
        return value
    }
}

extension CaseFields {
    func number(_ key: String) throws(UnreadableCase) -> Double { try needed(key).number(at: path(of: key)) }

    func number(_ key: String, omitted: Double) throws(UnreadableCase) -> Double {
        try givenNumber(key) ?? omitted
    }

    func givenNumber(_ key: String) throws(UnreadableCase) -> Double? {
        guard let value = value(key) else { return nil }
        return try value.number(at: path(of: key))
    }

    func text(_ key: String) throws(UnreadableCase) -> String { try needed(key).text(at: path(of: key)) }

    func givenText(_ key: String) throws(UnreadableCase) -> String? {
        guard let value = value(key) else { return nil }
        return try value.text(at: path(of: key))
    }

    func flag(_ key: String, omitted: Bool) throws(UnreadableCase) -> Bool {
        guard let value = value(key) else { return omitted }
        return try value.flag(at: path(of: key))
    }

    /// The objects of a list; none if it is omitted.
    func objects(_ key: String, keys: [String]) throws(UnreadableCase) -> [CaseFields] {
        guard let list = value(key) else { return [] }
        var objects: [CaseFields] = []
        for (place, element) in try list.elements(at: path(of: key)).enumerated() {
            objects.append(try CaseFields(element, at: path(of: key).appending(.element(place)), keys: keys))
        }
        return objects
    }

    /// The object of a key, whose other keys do not matter.
    func freely(_ key: String) throws(UnreadableCase) -> CaseFields {
        try CaseFields(freely: try needed(key), at: path(of: key))
    }

    /// The objects of a list, whose other keys do not matter.
    func freeObjects(_ key: String) throws(UnreadableCase) -> [CaseFields] {
        var objects: [CaseFields] = []
        for (place, element) in try needed(key).elements(at: path(of: key)).enumerated() {
            objects.append(try CaseFields(freely: element, at: path(of: key).appending(.element(place))))
        }
        return objects
    }

    /// One of two words.
    func isFirst(of words: (String, String), _ key: String, omitted: Bool? = nil) throws(UnreadableCase) -> Bool {
        guard let word = try omitted == nil ? text(key) : givenText(key) else { return omitted ?? false }
        guard word == words.0 || word == words.1 else {
            throw wrong(key, "\"\(word)\" is neither \(words.0) nor \(words.1)")
        }
        return word == words.0
    }
}
