import MarginDomain

/// Why a set of risk parameters was not proposed, approved or put in force.
enum ParameterRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The entries of one set name several versions.
    case mixedVersions
    /// More values than a set has.
    case tooManyValues
    /// A version is given once; this one, or a later one, was given already.
    case versionTaken(ParameterVersion)
    /// The engine's own versions begin at 2^31.
    case versionReserved(ParameterVersion)
    /// Nothing is proposed under this version.
    case notProposed(ParameterVersion)
    /// Other values than those of the set that it names.
    case otherValues(ParameterVersion)
    /// Who proposes does not approve.
    case ownProposal(SourceID)
    /// One source approves once.
    case approvedAlready(SourceID)
    /// Too few have approved.
    case notApproved(ParameterVersion, by: Int, of: Int)
    /// The set does not hold together, or lowers what it may only raise.
    case fault(String)

    var description: String {
        switch self {
        case .mixedVersions: "the values of one set name several versions"
        case .tooManyValues: "more values than a set can have"
        case .versionTaken(let version): "version \(version) is not later than every version so far"
        case .versionReserved(let version): "version \(version) is the engine's: people's are below 2147483648"
        case .notProposed(let version): "version \(version) is not proposed"
        case .otherValues(let version): "the values are not those of version \(version)"
        case .ownProposal(let source): "source \(source) proposed the set and cannot approve it"
        case .approvedAlready(let source): "source \(source) has approved already"
        case .notApproved(let version, let count, let needed):
            "version \(version) has \(count) of \(needed) approvals"
        case .fault(let explanation): explanation
        }
    }
}
