public import MarginDomain

/// Why an agreement cannot hold.
public enum MutualTermsFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A ratio is outside of what it can mean.
    case outOfRange(Term, Ratio)
    /// A time runs backwards.
    case negativeTime(Term)
    /// Two defaults at once need at least three members.
    case coverTwoAbove(Int)
    /// The agreement is that of one owner, whose accounts are netted and owe each other nothing.
    case notMutual
    /// Members who are not affiliates sign a text, and its digest is part of the agreement.
    case unsigned

    /// A term by its name in term sheets.
    public enum Term: String, Hashable, Sendable {
        case betaMax, contributionShare, pledgeMultiple, ringFenceUtilisation, ringFenceTail
        case ramp, exitNotice, contributionHold
    }

    public var description: String {
        switch self {
        case .outOfRange(let term, let value): "\(term) of \(value.fraction) is out of range"
        case .negativeTime(let term): "\(term) is negative"
        case .coverTwoAbove(let count): "coverTwoAbove is \(count), less than 2"
        case .notMutual: "the agreement is not a mutual one"
        case .unsigned: "members who are not affiliates need the digest of a signed text"
        }
    }
}
