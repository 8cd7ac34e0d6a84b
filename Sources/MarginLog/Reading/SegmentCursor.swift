import MarginDomain

/// What one segment file holds, item by item, each checked on its own.
struct SegmentCursor {
    enum Item {
        /// An intact record.
        case record(RecordHeader, hash: RecordHash)

        /// An intact mark, in its place.
        case mark(SyncMark)

        /// Nothing was written here, as far as the next word shows.
        case unused

        /// No intact item begins here.
        case damage(LogDamage)
    }

    let segment: SegmentNumber
    private var window: SegmentWindow

    /// Where the next item begins.
    private(set) var offset = UInt64(LogLimits.headerBytes)

    /// Where the body of the last record begins.
    private var bodyOffset: UInt64 = 0

    init(_ segment: SegmentNumber, in file: any LogFile) {
        self.segment = segment
        window = SegmentWindow(file)
    }

    var location: LogLocation { LogLocation(segment: segment, offset: offset) }

    /// The segment's header; nil if unreadable.
    mutating func header() throws(LogError) -> SegmentHeader? {
        let count = try window.load(LogLimits.headerBytes, at: 0)
        return SegmentHeader(window.bytes(count, at: 0))
    }

    /// The item at ``offset``; records and marks move it on.
    mutating func next() throws(LogError) -> Item {
        let count = try window.load(LogLimits.headerBytes, at: offset)
        guard count == LogLimits.headerBytes else {
            return window.bytes(count, at: offset).isZero ? .unused : .damage(.unknownMagic)
        }
        switch window.bytes(count, at: offset).integer(at: 0, as: UInt32.self) {
        case 0: return .unused
        case SyncMark.magic: return mark()
        default: return try record()
        }
    }

    /// The body of the record returned last.
    @_lifetime(borrow self)
    func body(of header: RecordHeader) -> RawSpan { window.bytes(header.bodyBytes, at: bodyOffset) }

    private mutating func mark() -> Item {
        guard let mark = SyncMark(window.bytes(LogLimits.headerBytes, at: offset)), mark.location == location else {
            return .damage(.checksum)
        }
        offset += UInt64(LogLimits.headerBytes)
        return .mark(mark)
    }

    private mutating func record() throws(LogError) -> Item {
        let recordBytes: Int
        do throws(LogDamage) {
            recordBytes = try RecordHeader.recordBytes(of: window.bytes(LogLimits.headerBytes, at: offset))
        } catch {
            return .damage(error)
        }
        guard try window.load(recordBytes, at: offset) == recordBytes else {
            return .damage(.lengthOutOfRange(UInt32(recordBytes - LogLimits.headerBytes)))
        }
        let (header, hash): (RecordHeader, RecordHash)
        do throws(LogDamage) {
            let bytes = window.bytes(recordBytes, at: offset)
            (header, hash) = (try RecordHeader(bytes), RecordHash(of: bytes))
        } catch {
            return .damage(error)
        }
        bodyOffset = offset + UInt64(LogLimits.headerBytes)
        offset += UInt64(recordBytes)
        return .record(header, hash: hash)
    }

    /// The offset after the last byte that is not zero, from `start` on; `start` if all are zero.
    mutating func endOfContent(from start: UInt64) throws(LogError) -> UInt64 {
        var end = start
        var place = start
        while true {
            let count = try window.loadWindow(at: place)
            if count == 0 { return end }
            let bytes = window.bytes(count, at: place)
            if !bytes.isZero {
                var last = count
                while bytes.integer(at: last - 1, as: UInt8.self) == 0 { last -= 1 }
                end = place + UInt64(last)
            }
            place += UInt64(count)
        }
    }

    /// True if an intact mark stands behind `start`: what precedes it had been synchronised.
    mutating func hasMark(behind start: UInt64) throws(LogError) -> Bool {
        var place = start + UInt64(LogLimits.alignment)
        while true {
            let count = try window.load(LogLimits.headerBytes, at: place)
            if count < LogLimits.headerBytes { return false }
            let bytes = window.bytes(count, at: place)
            if bytes.integer(at: 0, as: UInt32.self) == SyncMark.magic, let mark = SyncMark(bytes),
                mark.location == LogLocation(segment: segment, offset: place)
            {
                return true
            }
            place += UInt64(LogLimits.alignment)
        }
    }

    /// Forgets what was read ahead, because the writer may have added to it.
    mutating func refresh() { window.invalidate() }
}
