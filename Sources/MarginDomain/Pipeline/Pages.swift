/// Cuts a message whose groups outgrow a frame into several.
///
/// Each has the message's fields, its place among them (`page` of `pageCount`), and as many entries as surely fit, in
/// order; together they have every entry once. Whoever reads them puts the entries together again.
struct Pages<Message> {
    private let blank: Message
    private var page: Message
    private var full: [Message] = []
    private var room: Int
    /// In the present page, of the present group.
    private var count = 0

    /// What is left for entries in a frame of either encoding: the fields of no message need the rest.
    static var roomMax: Int { EngineLimits.frameBytesMax - 8192 }

    /// - Parameter blank: the message without entries.
    init(_ blank: Message) {
        self.blank = blank
        page = blank
        room = Self.roomMax
    }

    /// Adds a group's entries.
    ///
    /// - Parameter bytes: what one of them needs at most, in SBE and in JSON.
    mutating func add<Entry>(_ entries: [Entry], to group: WritableKeyPath<Message, [Entry]>, bytes: Int) {
        count = 0
        for entry in entries {
            if room < bytes || count == EngineLimits.groupEntriesMax {
                full.append(page)
                page = blank
                room = Self.roomMax
                count = 0
            }
            page[keyPath: group].append(entry)
            room -= bytes
            count += 1
        }
    }

    /// The messages, numbered; one if there is nothing to cut.
    func numbered(
        _ part: WritableKeyPath<Message, UInt16>, of parts: WritableKeyPath<Message, UInt16>
    ) -> [Message] {
        var pages = full + [page]
        for place in pages.indices {
            pages[place][keyPath: part] = UInt16(clamping: place)
            pages[place][keyPath: parts] = UInt16(clamping: pages.count)
        }
        return pages
    }
}

/// What one entry needs at most, in bytes of its JSON, which is the longer encoding.
enum EntryBytes {
    static let binding = 300
    static let component = 200
    static let scenario = 300
    static let input = 1300
    static let member = 500
    static let stake = 1100
    static let settlement = 400
    static let part = 400
    static let methodScenario = 500
    static let parameter = 600
    static let asset = 120
    static let approval = 40
}
