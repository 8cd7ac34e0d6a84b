import MarginDomain

/// A whole event message in place, checked when opened.
///
/// ```
/// header 8 | batch header 22 | group header 4 | entry | entry | …
/// ```
public struct BatchFrame<Entry: MessageFlyweight & ~Escapable>: ~Escapable {
    /// Where the events come from.
    public let header: BatchHeaderFlyweight
    /// The events, in order of sequence number.
    public let entries: Entries<Entry>

    /// Opens a frame.
    ///
    /// - Throws: what is wrong with it, and where.
    @inlinable
    @_lifetime(copy frame)
    public init(_ frame: RawSpan) throws(WireError) {
        var reader = try FrameReader(frame, Entry.templates)
        let header = try reader.root(BatchHeaderFlyweight.self)
        let entries = try reader.entries(Entry.self, "entries")
        try reader.finish()
        self.header = header
        self.entries = entries
    }

    /// The header with events copied from the entries.
    func batch(_ events: EventGroup) -> EventBatch {
        EventBatch(header: BatchHeader(header), events: events)
    }
}

/// A message without groups in place, checked when opened.
public struct RootFrame<Root: MessageFlyweight & ~Escapable>: ~Escapable {
    /// All its fields.
    public let root: Root

    /// Opens a frame.
    ///
    /// - Throws: what is wrong with it, and where.
    @inlinable
    @_lifetime(copy frame)
    public init(_ frame: RawSpan) throws(WireError) {
        var reader = try FrameReader(frame, Root.templates)
        let root = try reader.root(Root.self)
        try reader.finish()
        self.root = root
    }
}
