import MarginDomain

/// The members of one object, taken one by one, so that what is left over is known to be foreign.
struct JSONFields {
    /// Of the object.
    let offset: Int
    private let members: [JSONMember]
    private var isTaken: [Bool]
    /// Where the next key is looked for first: the mirror is written in wire order, and mostly read so.
    private var likely = 0

    /// - Throws: ``WireError/wrongKind(key:offset:)`` if the value is no object.
    init(_ value: JSONValue, key: String) throws(WireError) {
        guard case .object(let members) = value.content else { throw .wrongKind(key: key, offset: value.offset) }
        self.members = members
        offset = value.offset
        isTaken = Array(repeating: false, count: members.count)
    }

    /// Takes a member's value.
    mutating func take(_ key: StaticString) throws(WireError) -> JSONValue {
        let key = key.description
        let found =
            likely < members.count && members[likely].key == key
            ? likely : members.firstIndex { $0.key == key }
        guard let found else { throw .missingKey(key, offset: offset) }
        isTaken[found] = true
        likely = found + 1
        return members[found].value
    }

    func holds(_ key: StaticString) -> Bool { members.contains { $0.key == key.description } }

    /// - Throws: the first member that nothing took.
    func finish() throws(WireError) {
        guard let foreign = isTaken.firstIndex(of: false) else { return }
        throw .unknownKey(members[foreign].key, offset: members[foreign].value.offset)
    }

    mutating func entries<Entry: Mirrored>(
        _ key: StaticString, _ context: MirrorContext
    ) throws(WireError) -> [Entry] {
        let value = try take(key)
        guard case .array(let elements) = value.content else {
            throw .wrongKind(key: key.description, offset: value.offset)
        }
        var entries: [Entry] = []
        entries.reserveCapacity(elements.count)
        for element in elements {
            var fields = try JSONFields(element, key: key.description)
            entries.append(try Entry(from: &fields, context))
            try fields.finish()
        }
        return entries
    }
}
