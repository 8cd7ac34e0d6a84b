import MarginDomain

extension LogReader {
    /// Starts in the last segment that begins at or before the first wanted record.
    func findFirst() throws(LogError) {
        for segment in first == nil ? Array(segments.prefix(1)) : segments.reversed() {
            var candidate = try open(segment)
            guard let header = try candidate.header() else {
                // Only the last one can be unfinished; reading on from the one before tells.
                if segment == segments.last { continue }
                throw .damaged(.segmentHeader, at: LogLocation(segment: segment, offset: 0))
            }
            guard header.log == log else { throw .anotherLog(expected: log, found: header.log) }
            if header.position.number < max(first ?? header.position.number.next, .start.next) {
                try enter(candidate, header)
                return
            }
            if segment == segments.first, let first { throw .notRetained(first) }
        }
    }

    /// Enters the segment after the current one, or the first; finishes if there is none.
    func openFollowing() throws(LogError) {
        guard let segment = cursor.map(\.segment.next) ?? segments.first, segments.contains(segment) else {
            try finish()
            return
        }
        var following = try open(segment)
        if let header = try following.header() {
            guard header.log == log else { throw .anotherLog(expected: log, found: header.log) }
            guard header.position == position else {
                throw .damaged(.segmentHeader, at: LogLocation(segment: segment, offset: 0))
            }
            try enter(following, header)
        } else {
            try stopBeforeSegment(&following)
        }
    }

    /// The records of the current segment are over.
    func leaveSegment() throws(LogError) {
        guard var cursor else { return }
        if committed != nil {
            // A tail reads only what is committed, so the record it looks for is in a later segment.
            segments = try directory.segments()
            guard segments.contains(cursor.segment.next) else { throw .damaged(.unknownMagic, at: cursor.location) }
        } else {
            let end = try cursor.endOfContent(from: cursor.offset)
            guard end == cursor.offset else {
                try stop(segments.last == cursor.segment ? .unknownMagic : .trailingBytes)
                return
            }
        }
        try openFollowing()
    }

    private func open(_ segment: SegmentNumber) throws(LogError) -> SegmentCursor {
        SegmentCursor(segment, in: try directory.fileSystem.open(directory.path(of: segment), .read))
    }

    private func enter(_ segment: SegmentCursor, _ header: SegmentHeader) throws(LogError) {
        let isFirst = segment.segment == .first
        guard header.segment == segment.segment, !isFirst || header.position == .origin(of: log) else {
            throw .damaged(.segmentHeader, at: LogLocation(segment: segment.segment, offset: 0))
        }
        position = header.position
        cursor = segment
        location = segment.location
    }
}
