import MarginDomain

extension LogReader {
    /// No intact item begins at the cursor: a torn tail if nothing proves that the bytes were once durable.
    func stop(_ damage: LogDamage) throws(LogError) {
        guard var cursor else { return }
        let place = cursor.location
        var wasDurable = position.number < anchor.position.number || segments.last != cursor.segment
        if !wasDurable { wasDurable = try cursor.hasMark(behind: cursor.offset) }
        guard committed == nil, damage.canBeTorn, !wasDurable else { throw .damaged(damage, at: place) }
        ending = .torn(at: place, bytes: try cursor.endOfContent(from: cursor.offset) - cursor.offset)
    }

    /// The segment that should follow has no readable header.
    ///
    /// A header is synchronised before anything else is written to its segment, so one that is unreadable with
    /// something behind it was durable once. Without, the writer was interrupted while it created the file.
    func stopBeforeSegment(_ following: inout SegmentCursor) throws(LogError) {
        let place = LogLocation(segment: following.segment, offset: 0)
        let headerBytes = UInt64(LogLimits.headerBytes)
        var wasDurable = position.number < anchor.position.number || segments.last != following.segment
        if !wasDurable { wasDurable = try following.endOfContent(from: headerBytes) > headerBytes }
        guard committed == nil, !wasDurable else { throw .damaged(.segmentHeader, at: place) }
        ending = .torn(at: place, bytes: try following.endOfContent(from: 0))
    }

    /// There is no further segment.
    func finish() throws(LogError) {
        guard position.number >= anchor.position.number else {
            throw .cutBelowAnchor(anchor: anchor.position.number, last: position.number, at: location)
        }
        ending = .clean
    }
}
