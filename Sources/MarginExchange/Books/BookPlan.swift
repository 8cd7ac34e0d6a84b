import MarginDomain

/// One position that an account is to have.
struct PlannedLeg: Sendable {
    let instrument: InstrumentID
    /// Positive = long.
    let lots: Int64
    var mode = MarginMode.cross
}

/// One account before it exists: who it belongs to, what it will hold, and how well it is funded.
struct PlannedAccount: Sendable {
    let account: AccountID
    let owner: OwnerID
    let shape: BookShape
    /// The pool that it shares with others of its owner; nil for its own.
    var sharedPool: PoolID?
    /// Initial margins that it is funded with.
    var cover: Double
    var legs: [PlannedLeg] = []

    /// Its own pool has its number.
    var ownPool: PoolID { PoolID(account.rawValue) }

    /// The pool of two isolated positions; numbered apart from accounts.
    var pairPool: PoolID { PoolID(account.rawValue + 2_000_000) }

    /// The pool that an account's position counts in.
    func pool(of leg: PlannedLeg) -> PoolID {
        switch (leg.mode, shape) {
        case (.isolated, .isolatedPair): pairPool
        case (.isolated, _): PoolID.isolated(account, leg.instrument)
        case (.cross, _): sharedPool ?? ownPool
        }
    }
}
