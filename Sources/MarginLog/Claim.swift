public import MarginDomain

/// Identity of a process that may write the log; for people and for leader election, not for authorisation.
public struct NodeID: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { "\(rawValue)" }
}

/// The body of a claim record: who takes the log over, and after which record.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 8 | number of the record after which the claim was made |
/// | 8 | 8 | node |
public struct Claim: Hashable, Sendable {
    /// The last record that the claimant had seen; the claim counts only directly after it.
    public let after: RecordNumber

    /// The claimant.
    public let node: NodeID

    public init(after: RecordNumber, node: NodeID) {
        self.after = after
        self.node = node
    }

    /// Reads a claim record's body; nil if it is too short to be one.
    public init?(_ body: RawSpan) {
        guard body.byteCount >= Claim.bodyBytes else { return nil }
        after = RecordNumber(body.integer(at: 0, as: UInt64.self))
        node = NodeID(body.integer(at: 8, as: UInt64.self))
    }

    /// The body of a claim record.
    public var body: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Claim.bodyBytes)
        bytes.store(after.rawValue, at: 0)
        bytes.store(node.rawValue, at: 8)
        return bytes
    }

    private static let bodyBytes = 16
}
