import MarginDomain

extension LogReader {
    /// Checks and passes one record; nil at the end.
    func advance() throws(LogError) -> RecordHeader? {
        while ending == nil {
            guard mayRead() else { return nil }
            guard let item = try cursor?.next() else {
                try openFollowing()
                continue
            }
            switch item {
            case .record(let header, let hash):
                if try accept(header, hash: hash) { return header }
            case .mark(let mark):
                guard mark.number == position.number && mark.hash == position.hash else {
                    throw .damaged(.markElsewhere, at: mark.location)
                }
            case .unused:
                try leaveSegment()
            case .damage(let damage):
                try stop(damage)
            }
        }
        return nil
    }

    /// False if a tail has caught up with the writer.
    private func mayRead() -> Bool {
        guard let committed else { return true }
        guard position.number >= freshUntil else { return true }
        // What was read ahead may predate the records committed since.
        freshUntil = committed()
        cursor?.refresh()
        return position.number < freshUntil
    }

    /// Applies the accept rule; false if the record is to be passed over.
    private func accept(_ header: RecordHeader, hash: RecordHash) throws(LogError) -> Bool {
        guard let cursor else { return false }
        let claim = header.kind == .claim ? Claim(cursor.body(of: header)) : nil
        let candidate = AcceptRule.Candidate(
            epoch: header.epoch, number: header.number, previousHash: header.previousHash, claimedAfter: claim?.after)
        switch AcceptRule.refusal(of: candidate, at: position) {
        case nil:
            break
        case .fenced, .duplicate:
            skippedRecords += 1
            return false
        case .some(let refusal):
            let start = LogLocation(
                segment: cursor.segment, offset: cursor.offset - UInt64(header.recordBytes))
            throw .damaged(.refused(refusal), at: start)
        }
        position = LogPosition(epoch: header.epoch, number: header.number, hash: hash)
        eventTime = header.eventTime
        records += 1
        location = cursor.location
        if position.number == anchor.position.number, position != anchor.position || location != anchor.end {
            throw .anchorMismatch(position.number, at: location)
        }
        return true
    }
}
