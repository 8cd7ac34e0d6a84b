public import MarginDomain

/// Which record may follow which: one pure rule for the writer, a standby and recovery.
///
/// A claim is accepted if its epoch is higher than the current one and it was made at this very place; any other
/// record if it is of the current epoch. Either must have the next number and carry the hash of the record before.
/// This alone gives single-writer semantics and idempotent appends, whatever the storage below does.
public enum AcceptRule {
    /// Why a record does not follow.
    public enum Refusal: Hashable, Sendable, CustomStringConvertible {
        /// Written under an epoch that a later claim has ended, or a claim that raises no epoch.
        case fenced

        /// The number is already taken; the record came twice.
        case duplicate

        /// An epoch above the current one, without its claim.
        case unclaimed

        /// Numbers are missing before it.
        case gap

        /// It follows another record than the last one.
        case brokenChain

        /// A claim made at another place of the log.
        case claimElsewhere

        public var description: String {
            switch self {
            case .fenced: "its epoch has ended"
            case .duplicate: "its number is taken"
            case .unclaimed: "its epoch was never claimed"
            case .gap: "numbers are missing before it"
            case .brokenChain: "it follows another record"
            case .claimElsewhere: "the claim was made at another place"
            }
        }
    }

    /// What the rule looks at in a record.
    public struct Candidate: Hashable, Sendable {
        public let epoch: Epoch
        public let number: RecordNumber

        /// Hash of the record that it follows.
        public let previousHash: RecordHash

        /// For a claim, the record after which it was made; otherwise nil.
        public let claimedAfter: RecordNumber?

        public init(epoch: Epoch, number: RecordNumber, previousHash: RecordHash, claimedAfter: RecordNumber?) {
            self.epoch = epoch
            self.number = number
            self.previousHash = previousHash
            self.claimedAfter = claimedAfter
        }
    }

    /// Why `candidate` does not follow `position`; nil if it does.
    public static func refusal(of candidate: Candidate, at position: LogPosition) -> Refusal? {
        if let claimedAfter = candidate.claimedAfter {
            if candidate.epoch <= position.epoch { return .fenced }
            if claimedAfter != position.number { return .claimElsewhere }
        } else {
            if candidate.epoch < position.epoch { return .fenced }
            if candidate.epoch > position.epoch { return .unclaimed }
        }
        if candidate.number <= position.number { return .duplicate }
        if candidate.number > position.number.next { return .gap }
        return candidate.previousHash == position.hash ? nil : .brokenChain
    }
}
