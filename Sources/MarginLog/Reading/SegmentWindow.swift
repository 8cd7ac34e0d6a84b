/// A sliding window over one segment file, so that reading takes bounded memory.
struct SegmentWindow {
    let file: any LogFile
    private var buffer: [UInt8]
    private var start: UInt64 = 0
    private var filled = 0

    init(_ file: any LogFile) {
        self.file = file
        buffer = [UInt8](repeating: 0, count: LogLimits.readWindowBytes)
    }

    /// Brings `count` bytes from `offset` into the window; returns how many of them there are before the file's end.
    mutating func load(_ count: Int, at offset: UInt64) throws(LogError) -> Int {
        if offset >= start && offset + UInt64(count) <= start + UInt64(filled) { return count }
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        start = offset
        filled = 0
        while filled < count {
            let read = try file.read(into: &buffer, from: filled, at: offset + UInt64(filled))
            if read == 0 { break }
            filled += read
        }
        return min(filled, count)
    }

    /// The loaded bytes from `offset` to the end of the window.
    mutating func loadWindow(at offset: UInt64) throws(LogError) -> Int {
        start = offset
        filled = 0
        return try load(1, at: offset) == 0 ? 0 : filled
    }

    /// Bytes that were loaded before.
    @_lifetime(borrow self)
    func bytes(_ count: Int, at offset: UInt64) -> RawSpan {
        precondition(offset >= start, "the bytes are in the window")
        let index = Int(offset - start)
        return buffer.rawBytes.extracting(index..<index + count)
    }

    /// Forgets what was loaded, because the writer may have added to it.
    mutating func invalidate() { filled = 0 }
}
