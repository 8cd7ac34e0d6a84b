/// What belongs to a pool: an account, or one position of it in isolated mode. Each member is in exactly one pool.
public struct Member: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    public let account: AccountID
    /// The isolated position, or ``InstrumentID/none`` for the account itself.
    public let instrument: InstrumentID

    public init(_ account: AccountID, isolated instrument: InstrumentID = .none) {
        self.account = account
        self.instrument = instrument
    }

    /// The member that a trade in `instrument` belongs to.
    public init(_ account: AccountID, mode: MarginMode, trading instrument: InstrumentID) {
        self.init(account, isolated: mode == .isolated ? instrument : .none)
    }

    public static func < (left: Member, right: Member) -> Bool {
        (left.account, left.instrument) < (right.account, right.instrument)
    }

    public var description: String { instrument.isPresent ? "\(account)/\(instrument)" : "\(account)" }
}
