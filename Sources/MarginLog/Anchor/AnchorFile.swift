import MarginDomain

/// The anchor's file: two slots, so that a torn write leaves the other.
///
/// `record` overwrites one slot in the page cache and costs no synchronisation; `synchronize` makes it durable and
/// turns to the other slot. Between two synchronisations only one slot is ever written, so the other always holds
/// a durable anchor. Because `record` is called only for records already synchronised, an anchor never names a
/// record that a crash could still take away, whenever the system chooses to write its page.
///
/// What this promises: after the death of the process the anchor names the last acknowledged record; after a
/// power cut, one of the last few commits (``SegmentedLogConfiguration/anchorSyncCommits``). A log cut below it,
/// at a record boundary or not, is refused.
struct AnchorFile {
    private let file: any LogFile
    private(set) var anchor: CommitAnchor

    /// The slot that is written until the next synchronisation.
    private var slot: UInt64

    /// Commits recorded but not yet synchronised.
    private(set) var unsynchronized = 0

    static let name = "anchor"

    /// What the file holds; nil if neither slot is readable.
    struct Contents: Equatable {
        var anchor: CommitAnchor
        var slot: UInt64

        /// The other slot was not empty and not readable: a torn write, or rot.
        var hasDamagedSlot: Bool
    }

    static func read(_ file: any LogFile) throws(LogError) -> Contents? {
        var slots: [CommitAnchor?] = []
        var hasDamagedSlot = false
        for slot in 0..<2 as Range<UInt64> {
            var bytes = [UInt8](repeating: 0, count: LogLimits.headerBytes)
            _ = try file.read(into: &bytes, from: 0, at: slot * UInt64(LogLimits.anchorSlotBytes))
            slots.append(CommitAnchor(bytes.rawBytes))
            if slots[Int(slot)] == nil && !bytes.rawBytes.isZero { hasDamagedSlot = true }
        }
        switch (slots[0], slots[1]) {
        case (nil, nil): return nil
        case (let first?, nil): return Contents(anchor: first, slot: 0, hasDamagedSlot: hasDamagedSlot)
        case (nil, let second?): return Contents(anchor: second, slot: 1, hasDamagedSlot: hasDamagedSlot)
        case (let first?, let second?):
            let newer: UInt64 = first.generation > second.generation ? 0 : 1
            return Contents(anchor: newer == 0 ? first : second, slot: newer, hasDamagedSlot: false)
        }
    }

    /// Gives a new log its anchor, durably.
    init(creatingFor log: LogID, in file: any LogFile) throws(LogError) {
        self.file = file
        anchor = .origin(of: log)
        slot = 0
        try file.allocate(2 * UInt64(LogLimits.anchorSlotBytes))
        try record(anchor.position, endingAt: anchor.end)
        try synchronize()
    }

    /// Continues what was read from the same file, in the other slot.
    init(_ contents: Contents, in file: any LogFile) {
        self.file = file
        anchor = contents.anchor
        slot = 1 - contents.slot
    }

    /// Notes that everything up to `position` is durable. Call it only when it is.
    mutating func record(_ position: LogPosition, endingAt end: LogLocation) throws(LogError) {
        anchor.generation += 1
        anchor.position = position
        anchor.end = end
        try file.writeAll(anchor.bytes.rawBytes, at: slot * UInt64(LogLimits.anchorSlotBytes))
        unsynchronized += 1
    }

    /// Makes the last note survive a power cut.
    mutating func synchronize() throws(LogError) {
        guard unsynchronized > 0 else { return }
        try file.synchronizeData()
        slot = 1 - slot
        unsynchronized = 0
    }
}
